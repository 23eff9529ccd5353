"""A save of the record whose answer was lost: its writer goes on from it, and has no clash."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.models import Draft
from governance.domain import minutes
from governance.models import ItemRecord
from tests import factories as make


@pytest.fixture
def item(cast):
    return make.point(make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1)))


@pytest.fixture
def send(client, cast, item):
    """Send the form as the script does; gives what the portal told."""
    client.force_login(cast.steering_secretary)
    url = reverse("governance:minutes-item", args=[cast.region.slug, item.meeting.pk, item.pk])

    def post(text, base="", revision=0, **more):
        data = {"discussed": text, "base-discussed": base, "base-revision": revision, **more}
        return client.post(url, data, headers={"Accept": "application/json"}).json()

    return post


def others_write(item, text, base):
    minutes.write_record(item, {"discussed": text}, base={"discussed": base}, by=None)


def test_her_own_text_that_arrived_is_where_she_goes_on_from(send):
    send("Een.")
    told = send("Een. Twee.", **{"sent-discussed": ["Een."]})
    assert (told["clashes"], told["saved"]) == ("", {"discussed": "Een. Twee.", "conclusion": ""})


def test_without_it_she_is_asked(send):
    send("Een.")
    assert "Iemand anders schreef hier ook." in send("Een. Twee.")["clashes"]


def test_what_another_wrote_on_it_still_clashes_and_her_words_stand_once(send, item):
    send("Een.")
    others_write(item, "Een. Drie.", base="Een.")
    told = send("Een. Twee.", **{"sent-discussed": ["Een."]})
    assert told["base"]["discussed"] == "Een."
    chosen = {"theirs-discussed": "Een. Drie.", "keep-discussed": "both"}
    send("Een. Twee.", base=told["base"]["discussed"], revision=told["revision"], **chosen)
    assert ItemRecord.objects.get().discussed == "Een. Drie.\nTwee."


def test_the_same_words_of_long_ago_are_not_what_arrived(send, item):
    send("Een.")
    others_write(item, "Een. Drie.", base="Een.")
    told = send("Een. Drie. Vier.", base="Een. Drie.", revision=2, **{"sent-discussed": ["Een."]})
    assert (told["clashes"], told["revision"]) == ("", 3)


def test_what_comes_too_late_is_no_draft(send, item):
    others_write(item, "Een. Twee.", base="")
    assert send("Een.")["saved"] == {"conclusion": ""}
    assert not Draft.objects.exists()
