"""What needs the attention of who keeps a region, and who may write there: reads over its people.

No name of a shielded member appears here; what is listed says the role and the body.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from core import clock
from core.components import Task
from core.formats import long_date
from governance.domain.people import last_review, municipalities_of
from governance.enums import MemberRole
from governance.models import (
    Body,
    CoAuthor,
    Membership,
    MunicipalRole,
    Region,
    RegionRole,
    Seat,
)
from governance.models.dated import valid_on

SOON = timedelta(days=60)
REVIEW_EVERY = timedelta(days=365)
NO_VOTE = "Zolang het aantal stemmen niet vastligt, kan daar niet worden gestemd."


@dataclass(frozen=True)
class Point:
    """One thing to look at: what, about which object, and by when if a day is known."""

    what: str
    about: Any
    note: str = ""
    due: date | None = None

    def task(self, url: str) -> Task:
        day = long_date(self.due) if self.due else "Nu"
        return Task(day, "", self.what, url, self.note, now=self.due is None)


def attention_points(region: Region) -> list[Point]:
    """What is missing, then what is about to end by its day. A fixed number of queries."""
    missing = [
        *_without_secretary(region),
        *_empty_seats(region),
        *_seats_without_weight(region),
        *_successors_without_seat(region),
        *_review_due(region),
    ]
    return missing + sorted(_ending(region), key=lambda point: point.due or date.max)


def _bodies(region: Region) -> Any:
    return Body.objects.current().filter(region=region)


def _without_secretary(region: Region) -> Iterator[Point]:
    secretaries = Membership.objects.current().filter(
        body=OuterRef("pk"), role=MemberRole.SECRETARY
    )
    for body in _bodies(region).filter(~Exists(secretaries)):
        yield Point(f"{body} heeft geen secretaris", body, "Niemand kan hier een agenda maken.")


def _empty_seats(region: Region) -> Iterator[Point]:
    filled = (
        Membership.objects.current().filter(seat=OuterRef("pk")).exclude(role=MemberRole.DEPUTY)
    )
    seats = Seat.objects.current().filter(~Exists(filled), body__in=_bodies(region))
    for seat in seats.select_related("body", "municipality").order_by("body__order", "pk"):
        yield Point(f"Zetel van {seat} in {seat.body} is leeg", seat.body)


def _seats_without_weight(region: Region) -> Iterator[Point]:
    """After a merger the weight of the new seat is a decision, so nobody fills it in by itself."""
    seats = Seat.objects.current().filter(votes__isnull=True, body__in=_bodies(region))
    for seat in seats.select_related("body", "municipality").order_by("body__order", "pk"):
        yield Point(f"Zetel van {seat} in {seat.body} heeft nog geen gewicht", seat.body, NO_VOTE)


def _successors_without_seat(region: Region) -> Iterator[Point]:
    """A seat that ended with its municipality before the successor took one."""
    today = clock.today()
    seated = set(
        Seat.objects.filter(valid_on(), body__in=_bodies(region)).values_list(
            "body_id", "municipality_id"
        )
    )
    merged = Seat.objects.filter(
        body__in=_bodies(region), valid_until__lt=today, municipality__successor__isnull=False
    ).select_related("body", "municipality__successor")
    wanted = {(seat.body, seat.municipality.successor) for seat in merged if seat.municipality}
    for body, successor in sorted(wanted, key=lambda pair: (pair[0].order, str(pair[1]))):
        if successor and (body.pk, successor.pk) not in seated:
            yield Point(
                f"{successor} heeft nog geen zetel in {body}",
                body,
                NO_VOTE,
            )


def _ending(region: Region) -> Iterator[Point]:
    today = clock.today()
    soon = Q(valid_until__range=(today, today + SOON))
    members = Membership.objects.filter(soon, body__in=_bodies(region))
    for membership in members.select_related("body", "user"):
        yield Point(
            f"Termijn van {membership.shown_as} in {membership.body} loopt af",
            membership.body,
            due=membership.valid_until,
        )
    for role in RegionRole.objects.filter(soon, region=region).select_related("user"):
        yield Point(f"Regiorol loopt af: {role}", role, due=role.valid_until)
    roles = MunicipalRole.objects.filter(soon, municipality__in=municipalities_of(region))
    for granted in roles.select_related("user", "municipality"):
        yield Point(f"Gemeentelijke rol loopt af: {granted}", granted, due=granted.valid_until)


def _review_due(region: Region) -> Iterator[Point]:
    last = last_review(region)
    if last is None:
        yield Point("De lijst van rechten is nog nooit nagelopen", region, "Dat hoort elk jaar.")
    elif clock.now() - last.at > REVIEW_EVERY:
        yield Point(
            "De lijst van rechten is aan de beurt",
            region,
            f"Voor het laatst nagelopen op {long_date(last.at)}.",
        )


# The yearly review of rights (BIO2) ---------------------------------------------------------------


@dataclass(frozen=True)
class WritingRight:
    """Who can write something in the region, by what, since when and given by whom."""

    who: str
    person: Any
    right: str
    where: str
    since: date | None
    recorded: date | None
    granted_by: str
    last_login: date | None
    until: date | None


def writing_rights(region: Region) -> list[WritingRight]:
    """Every right to write that holds today, sorted by person. Same places as `rules.can_write`."""
    members = (
        Membership.objects.current()
        .filter(
            valid_on(prefix="body__"),
            Q(body__writes_proposals=True) | Q(role=MemberRole.SECRETARY),
            body__region=region,
        )
        .select_related("user", "body", "granted_by")
    )
    roles = RegionRole.objects.current().filter(region=region)
    municipal = MunicipalRole.objects.current().filter(municipality__in=municipalities_of(region))
    authors = CoAuthor.objects.filter(valid_on(), proposal__region=region)
    rights = [
        *(
            _right(row, row.get_role_display(), str(row.body), shielded=row.shielded)
            for row in _with_history(members)
        ),
        *(
            _right(row, row.get_role_display(), str(region))
            for row in _with_history(roles.select_related("user", "granted_by"))
        ),
        *(
            _right(row, row.get_role_display(), str(row.municipality))
            for row in _with_history(municipal.select_related("user", "granted_by", "municipality"))
        ),
        *(
            _right(row, "medeauteur", f"voorstel {row.proposal.number}")
            for row in _with_history(authors.select_related("user", "granted_by", "proposal"))
        ),
    ]
    return sorted(rights, key=lambda right: (right.who.casefold(), right.where, right.right))


def _with_history(rows: Any) -> list[Any]:
    """The rows with the day on which each was entered, from its history. Two queries."""
    listed = list(rows)
    made = rows.model.history.filter(
        id__in=[row.pk for row in listed], history_type="+"
    ).values_list("id", "history_date")
    days = {pk: moment.date() for pk, moment in made}
    for row in listed:
        row.recorded = days.get(row.pk)
    return listed


def _right(row: Any, right: str, where: str, *, shielded: bool = False) -> WritingRight:
    user = row.user
    return WritingRight(
        who="afgeschermd lid" if shielded else str(user),
        person=None if shielded else user,
        right=right,
        where=where,
        since=row.valid_from,
        recorded=row.recorded,
        granted_by=str(row.granted_by or "het portaal"),
        last_login=user.last_login.date() if user.last_login else None,
        until=row.valid_until,
    )
