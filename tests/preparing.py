"""What the tests of a meeting in preparation share: a paper on the agenda of the board."""

from datetime import datetime, timedelta

from core import clock
from governance.enums import MemberRole
from governance.models import AgendaItem
from tests import factories as make

MONDAY = datetime(2026, 11, 2, 8, 0)
# The board meets on Thursday 5 November at 9.30 uur; positions until Wednesday at 12.00 uur.
AFTER = MONDAY + timedelta(days=2, hours=5)


def on_board(cast, subject="Meer hulp dichtbij huis", at=None) -> AgendaItem:
    """A paper on the agenda of the board, which decides on it."""
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), subject=subject)
    meeting = at or cast.board.meetings.first() or make.meeting(cast.board, 3)
    step = make.on_agenda(proposal.steps.get(), cast.author, meeting)
    return AgendaItem.objects.select_related("meeting__body", "step__proposal").get(step=step)


def again(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__body", "step__proposal").get(pk=item.pk)


def chair(cast):
    """Who chairs the board, without a seat of her own."""
    person = make.user("voorzitter van het bestuur")
    make.member(cast.board, person, role=MemberRole.CHAIR, has_vote=False)
    return person


def deputy(cast, of=None):
    """Who replaces the alderman of Aardam."""
    person = make.user("plaatsvervanger van Aardam")
    member = of or cast.board_members[0]
    make.member(cast.board, person, role=MemberRole.DEPUTY, deputy_of=member, has_vote=True)
    return person


def after():
    """After the deadline, before the meeting."""
    return clock.at(AFTER)
