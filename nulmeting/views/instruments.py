"""The questions in versions: a list, one version to read, and what can be done with it whole."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.components import Crumb
from core.drafts import committed
from core.models import StatusChange
from core.refusal import Refused
from governance.models import Region
from governance.queries import trail_of
from governance.rules import must, visible_to
from governance.views.base import in_region, refusals_shown
from governance.views.writing import forget
from nulmeting import instrument_compare
from nulmeting import instrument_page as page
from nulmeting.domain import instruments
from nulmeting.enums import InstrumentState
from nulmeting.filling_page import as_sentence
from nulmeting.forms.filling import BlockForm
from nulmeting.forms.instrument import BeginForm
from nulmeting.models import Instrument
from nulmeting.views.base import kept_context, opened_draft
from regioagenda.models import BuildingBlock


def instrument_or_404(request: HttpRequest, region: Region, version: int) -> Instrument:
    """A version that this person keeps; for others it is not there."""
    rows = visible_to(request.user, Instrument).select_related("region", "drawn_from")
    return get_object_or_404(rows, region=region, version=version)


def draft_or_404(request: HttpRequest, region: Region, version: int) -> Instrument:
    """A version that can still change: what was fixed has no page to change it on."""
    found = instrument_or_404(request, region, version)
    if found.state != InstrumentState.DRAFT:
        raise Http404
    return found


@require_GET
@in_region
def instrument_list(request: HttpRequest, region: Region) -> HttpResponse:
    """Every version, newest first."""
    must(request.user, "nulmeting.prepare", region)
    versions = list(
        visible_to(request.user, Instrument)
        .filter(region=region)
        .annotate(questions=Count("items"))
        .prefetch_related("rounds")
        .order_by("-version")
    )
    for each in versions:
        each.region = region
    context = {
        "region": region,
        "crumbs": page.list_crumbs(region, Crumb("Vragenlijst")),
        "versions": [(each, page.TONES[each.state]) for each in versions],
        "drafted": any(each.state == InstrumentState.DRAFT for each in versions),
    }
    return render(request, "nulmeting/instrument_list.html", context)


@in_region
def begin(request: HttpRequest, region: Region) -> HttpResponse:
    """The first questions of a region, or an empty version beside those that were fixed."""
    must(request.user, "nulmeting.prepare", region)
    key = f"nulmeting-new:{region.pk}-instrument"
    if forget(request, key):
        return redirect(page.list_url(region))
    form = BeginForm(request.POST or None, draft=opened_draft(request, key))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            title = form.cleaned_data["title"]
            made = instruments.begin_instrument(region, title=title, by=_user(request))
            committed(request, key)
            return redirect(page.url_of("instrument", made))
    context = {
        "region": region,
        "title": "Nieuwe vragenlijst",
        "lead": "U begint met een leeg blad. Per onderdeel schrijft u vragen en vijf niveaus.",
        "crumbs": page.list_crumbs(
            region, Crumb("Vragenlijst", page.list_url(region)), Crumb("Nieuw")
        ),
        "button": "Begin",
        "back": page.list_url(region),
        **kept_context(request, form, key),
    }
    return render(request, "governance/kept_form.html", context)


@require_GET
@in_region
def detail(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    """One version to read; while it is in preparation with what is missing and where to mend it."""
    instrument = instrument_or_404(request, region, version)
    draft = instrument.state == InstrumentState.DRAFT
    context = {
        "region": region,
        "instrument": instrument,
        "crumbs": page.crumbs(instrument),
        "tone": page.TONES[instrument.state],
        "status": f"Versie {instrument.version}",
        "draft": draft,
        "now": page.now_for(instrument),
        "missing": instruments.missing_parts(instrument) if draft else [],
        "scale": list(instrument.levels.filter(block__isnull=True).order_by("score")),
        "parts": page.parts_of(instrument, all_blocks=draft),
        "facts": page.facts(instrument),
        "trail": trail_of(StatusChange.of(instrument), page.ACTS),
    }
    return render(request, "nulmeting/instrument_detail.html", context)


@require_GET
@in_region
def preview(request: HttpRequest, region: Region, version: int, block: int) -> HttpResponse:
    """One block as an official will see it; nothing can be filled in."""
    instrument = instrument_or_404(request, region, version)
    part = get_object_or_404(BuildingBlock, pk=block, pk__in=instrument.items.values("block"))
    names = {level.score: level.name for level in instrument.levels.filter(block__isnull=True)}
    items = list(instrument.items.filter(block=part).order_by("number"))
    form = BlockForm(start={}, items=items, earlier={}, scale=names)
    context = {
        "region": region,
        "instrument": instrument,
        "crumbs": page.crumbs(instrument, Crumb(part.title)),
        "part": part,
        "leads": part.leads.current().select_related("municipality"),
        "form": form,
        "meanings": [
            (level.score, names.get(level.score, ""), as_sentence(level.text))
            for level in instrument.levels.filter(block=part).order_by("score")
        ],
    }
    return render(request, "nulmeting/instrument_preview.html", context)


@require_GET
@in_region
def compare(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    """What changed since the version before."""
    instrument = instrument_or_404(request, region, version)
    before = instrument_compare.version_before(instrument)
    if before is None:
        raise Http404
    context = {
        "region": region,
        "instrument": instrument,
        "crumbs": page.crumbs(instrument, Crumb("Verschillen")),
        "pre": f"Versie {version} naast versie {before.version}",
        "comparison": instrument_compare.compare(before, instrument),
    }
    return render(request, "nulmeting/instrument_compare.html", context)


@require_POST
@in_region
def draw_next(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    instrument = instrument_or_404(request, region, version)
    with refusals_shown(request):
        following = instruments.draw_next(instrument, by=_user(request))
        messages.success(
            request, f"Versie {following.version} is gemaakt, met dezelfde vragen. Wijzig wat moet."
        )
        return redirect(page.url_of("instrument", following))
    return redirect(page.url_of("instrument", instrument))


@in_region
def fix(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    """From then on nothing changes in it: asked once more."""
    instrument = draft_or_404(request, region, version)
    if request.method == "POST":
        with refusals_shown(request):
            instruments.fix_instrument(instrument, by=_user(request))
            messages.success(
                request, f"Versie {version} is vastgesteld. Een ronde kan haar vragen."
            )
        return redirect(page.url_of("instrument", instrument))
    if missing := instruments.missing_parts(instrument):
        messages.error(request, missing[0])
        return redirect(page.url_of("instrument", instrument))
    context = {
        "region": region,
        "question": f"Versie {version} vaststellen?",
        "consequence": "Daarna verandert er niets meer aan deze vragen, want antwoorden verwijzen "
        "ernaar. Wijzigen kan dan alleen in een volgende versie.",
        "button": "Ja, stel vast",
        "cancel_url": page.url_of("instrument", instrument),
    }
    return render(request, "confirm.html", context)


@in_region
def discard(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    """Throw a version in preparation away, asked once more."""
    instrument = draft_or_404(request, region, version)
    if request.method == "POST":
        try:
            instruments.discard_instrument(instrument, by=_user(request))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(page.url_of("instrument", instrument))
        messages.success(request, f"Versie {version} is weggegooid.")
        return redirect(page.list_url(region))
    context = {
        "region": region,
        "question": f"Versie {version} weggooien?",
        "consequence": "Alles wat u in deze versie schreef, is dan weg. Vastgestelde versies "
        "blijven.",
        "button": "Ja, gooi weg",
        "cancel_url": page.url_of("instrument", instrument),
        "danger": True,
    }
    return render(request, "confirm.html", context)


def _user(request: HttpRequest) -> Any:
    return request.user
