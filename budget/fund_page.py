"""The page of a fund: what it is, what waits, what is asked of it. Its figures: `fund_tables`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from budget.addresses import url_of
from budget.differences import found_in
from budget.domain.versions import in_force
from budget.enums import VersionState
from budget.models import BudgetVersion, Fund
from core import clock
from core.components import Crumb, Fact, Link, NotYet
from core.formats import euro, long_date, percentage
from core.forms import parse_date
from governance.models import Region
from governance.presenting import Act, Now
from governance.rules import may

RECENT = timedelta(days=30)
ACTS = {
    "fund_opened": "Fonds gemaakt",
    "fund_edited": "Fonds gewijzigd",
    "fund_rules_set": "Regels voor facturen vastgesteld",
    "instalment_added": "Termijn toegevoegd",
    "instalment_changed": "Termijn gewijzigd",
    "instalment_removed": "Termijn weggehaald",
    "totals_published": "Totalen openbaar gemaakt",
    "totals_withdrawn": "Totalen niet meer openbaar",
    "mandate_granted": "Mandaat gegeven",
    "mandate_ended": "Mandaat beëindigd",
    "budget_discarded": "Begroting in concept weggegooid",
    "reallocation": "Geld verschoven",
    "carry_over": "Geld doorgeschoven naar het volgende jaar",
}


def list_url(region: Region) -> str:
    return reverse("budget:fund-list", args=[region.slug])


def crumbs(fund: Fund, *more: Crumb) -> list[Crumb]:
    """Fonds, this fund, and what comes under it."""
    here = url_of("fund", fund) if more else ""
    return [Crumb("Fonds", f"{list_url(fund.region)}?alle=1"), Crumb(fund.name, here), *more]


# The head -----------------------------------------------------------------------------------------


def lead_of(fund: Fund) -> str:
    """What it is, in one sentence."""
    vat = "met" if fund.includes_vat else "zonder"
    return (
        f"Geld van {fund.grantor}, van {long_date(fund.starts_on)} tot en met "
        f"{long_date(fund.ends_on)}. Bedragen zijn {vat} btw."
    )


@dataclass(frozen=True)
class Standing:
    """The version in force, the concept, and whether the sheet still has to be judged."""

    adopted: BudgetVersion | None
    concept: BudgetVersion | None
    waiting: int = 0

    @property
    def badge(self) -> str:
        if self.adopted:
            return "Begroting vastgesteld"
        return "Begroting in concept" if self.concept else "Nog geen begroting"

    @property
    def tone(self) -> str:
        return "success" if self.adopted else "warning" if self.concept else "neutral"


def standing_of(fund: Fund, *, writes: bool) -> Standing:
    """`writes`: for who may see a concept."""
    adopted = in_force(fund)
    concept = fund.versions.filter(state=VersionState.CONCEPT).first() if writes else None
    waiting = 0
    if concept is not None:
        concept.fund = fund
        waiting = sum(not each.judged for each in found_in(concept))
    return Standing(adopted, concept, waiting)


def status_of(standing: Standing) -> str:
    if standing.adopted and standing.adopted.adopted_on:
        by = standing.adopted.ground or "een besluit in het portaal"
        return f"{standing.adopted} geldt sinds {long_date(standing.adopted.adopted_on)} ({by})."
    if standing.waiting:
        return f"Vaststellen kan na het beoordelen van {_differences(standing.waiting)}."
    return ""


def _differences(number: int) -> str:
    return "1 verschil" if number == 1 else f"{number} verschillen"


def now_for(fund: Fund, standing: Standing, *, has_grant: bool) -> Now:
    """What the programme team can do with the budget now."""
    edit = Act("Fonds en termijnen", url_of("fund-edit", fund))
    concept = standing.concept
    if concept is not None:
        go = url_of("version", fund, concept.number)
        if standing.waiting:
            what = f"Beoordeel {_differences(standing.waiting)} in de begroting"
            return Now("U bent aan zet", what, Act("Bekijk de verschillen", f"{go}#blad"), [edit])
        return Now("U bent aan zet", f"Maak {concept} af", Act("Open het concept", go), [edit])
    if not has_grant:
        why = [NotYet("Begroten", "Leg eerst vast hoeveel geld is toegekend.")]
        return Now("U bent aan zet", "Vul in wat is toegekend", edit, [], why)
    draft = Act("Begroting maken", url_of("version-new", fund))
    sheet = Act("Begroting inlezen", url_of("sheet-upload", fund))
    if standing.adopted is None:
        return Now("U bent aan zet", "Maak de begroting, of lees haar in", draft, [sheet, edit])
    again = Act("Nieuwe versie", url_of("version-new", fund))
    return Now("Er wacht niets", "De begroting geldt.", None, [again, sheet, edit])


# What the address asks ----------------------------------------------------------------------------


def year_asked(fund: Fund, text: str) -> int | None:
    """The year of the address; else this year, or all years when the fund is not of now."""
    years = fund.years
    if text.isdecimal() and len(text) == 4 and int(text) in years:
        return int(text)
    today = clock.today().year
    return today if not text and today in years else None


def year_links(fund: Fund, year: int | None) -> list[Link]:
    everything = Link("Alle jaren", "?jaar=alle#posten", current=year is None)
    return [
        *(Link(str(each), f"?jaar={each}#posten", current=each == year) for each in fund.years),
        everything,
    ]


def day_asked(text: str, otherwise: date) -> date:
    """The day of the address; a day that is none, or is yet to come, is the usual one."""
    try:
        day = parse_date(text)
    except ValueError:
        return otherwise
    return day if day <= clock.today() else otherwise


# Beside it ----------------------------------------------------------------------------------------


def facts_of(fund: Fund) -> list[Fact]:
    rate = fund.contingency_rate
    facts = [
        Fact("Van", fund.grantor),
        Fact("Loopt", f"{long_date(fund.starts_on)} tot en met {long_date(fund.ends_on)}"),
        *(
            Fact(
                f"Termijn {each.year}{f', {each.label}' if each.label else ''}",
                euro(each.amount),
                note=f"ontvangen op {long_date(each.received_on)}"
                if each.received_on
                else "nog niet ontvangen",
            )
            for each in fund.instalments.all()
        ),
        Fact("Bedragen", "met btw" if fund.includes_vat else "zonder btw"),
        Fact("Onvoorzien", percentage(rate) if rate is not None else "geen"),
    ]
    if fund.realised_before:
        spent = f"{euro(fund.realised_before)} tot en met {fund.realised_year}"
        facts.insert(2, Fact("Eerder besteed", spent, note=fund.realised_label))
    return facts


def writes(user: Any, fund: Fund) -> bool:
    """Whether this person writes the budget."""
    return bool(may(user, "budget.lead", fund))
