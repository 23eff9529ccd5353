"""News of the nulmeting for the people of a municipality, and for the team.

Called by the acts themselves, inside their transaction; each thing is told once (accounts.notices).
Nobody is told what she did herself. Nothing of an answer, a remark or a reason goes into a mail: it
says what happened and where to read it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.notices import absolute, notify, notify_all
from core import clock
from core.formats import long_date
from core.models import StatusChange
from governance.enums import MunicipalRoleKind, RegionRoleKind
from governance.models import Membership, MunicipalRole, RegionRole
from governance.models.dated import valid_on
from nulmeting.models import Approval, Round, Submission

CONTACT, EDITOR, APPROVER = (
    MunicipalRoleKind.CONTACT,
    MunicipalRoleKind.EDITOR,
    MunicipalRoleKind.APPROVER,
)


@dataclass(frozen=True)
class Line:
    """One municipality in a mail: what is asked for it, and where."""

    name: str
    what: str
    link: str


def people_of(homes: Iterable[int], *roles: str) -> dict[int, list[User]]:
    """Per municipality who has one of these roles there today; once, also with two of them."""
    rows = (
        MunicipalRole.objects.filter(
            valid_on(), municipality__in=set(homes), role__in=roles, user__is_active=True
        )
        .select_related("user")
        .order_by("user__email")
    )
    found: dict[int, dict[int, User]] = {}
    for row in rows:
        found.setdefault(row.municipality_id, {})[row.user_id] = row.user
    return {home: list(people.values()) for home, people in found.items()}


def team_of(asked: Round) -> list[User]:
    """Who sits in the programme team of the region today."""
    rows = Membership.objects.filter(
        valid_on(),
        valid_on(prefix="body__"),
        body__region=asked.region_id,
        body__writes_proposals=True,
    )
    return list(User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("email"))


def admins_of(asked: Round) -> list[User]:
    """Who keeps the people of the region today."""
    rows = RegionRole.objects.filter(valid_on(), region=asked.region_id, role=RegionRoleKind.ADMIN)
    return list(User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("email"))


# A round ------------------------------------------------------------------------------------------


def invited(asked: Round, rows: Iterable[Submission]) -> int:
    """Invite contact and editors of municipalities to fill in: one mail per person, with all of
    hers. Returns how many were told."""
    return _ask(asked, rows, "invitation", f"Nulmeting {asked.year}: vul in voor uw gemeente")


def opened_again(asked: Round, rows: Iterable[Submission]) -> int:
    """Tell who was not done that filling in can go on, until another day."""
    return _ask(asked, rows, "opened_again", f"Nulmeting {asked.year} is weer open")


def _ask(asked: Round, rows: Iterable[Submission], template: str, subject: str) -> int:
    found = list(rows)
    people = people_of((row.municipality_id for row in found), CONTACT, EDITOR)
    told = 0
    for person, lines in _by_person(asked, found, lambda row: people.get(row.municipality_id, [])):
        keys = "-".join(str(row.pk) for row in found) if len(found) == 1 else str(asked.pk)
        notice = notify(
            person,
            key=f"nulmeting-{template}:{asked.pk}:{keys}:{asked.closes_on.isoformat()}",
            subject=subject,
            text=_text(template, asked, lines=lines),
        )
        told += notice is not None
    return told


def reminded(asked: Round, rows: Iterable[Submission], last: date, key: str) -> int:
    """Remind who is not done: contact and editors while something is to be filled in, approvers
    once it is handed in. One mail per person; returns how many were told."""
    found = list(rows)
    homes = [row.municipality_id for row in found]
    fills, stands = people_of(homes, CONTACT, EDITOR), people_of(homes, APPROVER)

    def who(row: Submission) -> list[User]:
        people = stands if row.state == "submitted" else fills
        return [
            person
            for person in people.get(row.municipality_id, [])
            if row.state != "submitted" or person.pk != row.submitted_by_id
        ]

    told = 0
    for person, lines in _by_person(asked, found, who):
        notice = notify(
            person,
            key=f"nulmeting-reminder:{asked.pk}:{key}",
            subject=f"Herinnering: nulmeting {asked.year}, tot en met {long_date(last)}",
            text=_text("reminder", asked, lines=lines, last=long_date(last, weekday=True)),
        )
        told += notice is not None
    return told


def _by_person(
    asked: Round, rows: Iterable[Submission], who: Callable[[Submission], list[User]]
) -> list[tuple[User, list[Line]]]:
    """Per person the municipalities for which something is asked of her."""
    found: dict[int, tuple[User, list[Line]]] = {}
    for row in rows:
        for person in who(row):
            found.setdefault(person.pk, (person, []))[1].append(_line(asked, row))
    return list(found.values())


def _line(asked: Round, row: Submission) -> Line:
    what = "vaststellen" if row.state == "submitted" else "invullen en indienen"
    return Line(row.municipality.name, what, _link(asked, row))


# One municipality ---------------------------------------------------------------------------------


def handed_in(row: Submission, change: StatusChange) -> int:
    """Tell the approvers that they are to read and stand for the answers."""
    return _tell(row, change, [APPROVER], "handed_in", "Nulmeting {}: stel vast voor {}")


def no_approver(row: Submission, change: StatusChange) -> int:
    """Tell contact and team that nobody can approve what was handed in, and the region's admin
    where to add somebody. Returns how many were told."""
    contacts = people_of([row.municipality_id], CONTACT).get(row.municipality_id, [])
    admins = admins_of(row.round)
    told: dict[int, tuple[User, bool]] = {
        person.pk: (person, False) for person in [*contacts, *team_of(row.round)]
    }
    told |= {person.pk: (person, True) for person in admins}
    path = reverse("governance:row-add", args=[row.round.region.slug, "gemeentelijke-rollen"])
    return sum(
        notify(
            person,
            key=f"nulmeting-no_approver:{change.pk}",
            subject=f"Nulmeting {row.round.year} van {row.municipality}: nog geen vaststeller",
            text=_text(
                "no_approver",
                row.round,
                row=row,
                adds=adds,
                admins=admins,
                link=absolute(path) if adds else _of(row),
            ),
        )
        is not None
        for person, adds in told.values()
        if person.pk != change.by_id
    )


def returned(row: Submission, change: StatusChange) -> int:
    """Tell the editors that something is to be changed."""
    return _tell(row, change, [EDITOR], "returned", "Nulmeting {} van {} is teruggegeven")


def reopened(row: Submission, change: StatusChange) -> int:
    """Tell contact and editors until when they can go on."""
    return _tell(row, change, [CONTACT, EDITOR], "reopened", "Nulmeting {} is heropend voor {}")


def approved(row: Submission, approval: Approval) -> int:
    """Tell the contact, and the team, that a municipality stood for its answers."""
    people = people_of([row.municipality_id], CONTACT).get(row.municipality_id, [])
    known = {each.pk for each in people}
    people += [each for each in team_of(row.round) if each.pk not in known]
    return notify_all(
        [each for each in people if each.pk != approval.by_id],
        key=f"nulmeting-approved:{approval.pk}",
        subject=f"Nulmeting {row.round.year} van {row.municipality} is vastgesteld",
        text=_text("approved", row.round, row=row, paper=approval.way == "paper", link=_of(row)),
    )


def _tell(
    row: Submission, change: StatusChange, roles: list[str], template: str, subject: str
) -> int:
    people = people_of([row.municipality_id], *roles).get(row.municipality_id, [])
    until = row.reopened_until or row.round.closes_on
    return notify_all(
        [each for each in people if each.pk != change.by_id],
        key=f"nulmeting-{template}:{change.pk}",
        subject=subject.format(row.round.year, row.municipality),
        text=_text(
            template, row.round, row=row, last=long_date(until, weekday=True), link=_of(row)
        ),
    )


def _of(row: Submission) -> str:
    return _link(row.round, row)


def _link(asked: Round, row: Submission) -> str:
    return absolute(reverse("nulmeting:submission", args=[asked.region.slug, asked.year, row.pk]))


def _text(template: str, asked: Round, **context: object) -> str:
    begins = asked.opens_on > clock.today()
    shown = {
        "asked": asked,
        "region": asked.region,
        "begins": long_date(asked.opens_on, weekday=True) if begins else "",
        "closes": long_date(asked.closes_on, weekday=True),
        **context,
    }
    return render_to_string(f"nulmeting/mail/{template}.txt", shown)
