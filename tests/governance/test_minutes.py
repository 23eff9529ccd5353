"""The record of an item: who writes it, when, and what two who type at once lose (nothing)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import meetings, minutes
from governance.domain.secrecy import impose_secrecy
from governance.models import ItemRecord
from tests import factories as make

EMPTY = {"discussed": "", "conclusion": ""}


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.steering, 0, starts_at=clock.now() - timedelta(hours=1))


@pytest.fixture
def item(meeting):
    return make.point(meeting)


def write(item, by, base=EMPTY, **values):
    return minutes.write_record(item, values, base=base, by=by)


def test_secretary_and_chair_write_and_a_member_does_not(cast, item):
    chair = make.user("voorzitter van de stuurgroep")
    make.member(cast.steering, chair, role="chair")
    write(item, cast.steering_secretary, discussed="Wachttijden besproken.")
    write(item, chair, conclusion="Terug in juni.")
    record = ItemRecord.objects.get(item=item)
    assert (record.discussed, record.conclusion, record.revision) == (
        "Wachttijden besproken.",
        "Terug in juni.",
        2,
    )
    with pytest.raises(PermissionDenied, match="secretaris of de voorzitter"):
        write(item, cast.reader, discussed="Iets anders.")


def test_the_same_field_clashes_with_both_texts_and_writes_nothing(cast, item):
    write(item, cast.steering_secretary, discussed="De eerste tekst.")
    with pytest.raises(Conflict) as stale:
        write(item, cast.steering_secretary, discussed="De tweede tekst.")
    (clash,) = stale.value.clashes
    assert (clash.mine, clash.theirs) == ("De tweede tekst.", "De eerste tekst.")
    assert ItemRecord.objects.get(item=item).discussed == "De eerste tekst."


def test_every_save_is_one_line_of_history(cast, item):
    write(item, cast.steering_secretary, discussed="Een.")
    base = {"discussed": "Een."}
    write(item, cast.steering_secretary, base=base, discussed="Een. Twee.")
    texts = ItemRecord.history.order_by("history_date", "history_id")
    assert list(texts.values_list("discussed", flat=True)) == ["Een.", "Een. Twee."]


def test_a_bsn_is_refused_at_its_field(cast, item):
    with pytest.raises(Refused) as refused:
        write(item, cast.steering_secretary, discussed="Gezin met bsn 111222333.")
    (refusal,) = refused.value.refusals
    assert refusal.field == "discussed"
    assert "burgerservicenummer" in refusal.reason
    assert not ItemRecord.objects.exists()


def test_the_record_begins_on_the_day_of_the_meeting(cast):
    later = make.meeting(cast.steering, 3)
    answer = minutes.record_answer(later)
    assert answer.reason.startswith("De vergadering is pas op ")
    with clock.at(later.starts_at.replace(hour=6)):
        assert minutes.record_answer(later) is True
    meetings.cancel_meeting(later, by=cast.steering_secretary, why="Geen stukken.")
    later.refresh_from_db()
    assert minutes.record_answer(later).reason == "Deze vergadering is vervallen."


def test_who_is_outside_the_circle_does_not_write_about_a_secret_paper(cast):
    routed = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(routed.steps.get(), cast.author, make.meeting(cast.board, 0))
    impose_secrecy(
        routed,
        body=cast.team,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team],
        by=cast.author,
    )
    with pytest.raises(PermissionDenied, match="geen toegang tot dit voorstel"):
        write(step.items.get(), cast.secretary, discussed="Iets.")


def test_a_paper_gets_its_outcome_at_its_stop_and_an_own_point_here(cast, item):
    settled = minutes.settle_item(item, "handled", by=cast.steering_secretary)
    assert settled.result == "handled"
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    step = make.on_agenda(routed.steps.first(), cast.author, item.meeting)
    with pytest.raises(Refused, match="Leg bij een stuk het advies of het besluit vast"):
        minutes.settle_item(step.items.get(), "handled", by=cast.steering_secretary)
    with pytest.raises(Refused, match="Kies of het punt is behandeld of aangehouden"):
        minutes.settle_item(item, "weg", by=cast.steering_secretary)
