"""Two people type on one item of a meeting, and one of them is cut off: nothing is lost.

Ten seeded runs of two browsers as record.js and drafts.js make them speak, without a page; fifty in
real ones are in tests/browser/test_meeting_fifty_runs.py. 200 words each, in one field or each in
its own, words in bursts, drafts and commits in any order, 30 seconds without a connection for one
of the two. A clash shows both texts; the writer keeps both.
"""

import json
import random
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import Draft
from core.versioning import joined
from governance.models import ItemRecord
from tests import factories as make

WORDS = 200
OFF_SECONDS = 30


class Browser:
    """What the two scripts of the page do, without a page."""

    def __init__(self, person, url, key, field, letter):
        self.client = Client()
        self.client.force_login(person)
        self.url, self.key, self.field = url, key, field
        self.words = [f"{letter}{n:03d}" for n in range(WORDS)]
        self.typed, self.serial, self.clashes, self.off_until = 0, 0, 0, 0
        form = self.client.get(url).context["form"]
        self.start = {name: form[name].value() or "" for name in form.based}
        self.text, self.revision = dict(self.start), form.revision

    def type_some(self, count):
        fresh = self.words[self.typed : self.typed + count]
        self.typed += len(fresh)
        self.text[self.field] = " ".join(filter(None, [self.text[self.field], *fresh]))

    def keep_draft(self):
        if self.text == self.start:
            return
        self.serial += 1
        body = {
            "key": self.key,
            "data": self.text,
            "base": self.start,
            "base_revision": self.revision,
            "serial": self.serial,
        }
        answer = self.client.post(
            reverse("core:draft-save"), json.dumps(body), content_type="application/json"
        )
        assert answer.status_code == 200

    def commit(self):
        if self.text == self.start:
            return
        data = {f"base-{name}": text for name, text in self.start.items()}
        data |= self.text | {"base-revision": str(self.revision)}
        told = self.client.post(self.url, data, headers={"Accept": "application/json"}).json()
        assert told["errors"] == []
        for name in self.text:
            untouched = self.text[name] == self.start[name]
            if name in told["saved"]:
                self.start[name] = told["saved"][name]
            elif untouched:
                self.text[name] = self.start[name] = told["now"][name]
        self.revision = told["revision"]
        if told["clashes"]:
            self.choose_both(told["clashes"])

    def choose_both(self, html):
        """Both texts are on the page, and it asks; the writer keeps theirs with hers below it."""
        self.clashes += 1
        assert f"Welke tekst blijft bij ‘{'Besproken'}’?" in html
        theirs = unescape(re.search(r'name="theirs-discussed" value="([^"]*)"', html)[1])
        data = {f"base-{name}": text for name, text in self.start.items()}
        data |= self.text | {"base-revision": str(self.revision)}
        data |= {"theirs-discussed": theirs, "keep-discussed": "both"}
        told = self.client.post(self.url, data, headers={"Accept": "application/json"}).json()
        if told["clashes"]:
            return self.choose_both(told["clashes"])
        assert told["saved"]["discussed"] == joined(
            self.start["discussed"], self.text["discussed"], theirs
        )
        assert told["saved"]["discussed"].startswith(theirs)
        self.text["discussed"] = self.start["discussed"] = told["saved"]["discussed"]
        self.revision = told["revision"]


def run(pair, chance, moment):
    """Let the two write until both have typed everything and sent it, in a seeded order."""
    second, off = 0, chance.choice(pair)
    begin = chance.randrange(5, 40)
    while any(browser.typed < WORDS or browser.text != browser.start for browser in pair):
        second += chance.randrange(1, 6)
        if second >= begin and not off.off_until:
            off.off_until = second + OFF_SECONDS
        browser = chance.choice(pair)
        browser.type_some(chance.randrange(8, 40))
        if second < browser.off_until:
            continue  # no connection: the text stays in the browser
        with clock.at(moment + timedelta(seconds=second)):
            browser.keep_draft()
            if chance.random() < 0.6:
                browser.commit()


@pytest.mark.parametrize("seed", range(10))
def test_nothing_typed_is_lost(cast, seed):
    chance = random.Random(seed)
    chair = make.user("voorzitter van de stuurgroep")
    make.member(cast.steering, chair, role="chair")
    begun = clock.now() - timedelta(hours=1)
    item = make.point(make.meeting(cast.steering, starts_at=begun))
    url = reverse("governance:minutes-item", args=[cast.region.slug, item.meeting.pk, item.pk])
    same = seed % 2 == 0
    key = f"record:{item.pk}"
    first = Browser(cast.steering_secretary, url, key, "discussed", "a")
    second = Browser(chair, url, key, "discussed" if same else "conclusion", "b")
    run([first, second], chance, clock.now())
    record = ItemRecord.objects.get(item=item)
    found = f"{record.discussed} {record.conclusion}".split()
    for browser in (first, second):
        assert [word for word in found if word in set(browser.words)] == browser.words
    assert (first.clashes + second.clashes > 0) is same
    assert not Draft.objects.exists()
    if not same:
        assert record.discussed == " ".join(first.words)
        assert record.conclusion == " ".join(second.words)
