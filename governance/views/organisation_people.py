"""People of a region: who there are, what each of them may, and their way in."""

from collections import defaultdict
from datetime import datetime
from typing import Any, Literal

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.domain import invitation_state
from accounts.models import Invitation, User
from core.components import Cell, Column, Crumb, Fact, Row, Tone
from core.formats import long_date
from core.outbox import bounced
from core.refusal import Refused
from governance.domain import people
from governance.forms.people import InviteForm, PersonForm, person_label
from governance.models import Region
from governance.views import organisation_kinds as kinds
from governance.views.organisation_rows import crumbs, kept_region
from governance.views.rows import Kind, holds_today, period

PER_PAGE = 50
GRANTS = (kinds.MEMBERSHIPS, kinds.MUNICIPAL_ROLES, kinds.REGION_ROLES)


def _people(region: Region) -> Any:
    newest = Invitation.objects.select_related("user").order_by("-created_at", "-pk")
    return people.people_of(region).prefetch_related(Prefetch("invitations", newest))


def _crumbs(region: Region, *more: Crumb) -> list[Crumb]:
    url = reverse("governance:organisation-people", args=[region.slug])
    return crumbs(region, Crumb("Mensen", url if more else ""), *more)


def account_state(person: User) -> tuple[str, Tone | Literal[""]]:
    """Where somebody stands on the way in: signed up, invited, or what hinders."""
    if not person.is_active:
        return "uitgeschakeld", "inactive"
    if person.has_usable_password():
        return "heeft een account", ""
    invitation = next(iter(person.invitations.all()), None)
    if invitation is None:
        return "niet uitgenodigd", "warning"
    if invitation_state(invitation):
        return f"uitgenodigd tot {long_date(invitation.expires_at)}", "neutral"
    if invitation.withdrawn_at:
        return "uitnodiging ingetrokken", "inactive"
    return "uitnodiging verlopen", "warning"


def _what(kind: Kind, row: Any) -> str:
    """'lid van Stuurgroep, afgeschermd', 'invuller in Zwolle', 'regiobeheerder'."""
    role = row.get_role_display()
    if kind is kinds.MEMBERSHIPS:
        return f"{role} van {row.body}" + (", afgeschermd" if row.shielded else "")
    return f"{role} in {row.municipality}" if kind is kinds.MUNICIPAL_ROLES else role


