"""What the programme team does with a round: prepare, change, open, close, remind, publish."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.components import Crumb
from core.drafts import committed
from core.formats import long_date
from core.refusal import Refusal
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region, is_key, refusals_shown
from governance.views.writing import forget
from nulmeting import queries, results_page
from nulmeting import round_page as page
from nulmeting.domain import approvers, reminding, rounds
from nulmeting.enums import RoundState
from nulmeting.forms.rounds import JoinForm, OpenAgainForm, ReopenForm, RoundForm
from nulmeting.models import Round, Submission
from nulmeting.views.base import kept_context, opened_draft, round_or_404

CHANGES = (RoundState.DRAFT, RoundState.OPEN)  # in which something of a round can change


@in_region
def prepare(request: HttpRequest, region: Region) -> HttpResponse:
    """A new round in concept; no municipality sees it yet."""
    must(request.user, "nulmeting.prepare", region)
    key, back = f"nulmeting-new:{region.pk}-round", results_page.list_url(region)
    if forget(request, key):
        return redirect(back)
    form = RoundForm(request.POST or None, region=region, draft=opened_draft(request, key))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = rounds.prepare_round(region, by=_user(request), **form.values())
            committed(request, key)
            messages.success(
                request, f"{made} staat klaar. Gemeenten zien haar pas als u haar opent."
            )
            return redirect(page.url_of("round-detail", made))
    if not region.instruments.exists():
        messages.warning(request, "Maak eerst een vragenlijst. Daarna bereidt u een ronde voor.")
        return redirect("nulmeting:instrument-list", region.slug)
    context = {
        "region": region,
        "title": "Nulmeting voorbereiden",
        "lead": "Gemeenten zien nog niets. U opent de ronde later, met een aparte knop.",
        "crumbs": [Crumb("Nulmeting", back), Crumb("Voorbereiden")],
        "button": "Bewaar",
        "back": back,
        **kept_context(request, form, key),
    }
    return render(request, "governance/kept_form.html", context)


@in_region
def edit(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """Change a round; once it runs only its last day, comparison and explanation.

    What was typed while a colleague closed the round stays on the page, with the refusal.
    """
    sent = request.method == "POST"
    asked = _led(request, region, year, *(RoundState.values if sent else CHANGES))
    key = f"round:{asked.pk}-edit"
    if forget(request, key):
        return redirect(page.url_of("round-detail", asked))
    form = RoundForm(
        request.POST or None, region=region, asked=asked, draft=opened_draft(request, key)
    )

    def newest() -> dict[str, Any]:
        return rounds.fields_of(Round.objects.get(pk=asked.pk))

    if sent and form.is_valid():
        with form.saving(_user(request), key, newest):
            changed = rounds.edit_round(asked, **form.values(), seen=form.base(), by=_user(request))
            committed(request, key)
            messages.success(request, "De ronde is gewijzigd.")
            return redirect(page.url_of("round-detail", changed))
    lead = (
        "De ronde loopt. Jaar, vragenlijst en eerste dag liggen vast."
        if asked.state == RoundState.OPEN
        else ""
    )
    return _form_page(request, asked, form, "Ronde wijzigen", "Opslaan", lead, key)


@in_region
def open_round(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """Asked once more, with how many are invited."""
    asked = _led(request, region, year, RoundState.DRAFT)
    if request.method == "POST":
        with refusals_shown(request):
            opened = rounds.open_round(asked, by=_user(request))
            number = reminding.many(opened.submissions.count())
            messages.success(request, f"De ronde is open voor {number}. De uitnodiging gaat uit.")
        return redirect(page.url_of("round-detail", asked))
    if refused := _refusal(asked, "open"):
        messages.error(request, refused)
        return redirect(page.url_of("round-detail", asked))
    question = f"{asked} openen?"
    return _ask(request, asked, question, page.opening(asked), "Ja, open de ronde")


@in_region
def close(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """Asked once more, with who is not done."""
    asked = _led(request, region, year, RoundState.OPEN)
    if request.method == "POST":
        with refusals_shown(request):
            rounds.close_round(asked, by=_user(request))
            messages.success(request, "De ronde is gesloten. Invullen kan niet meer.")
        return redirect(page.url_of("round-detail", asked))
    waiting = [row.municipality.name for row in reminding.not_done(asked)]
    lines = [
        "Niemand kan daarna nog invullen. Vaststellen van wat is ingediend, kan nog wel.",
        f"De laatste dag is {long_date(asked.closes_on)}. De dag erna sluit de ronde vanzelf.",
        "U kunt haar weer openen, of heropenen voor één gemeente.",
    ]
    if waiting:
        lines.insert(0, f"Nog niet vastgesteld: {', '.join(waiting)}.")
    return _ask(request, asked, f"{asked} sluiten?", lines, "Ja, sluit de ronde")


@in_region
def open_again(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """For everybody, until another day, with the reason."""
    asked = _led(request, region, year, RoundState.CLOSED)
    key = f"round:{asked.pk}-again"
    if forget(request, key):
        return redirect(page.url_of("round-detail", asked))
    form = OpenAgainForm(request.POST or None, draft=opened_draft(request, key))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            rounds.open_again(asked, by=_user(request), **form.values())
            committed(request, key)
            messages.success(request, "De ronde is weer open. Wie niet klaar was, krijgt bericht.")
            return redirect(page.url_of("round-detail", asked))
    lead = "Alle gemeenten kunnen dan weer invullen. Wat is vastgesteld, blijft vastgesteld."
    return _form_page(request, asked, form, "Ronde weer openen", "Open weer", lead, key)


@in_region
def publish(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """Asked once more, with who will see what."""
    asked = _led(request, region, year, RoundState.CLOSED)
    if request.method == "POST":
        with refusals_shown(request):
            rounds.publish_round(asked, by=_user(request))
            messages.success(request, f"De uitkomsten van {asked.year} zijn gepubliceerd.")
        return redirect(page.url_of("round-detail", asked))
    if refused := _refusal(asked, "publish"):
        messages.error(request, refused)
        return redirect(page.url_of("round-detail", asked))
    lines = page.publishing(asked, queries.coverage_of(asked))
    return _ask(request, asked, f"Uitkomsten van {asked.year} publiceren?", lines, "Ja, publiceer")


@in_region
def remind(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """Remind who is not done, at most once a day."""
    asked = _led(request, region, year, RoundState.OPEN, RoundState.CLOSED)
    if request.method == "POST":
        with refusals_shown(request):
            number = reminding.remind(asked, by=_user(request))
            messages.success(request, f"Herinnering gestuurd aan {reminding.many(number)}.")
        return redirect(page.url_of("round-detail", asked))
    names = [row.municipality.name for row in reminding.not_done(asked)]
    get = "krijgen" if len(names) > 1 else "krijgt"
    lines = [
        f"{page.in_a_row(names) or 'Niemand'} {get} een mail: de invuller en contactpersoon, of "
        "de vaststeller als er is ingediend.",
        "Vanzelf gaat er ook een uit: 30, 7 en 1 dag vóór de laatste dag.",
    ]
    if alone := [row.municipality.name for row in _without_approver(asked)]:
        lines.append(f"Zonder vaststeller: {page.in_a_row(alone)}. Daar krijgt niemand een mail.")
    return _ask(request, asked, "Herinnering sturen?", lines, "Ja, stuur een herinnering")


def _without_approver(asked: Round) -> list[Submission]:
    return list(approvers.without(asked.submissions.select_related("municipality")))


@in_region
def join(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """A municipality that began to take part while the round runs."""
    asked = _led(request, region, year, RoundState.OPEN)
    form = JoinForm(request.POST or None, homes=page.joiners(asked))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            home = form.cleaned_data["municipality"]
            rounds.add_municipality(asked, home, by=_user(request))
            messages.success(request, f"{home} doet mee. De uitnodiging gaat uit.")
            return redirect(page.url_of("round-detail", asked))
    lead = (
        "Gemeenten die vandaag meedoen aan de regio en nog niet in deze ronde staan."
        if page.joiners(asked)
        else "Alle gemeenten die vandaag meedoen aan de regio, staan al in deze ronde."
    )
    return _form_page(request, asked, form, "Gemeente toevoegen", "Voeg toe", lead)


@in_region
def reopen(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    """For one municipality, until a day, with the reason."""
    asked = _led(request, region, year, RoundState.CLOSED)
    rows = asked.submissions.select_related("municipality").order_by("municipality__sort_name")
    chosen = request.GET.get("gemeente", "")
    key = f"round:{asked.pk}-reopen"
    if forget(request, key):
        return redirect(page.url_of("round-detail", asked))
    draft = None if chosen else opened_draft(request, key)
    start = {"submission": int(chosen)} if is_key(chosen) else {}
    form = ReopenForm(request.POST or None, rows=rows, start=start, draft=draft)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            row: Submission = form.cleaned_data["submission"]
            until, why = form.cleaned_data["until"], form.cleaned_data["why"]
            rounds.reopen_for(row, until=until, why=why, by=_user(request))
            committed(request, key)
            messages.success(
                request, f"Heropend voor {row.municipality} tot en met {long_date(until)}."
            )
            return redirect(page.url_of("round-detail", asked))
    lead = "Alleen deze gemeente kan dan weer invullen. Haar invuller en contactpersoon horen het."
    return _form_page(request, asked, form, "Heropenen voor één gemeente", "Heropen", lead, key)


# Shared -------------------------------------------------------------------------------------------


def _led(request: HttpRequest, region: Region, year: int, *states: str) -> Round:
    """A round that this person leads, in a state that has this page."""
    asked = round_or_404(request, region, year)
    must(request.user, "nulmeting.lead", asked)
    if asked.state not in states:
        raise Http404
    return asked


def _refusal(asked: Round, name: str) -> str:
    answer = rounds.STATES.answer(asked, name)
    return answer.reason if isinstance(answer, Refusal) else ""


def _ask(
    request: HttpRequest, asked: Round, question: str, lines: list[str], button: str
) -> HttpResponse:
    context = {
        "region": asked.region,
        "question": question,
        "consequence": lines[0],
        "points": lines[1:],
        "button": button,
        "cancel_url": page.url_of("round-detail", asked),
    }
    return render(request, "confirm.html", context)


def _form_page(
    request: HttpRequest,
    asked: Round,
    form: Any,
    title: str,
    button: str,
    lead: str,
    key: str = "",
) -> HttpResponse:
    """One form about a round; with a `key` what is typed in it is kept."""
    back = page.url_of("round-detail", asked)
    context = {
        "region": asked.region,
        "title": title,
        "lead": lead,
        "crumbs": [
            Crumb("Nulmeting", results_page.list_url(asked.region)),
            Crumb(str(asked.year), back),
            Crumb(title),
        ],
        "form": form,
        "button": button,
        "back": back,
        **(kept_context(request, form, key) if key else {}),
    }
    template = "governance/kept_form.html" if key else "governance/form_page.html"
    return render(request, template, context)


def _user(request: HttpRequest) -> Any:
    return request.user
