from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from core import clock, documents, leases
from core.models import Document
from core.tasks import render_document
from governance.documents import MEMO
from tests.memos import example_memo
from tests.worker import use_broker

pytestmark = pytest.mark.django_db
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def reader() -> User:
    return User.objects.create_user("lezer@example.nl")


@pytest.fixture
def rights(monkeypatch):
    """Who may read, by e-mail address; replaces the predicate of the kind."""
    allowed: set[str] = set()
    kind = documents.get_kind(MEMO)
    swapped = {**kind.__dict__, "may_read": lambda user, document: user.email in allowed}
    monkeypatch.setitem(documents._kinds, MEMO, documents.DocumentKind(**swapped))
    return allowed


@pytest.fixture
def document(reader, media) -> Document:
    with use_broker(NOWHERE):
        return documents.request_document(MEMO, reader, example_memo(), by=reader)


def test_frozen_content_is_plain_and_its_sha256_knows_no_order_of_keys():
    @dataclass(frozen=True)
    class Content:
        created: datetime
        cost: Decimal

    frozen = documents.freeze(Content(datetime(2021, 7, 2, tzinfo=UTC), Decimal("1.50")))
    assert frozen == {"created": "2021-07-02T00:00:00+00:00", "cost": "1.50"}
    turned = dict(reversed(frozen.items()))
    assert documents.content_sha256(frozen) == documents.content_sha256(turned)


def test_what_cannot_be_written_in_one_way_is_not_frozen():
    @dataclass(frozen=True)
    class Content:
        things: object

    with pytest.raises(TypeError, match="set cannot be frozen"):
        documents.freeze(Content({1, 2}))


def test_other_content_gives_another_row(document, reader):
    with use_broker(NOWHERE):
        other = documents.request_document(MEMO, reader, example_memo(note="anders"), by=reader)
    assert other.pk != document.pk
    assert documents.document_of(MEMO, reader) == other


def test_a_task_that_comes_again_stops(document):
    render_document(document.pk)
    document.refresh_from_db()
    made = document.ready_at
    render_document(document.pk)
    render_document(document.pk + 1)
    document.refresh_from_db()
    assert (document.status, document.ready_at) == (Document.Status.READY, made)


def test_a_row_that_another_worker_holds_is_left_alone(document):
    assert documents.claim(document.pk) is not None
    assert documents.claim(document.pk) is None
    with clock.at(clock.now() + timedelta(seconds=10)):
        assert documents.claim(document.pk).lost == 1


def test_the_third_failure_is_final_and_asking_again_begins_anew(document, reader, monkeypatch):
    monkeypatch.setattr(documents, "render_pdf", lambda *_, **__: 1 / 0)
    stands = []
    for _ in range(4):
        render_document(document.pk)
        document.refresh_from_db()
        stands.append((document.status, document.attempts))
    assert stands == [("queued", 1), ("queued", 2), ("failed", 3), ("failed", 3)]
    assert document.error == documents.FAILED
    with use_broker(NOWHERE):
        again = documents.request_document(MEMO, reader, example_memo(), by=reader)
    assert (again.pk, again.status, again.attempts) == (document.pk, "queued", 0)


def test_a_forbidden_address_fails_at_once_with_what_to_do(document, monkeypatch):
    monkeypatch.setattr(documents, "render_to_string", lambda *_: '<img src="http://x/" alt="x">')
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.status, document.error) == ("failed", documents.FORBIDDEN)


def test_a_document_that_kills_its_worker_does_not_go_round_for_ever(document):
    Document.objects.update(lost=leases.MAX_LOST)
    assert documents.claim(document.pk) is None
    document.refresh_from_db()
    assert (document.status, document.error) == ("failed", documents.LOST)


def test_the_state_asks_again_by_itself_until_the_file_is_there(document, reader, rights, client):
    client.force_login(reader)
    rights.add(reader.email)
    url = reverse("core:document-status", args=[document.pk])
    part = client.get(url, headers={"HX-Request": "true"})
    assert "staat in de wachtrij" in part.text
    assert f'hx-get="{url}"' in part.text
    assert part["Cache-Control"] == "private, no-store"
    page = client.get(url).text
    assert page.count("<h1") == 1
    assert "staat in de wachtrij" in page
    render_document(document.pk)
    done = client.get(url, headers={"HX-Request": "true"}).text
    assert "2 pagina's" in done.replace("&#x27;", "'")
    assert reverse("core:document-download", args=[document.pk]) in done
    assert "hx-get" not in done


def test_the_file_asks_for_the_right_on_every_request(document, reader, rights, client):
    url = reverse("core:document-download", args=[document.pk])
    assert client.get(url).status_code == 302
    client.force_login(reader)
    assert client.get(url).status_code == 404
    rights.add(reader.email)
    busy = client.get(url)
    assert busy.url == reverse("core:document-status", args=[document.pk])
    render_document(document.pk)
    response = client.get(url)
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    assert response["Content-Disposition"] == 'attachment; filename="besluitmemo-2021-003.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    rights.clear()
    assert client.get(url).status_code == 404
    assert client.get(reverse("core:document-status", args=[document.pk])).status_code == 404


def test_a_kind_that_nobody_registered_is_read_by_nobody(document, reader, client):
    Document.objects.update(kind="vreemd")
    client.force_login(reader)
    assert client.get(reverse("core:document-status", args=[document.pk])).status_code == 404


@pytest.fixture
def slow_kind(monkeypatch):
    """A kind that writes its own PDF, tells how far it is, and looks at what it told."""
    kind, seen = documents.get_kind(MEMO), []

    def write(frozen, file, report):
        if frozen.get("wait"):
            raise documents.NotYet
        report(40)
        seen.append(Document.objects.get().progress)
        file.write(b"%PDF-1.7 eigen werk")
        return 12

    own = documents.DocumentKind(**{**kind.__dict__, "write": write})
    monkeypatch.setitem(documents._kinds, MEMO, own)
    return seen


def test_a_kind_may_write_its_own_pdf_and_tell_how_far_it_is(slow_kind, document):
    render_document(document.pk)
    document.refresh_from_db()
    assert slow_kind == [40]
    assert (document.status, document.pages, document.progress) == ("ready", 12, None)
    with document.file.open() as file:
        assert file.read() == b"%PDF-1.7 eigen werk"


def test_progress_shows_while_it_is_being_made(document, reader, rights, client):
    client.force_login(reader)
    rights.add(reader.email)
    Document.objects.update(status="rendering", progress=40)
    part = client.get(reverse("core:document-status", args=[document.pk]))
    assert "40% klaar" in part.text
    assert '<progress class="document-status__progress" value="40" max="100"' in part.text


def test_what_waits_for_something_else_did_not_fail(slow_kind, reader, media):
    with use_broker(NOWHERE):
        frozen = {**documents.freeze(example_memo()), "wait": True}
        document = documents.request_document(MEMO, reader, frozen, by=None)
        render_document(document.pk)
    document.refresh_from_db()
    assert (document.status, document.attempts, document.lease_until) == ("queued", 0, None)
