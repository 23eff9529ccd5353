"""The full matrix of an agenda item: each outcome from each, by kind and state of the meeting."""

from datetime import timedelta

import pytest

from core import clock
from core.refusal import Refused
from governance.domain import minutes
from governance.enums import ItemKind, ItemResult, MeetingState
from governance.models import AgendaItem, Meeting
from tests import factories as make

RESULTS = [str(result) for result in ItemResult.values]
PAIRS = [(before, after) for before in RESULTS for after in RESULTS]
# Of a meeting in this state the outcome of a point can be written down, and written down anew.
WRITABLE = {"planned", "published", "held"}


def item_in(cast, state, kind=ItemKind.OWN, **fields):
    meeting = make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1))
    item = make.point(meeting, kind=kind, **fields)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    return item


@pytest.mark.parametrize("state", [str(value) for value in MeetingState.values])
@pytest.mark.parametrize("kind", [str(ItemKind.FIXED), str(ItemKind.OWN)])
def test_from_to(cast, state, kind):
    """A slip is put right until the meeting is concluded; then everything is fixed."""
    for before, after in PAIRS:
        item = item_in(cast, state, kind, result=before)
        try:
            minutes.settle_item(item, after, by=cast.steering_secretary)
            allowed = True
        except Refused:
            allowed = False
        assert allowed is (state in WRITABLE), (before, after)
        assert AgendaItem.objects.get(pk=item.pk).result == (after if allowed else before)
        item.meeting.items.all().delete()
        Meeting.objects.filter(pk=item.meeting_id).delete()


@pytest.mark.parametrize("after", RESULTS)
def test_a_paper_gets_no_outcome_here(cast, after):
    """Its outcome is that of its stop: advice, a decision, or held over."""
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    meeting = make.meeting(cast.steering, starts_at=clock.now() - timedelta(hours=1))
    step = make.on_agenda(routed.steps.first(), cast.author, meeting)
    with pytest.raises(Refused, match="Leg bij een stuk het advies of het besluit vast"):
        minutes.settle_item(step.items.get(), after, by=cast.steering_secretary)


def test_before_it_began_nothing_comes_of_a_point(cast):
    noon = clock.now().replace(hour=11, minute=0)
    meeting = make.meeting(cast.steering, starts_at=noon + timedelta(days=1))
    item = make.point(meeting)
    just_before = meeting.starts_at - timedelta(seconds=1)
    with clock.at(just_before), pytest.raises(Refused, match="De vergadering is nog niet begonnen"):
        minutes.settle_item(item, "handled", by=cast.steering_secretary)
    with clock.at(meeting.starts_at):
        assert minutes.settle_item(item, "handled", by=cast.steering_secretary)
