"""What the pages of the questions show: where a version stands, and what can be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from core.components import Crumb, Fact, NotYet, Tone
from core.formats import long_date
from core.models import StatusChange
from core.refusal import Refusal
from governance.models import Region
from governance.presenting import Act, Now
from nulmeting.domain import instruments
from nulmeting.enums import InstrumentState
from nulmeting.instrument_compare import version_before
from nulmeting.models import Instrument, Item, Level
from regioagenda.models import BuildingBlock

TONES: dict[str, Tone] = {InstrumentState.DRAFT: "warning", InstrumentState.FIXED: "success"}
ACTS = {
    "instrument_begun": "Begonnen",
    "instrument_drawn": "Gemaakt uit de vorige versie",
    "fix": "Vastgesteld",
}


def list_url(region: Region) -> str:
    return reverse("nulmeting:instrument-list", args=[region.slug])


def url_of(name: str, instrument: Instrument, *more: object) -> str:
    """The address of a page of one version: 'instrument', 'instrument-edit', 'item-add' …"""
    return reverse(f"nulmeting:{name}", args=[instrument.region.slug, instrument.version, *more])


def crumbs(instrument: Instrument, *more: Crumb) -> list[Crumb]:
    region = instrument.region
    here = Crumb(f"Versie {instrument.version}", url_of("instrument", instrument) if more else "")
    return [*list_crumbs(region, Crumb("Vragenlijst", list_url(region))), here, *more]


def list_crumbs(region: Region, *more: Crumb) -> list[Crumb]:
    return [Crumb("Nulmeting", reverse("nulmeting:round-list", args=[region.slug])), *more]


@dataclass(frozen=True)
class Part:
    """One block of a version: its questions, what each score means, and what can be done."""

    block: BuildingBlock
    items: tuple[Item, ...]
    levels: tuple[Level, ...]
    url: str
    preview: str


def parts_of(instrument: Instrument, *, all_blocks: bool) -> list[Part]:
    """The blocks of a version in order, with `all_blocks` also those without a question: three
    queries."""
    items: dict[int, list[Item]] = {}
    for item in instrument.items.order_by("number"):
        items.setdefault(item.block_id, []).append(item)
    levels: dict[int, list[Level]] = {}
    for level in instrument.levels.filter(block__isnull=False).order_by("score"):
        levels.setdefault(level.block_id or 0, []).append(level)
    return [
        Part(
            block,
            tuple(items.get(block.pk, ())),
            tuple(levels.get(block.pk, ())),
            url_of("instrument-block", instrument, block.pk),
            url_of("instrument-preview", instrument, block.pk) if block.pk in items else "",
        )
        for block in blocks_for(instrument)
        if all_blocks or block.pk in items
    ]


def blocks_for(instrument: Instrument) -> Iterable[BuildingBlock]:
    """The local blocks of the region, and every other one that has a question."""
    used = instrument.items.values("block")
    rows = BuildingBlock.objects.filter(
        Q(group=BuildingBlock.Group.LOCAL) | Q(pk__in=used), region=instrument.region_id
    )
    return rows.order_by("group", "number")


def now_for(instrument: Instrument) -> Now:
    """What the team can do with this version now."""
    download = Act("Downloaden als YAML", url_of("instrument-download", instrument))
    compare = (
        [Act("Vergelijken met de vorige versie", url_of("instrument-compare", instrument))]
        if version_before(instrument)
        else []
    )
    if instrument.state == InstrumentState.DRAFT:
        return _draft(instrument, [*compare, download])
    waiting = Instrument.objects.filter(
        region=instrument.region_id, state=InstrumentState.DRAFT
    ).first()
    if waiting is not None:
        waiting.region = instrument.region
        return Now(
            "Op dit moment",
            f"Versie {waiting.version} is in voorbereiding.",
            None,
            [
                Act(f"Naar versie {waiting.version}", url_of("instrument", waiting)),
                *compare,
                download,
            ],
        )
    return Now(
        "U kunt verder",
        "Iets veranderen? Maak een volgende versie. Deze blijft zoals zij is.",
        Act("Volgende versie maken", url_of("instrument-next", instrument), posts=True),
        [*compare, download],
    )


def _draft(instrument: Instrument, others: list[Act]) -> Now:
    acts = [
        Act("Titel en uitleg", url_of("instrument-edit", instrument)),
        Act("Schaal", url_of("instrument-scale", instrument)),
        *others,
        Act("Weggooien", url_of("instrument-discard", instrument)),
    ]
    answer = instruments.STATES.answer(instrument, "fix")
    if isinstance(answer, Refusal):
        missing = instruments.missing_parts(instrument)
        return Now(
            "U bent aan zet",
            "Maak de vragenlijst af",
            None,
            acts,
            [NotYet("Vaststellen", sentence) for sentence in missing[:1]],
        )
    return Now(
        "U bent aan zet",
        "De vragenlijst is compleet. Na het vaststellen verandert zij niet meer.",
        Act("Vaststellen", url_of("instrument-fix", instrument)),
        acts,
    )


def facts(instrument: Instrument) -> list[Fact]:
    """When it was fixed, and which rounds ask these questions."""
    fixed = StatusChange.of(instrument).filter(act="fix").first()
    used = [str(each.year) for each in instrument.rounds.order_by("year")]
    found = [
        Fact("Vragen", str(instrument.items.count())),
        Fact("Gebruikt in", ", ".join(used) or "nog geen ronde"),
    ]
    if fixed is not None:
        found.append(Fact("Vastgesteld op", long_date(fixed.at)))
    return found
