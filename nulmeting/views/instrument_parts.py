"""Changing a version in preparation: its title, the questions and levels of a block, the scale."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.components import Crumb
from core.drafts import committed
from core.refusal import Refused
from governance.models import Region
from governance.views.base import in_region, is_key, refusals_shown
from governance.views.writing import forget
from nulmeting import instrument_page as page
from nulmeting.domain import instruments
from nulmeting.forms.instrument import ChangeItemForm, HeadForm, ItemForm, LevelsForm
from nulmeting.models import Instrument, Item
from nulmeting.views.base import kept_context, opened_draft
from nulmeting.views.instruments import draft_or_404, instrument_or_404
from regioagenda.models import BuildingBlock


def to_change_or_404(request: HttpRequest, region: Region, version: int) -> Instrument:
    """A version to write in. What was fixed while somebody typed is still there for what she sends:
    the domain refuses it, and her text stays on the page."""
    found = instrument_or_404 if request.method == "POST" else draft_or_404
    return found(request, region, version)


@in_region
def edit(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    """Title and what everybody reads before filling in."""
    instrument = to_change_or_404(request, region, version)
    key, back = f"instrument:{instrument.pk}-head", page.url_of("instrument", instrument)
    if forget(request, key):
        return redirect(back)
    form = HeadForm(
        request.POST or None,
        start=instruments.head_of(instrument),
        draft=opened_draft(request, key),
    )

    def newest() -> dict[str, str]:
        return instruments.head_of(Instrument.objects.get(pk=instrument.pk))

    if request.method == "POST" and form.is_valid():
        with form.saving(_user(request), key, newest):
            instruments.edit_instrument(
                instrument, **form.values(), seen=form.base(), by=_user(request)
            )
            committed(request, key)
            messages.success(request, "Titel en uitleg zijn opgeslagen.")
            return redirect(back)
    return _form_page(request, instrument, form, key, "Titel en uitleg", "Opslaan")


@in_region
def scale(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    """The names of the five levels and what they mean in general."""
    instrument = to_change_or_404(request, region, version)
    key, back = f"instrument:{instrument.pk}-scale", page.url_of("instrument", instrument)
    if forget(request, key):
        return redirect(back)
    form = _levels_form(request, instrument, None, key)
    if request.method == "POST" and form.is_valid() and _keep(request, instrument, None, form, key):
        messages.success(request, "De schaal is opgeslagen.")
        return redirect(back)
    context = {
        "region": region,
        "instrument": instrument,
        "crumbs": page.crumbs(instrument, Crumb("Schaal")),
        "back": back,
        **kept_context(request, form, key),
    }
    return render(request, "nulmeting/instrument_scale.html", context)


@in_region
def block(request: HttpRequest, region: Region, version: int, block: int) -> HttpResponse:
    """The questions of one block with their order, and the five levels."""
    instrument = to_change_or_404(request, region, version)
    here = _block_or_404(instrument, block)
    key = f"instrument:{instrument.pk}-levels-{here.pk}"
    again = page.url_of("instrument-block", instrument, here.pk)
    if forget(request, key):
        return redirect(again)
    form = _levels_form(request, instrument, here, key)
    if request.method == "POST" and form.is_valid() and _keep(request, instrument, here, form, key):
        messages.success(request, f"De niveaus van ‘{here.title}’ zijn opgeslagen.")
        return redirect(again)
    rows = instrument.items.filter(block=here).select_related("replaces")
    items = list(rows.order_by("number"))
    names = instruments.levels_of(instrument, None)
    context = {
        "region": region,
        "instrument": instrument,
        "crumbs": page.crumbs(instrument, Crumb(here.title)),
        "part": here,
        "pre": f"Vragenlijst versie {version}",
        "items": [(item, f"Vraag {item.number}") for item in items],
        "full": len(items) >= instruments.MAX_ITEMS,
        "most": instruments.MAX_ITEMS,
        "names": [(score, name) for score, (name, _) in names.items()],
        "back": page.url_of("instrument", instrument),
        **kept_context(request, form, key),
    }
    return render(request, "nulmeting/instrument_block.html", context)


def _levels_form(
    request: HttpRequest, instrument: Instrument, here: BuildingBlock | None, key: str
) -> LevelsForm:
    return LevelsForm(
        request.POST or None,
        start=instruments.level_fields(instrument, here),
        draft=opened_draft(request, key),
        named=here is None,
    )


def _keep(
    request: HttpRequest,
    instrument: Instrument,
    here: BuildingBlock | None,
    form: LevelsForm,
    key: str,
) -> bool:
    def newest() -> dict[str, str]:
        return instruments.level_fields(instrument, here)

    with form.saving(_user(request), key, newest):
        instruments.keep_levels(
            instrument, here, form.values(), seen=form.base(), by=_user(request)
        )
        committed(request, key)
        return True
    return False


# Questions ----------------------------------------------------------------------------------------


@in_region
def item_add(request: HttpRequest, region: Region, version: int, block: int) -> HttpResponse:
    instrument = to_change_or_404(request, region, version)
    here = _block_or_404(instrument, block)
    key = f"instrument:{instrument.pk}-new-{here.pk}"
    back = page.url_of("instrument-block", instrument, here.pk)
    if forget(request, key):
        return redirect(back)
    form = ItemForm(request.POST or None, draft=opened_draft(request, key))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            text = form.cleaned_data["text"]
            item = instruments.add_item(instrument, here, text=text, by=_user(request))
            committed(request, key)
            messages.success(request, f"Vraag {item.number} is toegevoegd.")
            return redirect(back)
    return _form_page(request, instrument, form, key, "Vraag toevoegen", "Voeg toe", here)


@in_region
def item_change(request: HttpRequest, region: Region, version: int, item: int) -> HttpResponse:
    """Other words for a question; of one that stood in the version before: is it still that one?"""
    instrument = to_change_or_404(request, region, version)
    found = _items_of(instrument).filter(pk=item).first()
    if found is None:
        return _taken_away(request, instrument)
    key = f"instrument:{instrument.pk}-item-{found.pk}"
    back = page.url_of("instrument-block", instrument, found.block_id)
    if forget(request, key):
        return redirect(back)
    source = instruments.source_of(found)
    form = (ChangeItemForm if source else ItemForm)(
        request.POST or None,
        start=instruments.fields_of(found, source),
        draft=opened_draft(request, key),
    )
    if request.method == "POST" and form.is_valid() and _save_item(request, found, form, key):
        return redirect(back)
    title = f"Vraag {found.number} wijzigen"
    lead = f"In de vorige versie: ‘{source.text}’" if source else ""
    return _form_page(request, instrument, form, key, title, "Opslaan", found.block, lead)


def _save_item(request: HttpRequest, item: Item, form: ItemForm, key: str) -> bool:
    def newest() -> dict[str, str]:
        now = _items_of(item.instrument).get(pk=item.pk)
        return instruments.fields_of(now, instruments.source_of(now))

    with form.saving(_user(request), key, newest):
        values = form.values()
        instruments.change_item(
            item,
            text=values["text"],
            asks_the_same=values.get("asks", "same") == "same",
            seen=form.base(),
            by=_user(request),
        )
        committed(request, key)
        messages.success(request, f"Vraag {item.number} is opgeslagen.")
        return True
    return False


def _taken_away(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    """A colleague took the question away while this writer changed it: her text can be added as a
    new one."""
    block = request.POST.get("part", "")
    if request.method != "POST" or not is_key(block):
        raise Http404
    here = _block_or_404(instrument, int(block))
    form = ItemForm(start={"text": request.POST.get("text", "")})
    messages.warning(
        request,
        "Iemand anders haalde deze vraag intussen weg. Uw tekst staat hieronder: voeg haar toe als "
        "nieuwe vraag, of ga terug.",
    )
    key = f"instrument:{instrument.pk}-new-{here.pk}"
    to = page.url_of("item-add", instrument, here.pk)
    title, button = "Vraag toevoegen", "Voeg toe"
    return _form_page(request, instrument, form, key, title, button, here, action=to)


@in_region
def item_remove(request: HttpRequest, region: Region, version: int, item: int) -> HttpResponse:
    """Take a question out, asked once more."""
    instrument = draft_or_404(request, region, version)
    found = _item_or_404(instrument, item)
    back = page.url_of("instrument-block", instrument, found.block_id)
    if request.method == "POST":
        try:
            instruments.remove_item(found, by=_user(request))
            messages.success(request, "De vraag is weggehaald.")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(back)
    context = {
        "region": region,
        "question": f"Vraag {found.number} weghalen?",
        "consequence": f"‘{found.text}’ staat dan niet meer in deze versie. In eerdere versies "
        "blijft de vraag staan, met haar antwoorden.",
        "button": "Ja, haal weg",
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "confirm.html", context)


@require_POST
@in_region
def item_move(request: HttpRequest, region: Region, version: int, block: int) -> HttpResponse:
    """One place up or down: `move` is KEY:up or KEY:down."""
    instrument = draft_or_404(request, region, version)
    here = _block_or_404(instrument, block)
    key, _, way = request.POST.get("move", "").partition(":")
    if not is_key(key) or way not in ("up", "down"):
        raise Http404
    item = get_object_or_404(Item, pk=int(key), instrument=instrument, block=here)
    with refusals_shown(request):
        instruments.move_item(item, up=way == "up", by=_user(request))
    return redirect(page.url_of("instrument-block", instrument, here.pk) + "#vragen")


# The page -----------------------------------------------------------------------------------------


def _form_page(
    request: HttpRequest,
    instrument: Instrument,
    form: Any,
    key: str,
    title: str,
    button: str,
    here: BuildingBlock | None = None,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """`here` is the block of a question: it is sent along, for when the question is taken away."""
    back = page.url_of("instrument", instrument)
    way = [Crumb(title)]
    if here is not None:
        back = page.url_of("instrument-block", instrument, here.pk)
        way.insert(0, Crumb(here.title, back))
    context = {
        "region": instrument.region,
        "title": title,
        "lead": lead or (str(here) if here else ""),
        "crumbs": page.crumbs(instrument, *way),
        "hidden": [("part", here.pk)] if here else [],
        "button": button,
        "back": back,
        **kept_context(request, form, key),
        **more,
    }
    return render(request, "governance/kept_form.html", context)


def _block_or_404(instrument: Instrument, pk: int) -> BuildingBlock:
    return get_object_or_404(page.blocks_for(instrument), pk=pk)


def _item_or_404(instrument: Instrument, pk: int) -> Item:
    return get_object_or_404(_items_of(instrument), pk=pk)


def _items_of(instrument: Instrument) -> QuerySet[Item]:
    rows = Item.objects.filter(instrument=instrument)
    return rows.select_related("block", "instrument__drawn_from", "replaces")


def _user(request: HttpRequest) -> Any:
    return request.user
