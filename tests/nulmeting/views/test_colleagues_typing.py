"""Colleagues of a municipality in one piece of evidence, and remarks: nothing typed is lost."""

from datetime import timedelta

import pytest

from core import clock
from core.drafts import draft_of, may_write, save_draft
from core.formats import long_date
from nulmeting.domain import filling
from nulmeting.models import Evidence
from tests import baseline
from tests.nulmeting.views.test_block import url
from tests.sent import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(submission):
    return list(submission.round.instrument.items.all())


@pytest.fixture
def piece(submission, editor, items):
    today = clock.today()
    return filling.add_evidence(
        submission, title="Plan", dated_on=today, items=items[:2], by=editor
    )


def keys(piece):
    return set(piece.items.values_list("pk", flat=True))


def test_what_two_colleagues_change_in_one_piece_is_joined(
    client, submission, editor, piece, items
):
    client.force_login(editor)
    address = url(submission, "evidence-change", piece.pk)
    sent = opened(client.get(address))
    yesterday = clock.today() - timedelta(days=1)
    filling.change_evidence(piece, title="Plan", dated_on=yesterday, items=items[1:3], by=editor)
    mine = {"title": "Preventieplan", "items": [items[0].pk, items[1].pk, items[3].pk]}
    client.post(address, sent | mine)
    piece.refresh_from_db()
    assert (piece.title, piece.dated_on) == ("Preventieplan", yesterday)
    assert keys(piece) == {items[1].pk, items[2].pk, items[3].pk}


def test_one_title_of_two_colleagues_shows_both(client, submission, editor, piece, items):
    client.force_login(editor)
    address = url(submission, "evidence-change", piece.pk)
    sent = opened(client.get(address)) | {"items": [items[0].pk]}
    filling.change_evidence(
        piece, title="Van een collega", dated_on=piece.dated_on, items=items[:2], by=editor
    )
    page = client.post(address, sent | {"title": "Van mij"})
    (both,) = page.context["form"].clashes()
    assert (both.mine, both.theirs) == ("Van mij", "Van een collega")
    again = opened(page) | {"items": [items[0].pk], "keep-title": "theirs"}
    client.post(address, again)
    piece.refresh_from_db()
    assert piece.title == "Van een collega"


def test_a_piece_that_was_taken_away_meanwhile_can_be_kept_as_new(
    client, submission, editor, piece, items
):
    client.force_login(editor)
    address = url(submission, "evidence-change", piece.pk)
    sent = opened(client.get(address)) | {"items": [items[0].pk], "title": "Mijn lange titel"}
    filling.remove_evidence(piece, by=editor)
    page = client.post(address, sent)
    assert "Een collega haalde dit bewijs intussen weg." in page.content.decode()
    client.post(page.context["action"], opened(page) | {"items": [items[0].pk]})
    assert Evidence.objects.get().title == "Mijn lange titel"
    assert client.get(address).status_code == 404


def test_evidence_typed_before_a_lost_session_is_back(client, submission, editor, items):
    key = f"submission:{submission.pk}-evidence-0"
    data = {"title": "Half", "dated_on": "1 mei 2026", "items": f"{items[0].pk}\n{items[2].pk}"}
    save_draft(user=editor, key=key, data=data, base={"items": ""}, base_revision=0, serial=1)
    client.force_login(editor)
    page = client.get(url(submission, "evidence-add"))
    html = page.content.decode()
    assert "U gaat verder met tekst van" in html
    assert html.count(" checked") == 2
    sent = {"title": "Heel", "dated_on": long_date(clock.today()), "items": [items[0].pk]}
    client.post(url(submission, "evidence-add"), sent)
    assert draft_of(editor, key) is None


def test_remarks_typed_before_a_lost_session_are_back(client, submission, editor, approver):
    baseline.submitted(submission, editor)
    key = f"submission:{submission.pk}-remarks"
    data = {"remarks": "Vraag 2 klopt"}
    save_draft(user=approver, key=key, data=data, base={}, base_revision=0, serial=1)
    client.force_login(approver)
    assert "Vraag 2 klopt" in client.get(url(submission, "give-back")).content.decode()
    client.post(url(submission, "give-back"), {"remarks": "Vraag 2 klopt niet."})
    submission.refresh_from_db()
    assert submission.remarks == "Vraag 2 klopt niet."
    assert draft_of(approver, key) is None


def test_who_keeps_drafts_of_a_submission(cast, submission, editor, approver, piece):
    other = baseline.editor(baseline.of(submission.round, "Beekzicht").municipality)
    pk = submission.pk
    evidence = [f"submission:{pk}-evidence-0", f"submission:{pk}-evidence-{piece.pk}"]
    remarks = [f"submission:{pk}-remarks"]
    unknown = [f"submission:{pk}-evidence-{piece.pk + 1}", f"submission:{pk}-remarks-1"]
    unknown += ["submission:0-remarks", f"submission:{pk}-", f"submission:{pk}-evidence-x"]
    for person, wanted in (
        (editor, evidence),
        (approver, remarks),
        (cast.author, remarks),
        (other, []),
        (cast.stranger, []),
    ):
        found = [key for key in evidence + remarks + unknown if may_write(person, key)]
        assert found == wanted, person


def test_the_questions_of_evidence_are_folded_by_block_but_for_what_is_chosen(
    client, submission, editor, items
):
    client.force_login(editor)

    def opened_blocks(query):
        form = client.get(url(submission, "evidence-add") + query).context["form"]
        return [(pick.block.number, pick.chosen) for pick in form.by_block() if pick.open]

    second = items[2].block_id
    assert opened_blocks("") == [(1, 0)]
    assert opened_blocks(f"?onderdeel={second}") == [(2, 0)]
    assert opened_blocks(f"?onderdeel={second}&vraag={items[0].pk}&vraag={items[1].pk}") == [
        (1, 2),
        (2, 0),
    ]
    assert opened_blocks("?onderdeel=onzin&vraag=99999999") == [(1, 0)]
