import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from core import clock, drafts
from core.draft_tasks import sweep_drafts
from core.guard import FoundPersonalData
from core.models import Draft
from core.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.urls")]

KEY = "test.note:12"
NOON = datetime(2026, 11, 22, 14, 30)


@pytest.fixture(autouse=True)
def notes():
    drafts.register_key("test.note", lambda user, rest: rest == "12" and user.name != "stranger")
    yield
    drafts.unregister_key("test.note")


@pytest.fixture(autouse=True)
def no_collected_static_files(settings):
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def writer():
    return User.objects.create_user("schrijver@voorbeeld.nl")


def save(user, *, serial=1, text="begin", **extra):
    values = {"base": {"text": ""}, "base_revision": 1, **extra}
    return drafts.save_draft(user=user, key=KEY, data={"text": text}, serial=serial, **values)


def post(user, body=None, **extra):
    client = Client()
    if user:
        client.force_login(user)
    asked = {"key": KEY, "data": {"text": "begin"}, "base": {}, "serial": 1, **extra}
    sent = json.dumps(asked) if body is None else body
    return client.post("/concept/", sent, content_type="application/json")


def test_a_draft_is_kept_and_overwritten(writer):
    save(writer)
    with clock.at(NOON):
        save(writer, serial=2, text="verder")
    draft = Draft.objects.get()
    assert (draft.data, draft.serial, draft.base_revision) == ({"text": "verder"}, 2, 1)
    assert drafts.draft_of(writer, KEY) == draft


def test_a_save_that_arrives_late_changes_nothing(writer):
    save(writer, serial=5, text="nieuw")
    assert save(writer, serial=4, text="oud").data == {"text": "nieuw"}


def test_a_hit_is_kept_out_until_its_writer_confirms_it(writer):
    with pytest.raises(FoundPersonalData):
        save(writer, text="bel 06-12345678")
    assert drafts.draft_of(writer, KEY) is None
    save(writer, text="bel 06-12345678", confirmed=frozenset({"phone"}))
    assert drafts.draft_of(writer, KEY).data == {"text": "bel 06-12345678"}


@pytest.mark.parametrize("where", [{"text": "123456782"}, {"base": {"text": "123456782"}}])
def test_a_citizen_service_number_is_never_kept(writer, where):
    with pytest.raises(FoundPersonalData):
        save(writer, confirmed=frozenset({"bsn"}), **where)
    assert not Draft.objects.exists()


def test_a_text_that_is_too_long_is_refused(writer):
    with pytest.raises(drafts.DraftTooBig):
        save(writer, text="a " * drafts.MAX_BYTES)


def test_a_key_that_is_too_long_is_refused(writer):
    with pytest.raises(Refused):
        drafts.save_draft(user=writer, key="k" * 121, data={}, base={}, base_revision=0, serial=1)


def test_a_discarded_draft_is_gone_and_only_that(writer):
    other = User.objects.create_user("collega@voorbeeld.nl")
    save(writer)
    save(other)
    drafts.discard(writer, KEY)
    assert [draft.user for draft in Draft.objects.all()] == [other]


def test_drafts_of_more_than_30_days_are_swept(writer):
    with clock.at(NOON):
        save(writer)
    with clock.at(NOON + timedelta(days=30)):
        sweep_drafts()
        assert Draft.objects.count() == 1
    with clock.at(NOON + timedelta(days=30, minutes=1)):
        sweep_drafts()
        assert Draft.objects.count() == 0


def test_the_page_hears_when_its_text_was_kept(writer):
    with clock.at(NOON):
        response = post(writer)
    assert (response.status_code, response.json()) == (200, {"saved_at": "14.30 uur"})
    assert drafts.draft_of(writer, KEY).data == {"text": "begin"}


def test_the_page_hears_what_was_found(writer):
    response = post(writer, data={"text": "a@b.nl"})
    message = (
        "Hier lijkt een e-mailadres te staan (a•••@•••.nl). Haal het weg, of bevestig dat het "
        "hier mag staan."
    )
    finding = {"field": "text", "kind": "email", "message": message, "blocks": False}
    assert (response.status_code, response.json()) == (422, {"findings": [finding]})
    assert post(writer, data={"text": "a@b.nl"}, confirmed=["email"]).status_code == 200


def test_the_page_keeps_the_text_when_the_session_ended():
    response = post(None)
    assert (response.status_code, response["Content-Type"]) == (401, "application/json")


@pytest.mark.parametrize("key", ["test.note:13", "test.note:", "test.note", "unknown:12", ""])
def test_a_key_that_is_not_yours_is_not_there(writer, key):
    assert post(writer, key=key).status_code == 404


def test_a_stranger_may_not_write():
    stranger = User.objects.create_user("vreemd@voorbeeld.nl", name="stranger")
    assert post(stranger).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        *("", "{", "[]", "null", "\udcff".encode("utf-8", "surrogateescape")),
        json.dumps({"key": KEY, "data": {"text": 1}, "serial": 1}),
        json.dumps({"key": KEY, "data": {}, "serial": -1}),
        json.dumps({"key": KEY, "data": {}, "serial": True}),
        json.dumps({"key": KEY, "data": {}, "serial": 2**70}),
        json.dumps({"key": KEY, "data": {}, "serial": 1, "confirmed": "bsn"}),
        "[" * 100_000,
    ],
)
def test_what_is_no_draft_is_refused(writer, body):
    assert post(writer, body).status_code == 400


@pytest.mark.parametrize("length", [drafts.MAX_BYTES, 3 * drafts.MAX_BYTES])
def test_too_much_text_is_refused(writer, length):
    assert post(writer, data={"text": "a" * length}).status_code == 413


def test_only_post_writes(writer):
    client = Client()
    client.force_login(writer)
    assert client.get("/concept/").status_code == 405
