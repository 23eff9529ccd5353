"""Publishing an agenda. A version never changes; what changes makes the next one."""

from django.db import transaction

from accounts.models import User
from core import clock
from core.models import StatusChange
from core.refusal import Refusal, Refused, require
from governance.agenda_changes import Change, changes_between
from governance.agenda_frozen import FrozenAgenda, freeze, secret_proposals
from governance.documents_book import request_book
from governance.domain import meetings
from governance.domain.agenda import keeping
from governance.enums import MeetingState
from governance.models import AgendaVersion, Meeting


def latest(meeting: Meeting) -> AgendaVersion | None:
    """The newest published version."""
    return meeting.agenda_versions.order_by("-number").first()


def changes_since(version: AgendaVersion, now: FrozenAgenda, meeting: Meeting) -> list[Change]:
    """What members do not know yet: how the agenda now differs from a published version."""
    reasons = dict(meeting.items.filter(off=True).values_list("pk", "note"))
    return changes_between(FrozenAgenda.from_json(version.frozen), now, reasons)


@transaction.atomic
def publish_agenda(meeting: Meeting, *, by: User | None) -> AgendaVersion:
    """Freeze the agenda as version 1 and tell the members. Refuses an agenda without points and a
    meeting that has begun."""
    current = keeping(meeting, by)
    meetings.STATES.carry_out(current, "publish", by=by, why="agenda, versie 1")
    version = _publish(current, freeze(current), [], by)
    _tell(current, version, [])
    return version


@transaction.atomic
def publish_change(meeting: Meeting, *, by: User | None, why: str = "") -> AgendaVersion:
    """Freeze a changed agenda as the next version, with what changed and perhaps the reason.
    Refuses when nothing changed."""
    current = keeping(meeting, by)
    before = latest(current)
    if current.state != MeetingState.PUBLISHED or before is None:
        raise Refused(Refusal("Publiceer eerst de agenda."))
    require(meetings.has_items(current))
    now = freeze(current)
    changes = changes_since(before, now, current)
    if not changes:
        raise Refused(Refusal(f"Er is niets veranderd sinds versie {before.number}."))
    if why.strip():
        changes.append(Change(f"Reden: {why.strip()}"))
    version = _publish(current, now, changes, by)
    _tell(current, version, changes)
    return version


def publish_cancelled(meeting: Meeting, why: str, *, by: User | None) -> AgendaVersion:
    """The last version: the meeting does not take place. Part of `cancel_meeting`."""
    from governance.news import meeting_cancelled

    meeting_cancelled(meeting, why)
    change = Change(f"De vergadering gaat niet door. Reden: {why}")
    return _publish(meeting, freeze(meeting, cancelled=True), [change], by)


def _publish(
    meeting: Meeting, agenda: FrozenAgenda, changes: list[Change], by: User | None
) -> AgendaVersion:
    before = latest(meeting)
    version = AgendaVersion.objects.create(
        meeting=meeting,
        number=before.number + 1 if before else 1,
        frozen=agenda.as_json(),
        changes=[change.as_json() for change in changes],
        published_at=clock.now(),
        published_by=by,
    )
    if before:
        StatusChange.log(meeting, act="agenda_version", by=by, why=f"versie {version.number}")
    return version


def _tell(meeting: Meeting, version: AgendaVersion, changes: list[Change]) -> None:
    """Ask for the book and tell the members, all in the same words: what concerns a secret paper
    is not among them."""
    from governance.news import agenda_published

    secret = secret_proposals(change.proposal_id for change in changes if change.proposal_id)
    open_changes = [change.text for change in changes if change.proposal_id not in secret]
    agenda_published(meeting, version.number, open_changes)
    request_book(meeting, by=version.published_by)
