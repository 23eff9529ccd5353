"""A secret proposal, file and decision: outside the circle there is no trace of them anywhere."""

import pytest
from django.contrib import admin
from django.urls import reverse

from core import clock
from core.documents import document_of
from core.models import StatusChange
from governance.documents import MEMO
from governance.domain import decisions, proposals, texts
from governance.domain.secrecy import impose_secrecy
from governance.models import ReadingLog
from tests import factories as make
from tests.core import files_of_every_kind as files
from tests.security.addresses import address
from tests.security.test_role_matrix import EXPECTED
from tests.security.world import memo_ready, undone, upload

pytestmark = pytest.mark.django_db

# Every word that is secret; the ground is not for others either.
WORDS = {
    "proposal": ["Zwaardvis", "Dolfijn", "Kreeft", "Zeester"],
    "file": ["Walrus", "walvis.pdf", "Zeehond"],
    "decision": ["Pinguin", "Albatros"],
}
OUTSIDE = ["adviser", "official", "reader", "steering_secretary", "provider", "admin", "superuser"]
INSIDE = ["author", "secretary", "alderman"]


@pytest.fixture(scope="module")
def secrets(world):
    """All three decided by the board; the adviser of a member and the rest are outside."""
    cast = world.cast
    circle = [cast.team, cast.board]
    made = {}
    made["proposal"] = _decided(cast, 11, subject="Zwaardvis", summary="Dolfijn in de haven.")
    _impose(made["proposal"].proposal, cast, circle, "Zeester")

    open_paper = make.proposal(cast.author, cast.team, "Een open stuk")
    stored = upload(cast.author, "walvis.pdf", files.pdf())
    made["file"] = texts.add_attachment(open_paper.working, stored, title="Walrus", by=cast.author)
    for body, purpose in [(cast.steering, make.DISCUSS), (cast.board, make.DECIDE)]:
        make.layout.add_step(open_paper, body=body, purpose=purpose, by=cast.author)
    proposals.enter_route(open_paper, by=cast.author)
    for step, days in zip(open_paper.steps.all(), (12, 13), strict=True):
        make.on_agenda(step, cast.author, make.meeting(step.body, days))
    _impose(made["file"], cast, circle, "Zeehond")

    made["decision"] = _decided(cast, 14, subject="Nog een open stuk", note="Pinguin")
    _impose(made["decision"], cast, circle, "Albatros", by=cast.secretary, body=cast.board)
    return made


def _decided(cast, days, note="Kreeft", **fields):
    step = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), **fields).steps.get()
    make.on_agenda(step, cast.author, make.meeting(cast.board, days))
    decision = make.decided(step, cast.secretary)
    decision.note = note
    decision.save()
    decision = decisions.finalise_decision(decision, by=cast.secretary)
    memo_ready(decision)
    return decision


def _impose(target, cast, circle, ground, by=None, body=None):
    impose_secrecy(
        target,
        body=body or cast.team,
        ground=ground,
        imposed_on=clock.today(),
        circle_bodies=circle,
        by=by or cast.author,
    )


def pages_of(secrets, region):
    """The addresses at which a secret thing itself would be."""
    paper, decided = secrets["proposal"].proposal, secrets["decision"]
    file = secrets["file"]

    def url(name, *args):
        return reverse(f"governance:{name}", args=[region.slug, *args])

    found = [
        url("proposal-detail", paper.number),
        url("version-detail", paper.number, 1),
        url("version-compare", paper.number, 1, 1),
        url("attachment-download", file.version.proposal.number, file.pk),
    ]
    for decision in (secrets["proposal"], decided):
        found.append(url("decision-detail", decision.number))
        memo = document_of(MEMO, decision)
        found += [
            reverse("core:document-status", args=[memo.pk]),
            reverse("core:document-download", args=[memo.pk]),
        ]
    return found


@pytest.mark.parametrize("role", OUTSIDE)
def test_outside_the_circle_nothing_is_there(world, secrets, role):
    browser = world.client(role)
    for url in pages_of(secrets, world.cast.region):
        assert browser.get(url).status_code == 404, url


def everything_somebody_can_open(world, secrets):
    """Every page of the matrix, and the lists, searched and filtered, and the meetings at hand."""
    region = world.cast.region.slug
    for name, on, method in EXPECTED:
        if method == "GET" and "download" not in name and "logout" not in name:
            yield address(world, name, on)
    for name in ("proposal-list", "decision-list", "meeting-list"):
        for query in ("?q=Zwaardvis", "?q=Walrus", "?state=adopted", "?year=2026", "?body=bestuur"):
            yield reverse(f"governance:{name}", args=[region]) + query
    for secret in (secrets["proposal"], secrets["decision"]):
        yield reverse("governance:meeting-detail", args=[region, secret.meeting_id])
    for number in (secrets["decision"].proposal.number, secrets["file"].version.proposal.number):
        yield reverse("governance:proposal-detail", args=[region, number])
        yield reverse("governance:version-detail", args=[region, number, 1])


@pytest.mark.parametrize("role", ["adviser", "reader", "admin", "superuser"])
def test_outside_the_circle_no_page_holds_a_word_of_it(world, secrets, role):
    browser, leaks, opened = world.client(role), set(), 0
    hidden = [word for words in WORDS.values() for word in words]
    hidden += [secrets["proposal"].number, secrets["decision"].number]
    # What was typed to search is said back; everything else would be a leak.
    for url in everything_somebody_can_open(world, secrets):
        with undone():
            response = browser.get(url)
        if response.status_code != 200 or response.streaming:
            continue
        opened += 1
        typed = url.partition("?q=")[2]
        html = response.content.decode()
        leaks |= {(url, word) for word in hidden if word in html and word != typed}
    assert leaks == set()
    assert opened > 10


@pytest.mark.parametrize("role", INSIDE)
def test_inside_the_circle_every_reading_is_written_down(world, secrets, role):
    browser, person = world.client(role), world.person(role)
    for url in pages_of(secrets, world.cast.region):
        if "stand" in url:
            continue
        before = ReadingLog.objects.filter(user=person).count()
        response = browser.get(url)
        assert response.status_code == 200, url
        if response.streaming:
            b"".join(response.streaming_content)
        assert ReadingLog.objects.filter(user=person).count() > before, url


def test_no_trail_of_an_open_paper_names_what_is_secret(world, secrets):
    open_to_more = [
        secrets["decision"].proposal,
        secrets["file"].version.proposal,
        secrets["proposal"].meeting,
        secrets["decision"].meeting,
        world.cast.region,
    ]
    lines = [line.why for thing in open_to_more for line in StatusChange.of(thing)]
    hidden = [word for words in WORDS.values() for word in words]
    hidden += [secrets["proposal"].number, secrets["decision"].number]
    assert [line for line in lines for word in hidden if word in line] == []


def test_no_file_is_named_after_what_is_in_it(world, secrets):
    stored = secrets["file"].file
    assert "walvis" not in stored.content.name


def test_the_admin_of_the_installation_opens_no_paper():
    names = {model._meta.label for model in admin.site._registry}
    assert names == {"accounts.User"}