@require_GET
@kept_region
def people_list(request: HttpRequest, region: Region) -> HttpResponse:
    page = Paginator(_people(region), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    returned = bounced(person.email for person in shown)
    holds: dict[int, list[str]] = defaultdict(list)
    for kind in GRANTS:
        for row in kind.rows(region).current().filter(user__in=shown):  # type: ignore[attr-defined]
            holds[row.user_id].append(_what(kind, row))
    context = {
        "region": region,
        "crumbs": _crumbs(region),
        "page": page,
        "columns": [
            Column(c) for c in ("Wie", "Rollen en lidmaatschappen", "Account", "E-mailadres")
        ],
        "rows": [
            _person_row(region, person, holds[person.pk], returned.get(person.email))
            for person in shown
        ],
    }
    return render(request, "governance/organisation_people.html", context)


def _person_row(region: Region, person: User, holds: list[str], returned: datetime | None) -> Row:
    state, tone = account_state(person)
    address = f"{person.email} (mail kwam terug)" if returned else person.email
    return Row(
        [
            Cell(person_label(person), url=_url(region, person)),
            "; ".join(holds) or "geen rol op dit moment",
            Cell(state, tone=tone),
            address,
        ]
    )


def _url(region: Region, person: User) -> str:
    return reverse("governance:organisation-person", args=[region.slug, person.pk])


@require_GET
@kept_region
def person_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    person = get_object_or_404(_people(region), pk=pk)
    rows = [
        _grant_row(region, kind, row)
        for kind in GRANTS
        for row in kind.rows(region).filter(user=person)
    ]
    factor = Authenticator.objects.filter(user_id=person.pk).exists()
    returned = bounced([person.email]).get(person.email)
    state, tone = account_state(person)
    context = {
        "region": region,
        "person": person,
        "title": person_label(person),
        "crumbs": _crumbs(region, Crumb(person_label(person))),
        "state": state,
        "tone": tone or "neutral",
        "columns": [Column(c) for c in ("Rol of lidmaatschap", "Geldig", "Stand", "Verleend door")],
        "rows": rows,
        "facts": [
            Fact("E-mailadres", person.email),
            *([Fact("Mail komt terug sinds", long_date(returned))] if returned else []),
            Fact("Functie", person.office or "niet ingevuld"),
            Fact("Naam", person.name or "niet ingevuld"),
            Fact("Tweede factor", "ingesteld" if factor else "niet ingesteld"),
            Fact("Laatst aangemeld", long_date(person.last_login) or "nog nooit"),
        ],
        "factor": factor and person != request.user,
        "open": _is_open(person),
        "can_resend": person.is_active and not person.has_usable_password() and _invited(person),
        "grant_municipal": f"{kinds.MUNICIPAL_ROLES.url('add', region)}?persoon={person.pk}",
        "grant_region": f"{kinds.REGION_ROLES.url('add', region)}?persoon={person.pk}",
        "bodies": kinds.BODIES.url("list", region),
    }
    return render(request, "governance/organisation_person.html", context)


def _grant_row(region: Region, kind: Kind, row: Any) -> Row:
    return Row(
        [
            Cell(_what(kind, row), url=kind.row_url(region, row)),
            period(row),
            holds_today(row),
            str(row.granted_by or "het portaal"),
        ]
    )


def _invited(person: User) -> bool:
    return bool(person.invitations.all())


def _is_open(person: User) -> bool:
    newest = next(iter(person.invitations.all()), None)
    return newest is not None and bool(invitation_state(newest))


@kept_region
def invite(request: HttpRequest, region: Region) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            invitation = people.invite_person(region, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                f"De uitnodiging is verstuurd naar {invitation.user.email}. Geef nu een rol of "
                "lidmaatschap; zonder rol ziet deze persoon niets van de regio.",
            )
            return redirect(_url(region, invitation.user))
    context = {
        "region": region,
        "title": "Iemand uitnodigen",
        "lead": "De persoon krijgt een mail met een link om een wachtwoord te kiezen.",
        "form": form,
        "button": "Verstuur uitnodiging",
        "crumbs": _crumbs(region, Crumb("Iemand uitnodigen")),
        "back": reverse("governance:organisation-people", args=[region.slug]),
    }
    return render(request, "governance/form_page.html", context)


@kept_region
def correct(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    person = get_object_or_404(people.people_of(region), pk=pk)
    initial = {"name": person.name, "office": person.office}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            people.correct_person(region, person, by=request.user, **form.cleaned_data)
            messages.success(request, "De gegevens zijn aangepast.")
            return redirect(_url(region, person))
    context = {
        "region": region,
        "title": "Naam en functie aanpassen",
        "lead": f"Van het account {person.email}. Het e-mailadres blijft zoals het is.",
        "form": form,
        "button": "Opslaan",
        "crumbs": _crumbs(
            region, Crumb(person_label(person), _url(region, person)), Crumb("Naam en functie")
        ),
        "back": _url(region, person),
    }
    return render(request, "governance/form_page.html", context)


# Question, what happens next, button, act, and what is said afterwards.
ACTS = {
    "opnieuw-uitnodigen": (
        "Uitnodiging opnieuw versturen?",
        "De persoon krijgt een nieuwe link. De vorige link werkt dan niet meer.",
        "Ja, verstuur opnieuw",
        people.resend_invitation,
        "De uitnodiging is opnieuw verstuurd.",
    ),
    "uitnodiging-intrekken": (
        "Uitnodiging intrekken?",
        "De link werkt dan niet meer. Rollen en lidmaatschappen blijven staan; beëindig die apart.",
        "Ja, trek in",
        people.withdraw_invitation,
        "De uitnodiging is ingetrokken.",
    ),
    "tweede-factor": (
        "Tweede factor weghalen?",
        "Doe dit als de persoon de tweede factor kwijt is, en u zeker weet dat deze persoon het "
        "zelf vraagt. De persoon wordt overal afgemeld, krijgt een mail, en stelt bij het "
        "aanmelden een nieuwe tweede factor in.",
        "Ja, haal weg",
        people.reset_second_factor,
        "De tweede factor is weggehaald. De persoon heeft een mail gekregen.",
    ),
}


@kept_region
def person_act(request: HttpRequest, region: Region, pk: int, act: str) -> HttpResponse:
    person = get_object_or_404(people.people_of(region), pk=pk)
    question, consequence, button, done, said = ACTS[act]
    if request.method == "POST":
        try:
            done(region, person, by=request.user)
            messages.success(request, said)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(_url(region, person))
    context = {
        "region": region,
        "question": f"{person_label(person)}: {question[0].lower()}{question[1:]}",
        "consequence": consequence,
        "button": button,
        "danger": act != "opnieuw-uitnodigen",
        "cancel_url": _url(region, person),
    }
    return render(request, "confirm.html", context)
