"""Adopting a version: what stands in the way, and the posting of what it changes.

Afterwards ledger and version are equal to the cent.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from budget.differences import found_in
from budget.domain.funds import holdings
from budget.domain.ledger import amounts_in, post
from budget.domain.rows import hold, one_line
from budget.domain.versions import STATES, amounts_of, budgeted, in_force, moves_since, writable
from budget.enums import EntryKind, LineKind
from budget.figures import ZERO
from budget.models import BudgetVersion, Fund, FundLine, LedgerEntry
from core import clock
from core.formats import euro, long_date
from core.refusal import Answer, Refusal, require
from governance.domain.texts import refuse_personal_data
from governance.enums import DecisionState, ProposalState
from governance.models import Decision

# A decision carries a budget once it is settled, and not when the answer was no.
SETTLED = (DecisionState.FINAL, DecisionState.PUBLISHED)
AGREED = (ProposalState.ADOPTED, ProposalState.AMENDED, ProposalState.PARTLY)


@transaction.atomic
def adopt_version(
    version: BudgetVersion,
    *,
    decision: Decision | None = None,
    ground: str = "",
    on: date | None = None,
    by: User | None,
) -> BudgetVersion:
    """Let this version hold: by a decision in the portal, or on a dated `ground` from elsewhere.

    Refuses, all at once: more than the fund holds; differences with the sheet that nobody judged;
    moves that the concept does not have; and a line that vanishes or goes below what is committed.
    """
    fund = hold(version.fund_id)
    current = writable(version, by)
    refuse_personal_data({"ground": ground})
    day = on or (decision.decided_on if decision else clock.today())
    amounts = amounts_of(current)
    require(
        _decision_answer(decision, one_line(ground), fund),
        _day_answer(day),
        *adoption_answers(current, amounts),
    )
    before = in_force(fund)
    if before is not None:
        STATES.carry_out(before, "replace", by=by)
    current.decision, current.ground = decision, one_line(ground)
    current.adopted_on, current.adopted_by = day, by
    STATES.carry_out(current, "adopt", by=by, why=current.ground or str(decision))
    _post_budget(current, amounts, by)
    for row in current.lines.select_related("line"):
        if row.line.name != row.name:
            row.line.name = row.name
            row.line.save()
    return current


def _post_budget(
    version: BudgetVersion, amounts: dict[tuple[int, int], Decimal], by: User | None
) -> None:
    now = budgeted(version.fund)
    lines = FundLine.objects.in_bulk({line for line, _ in set(now) | set(amounts)})
    for line, year in sorted(set(now) | set(amounts)):
        post(
            EntryKind.BUDGET,
            amounts.get((line, year), ZERO) - now.get((line, year), ZERO),
            line=lines[line],
            year=year,
            source=version,
            effective_on=version.adopted_on or clock.today(),
            by=by,
        )


def _decision_answer(decision: Decision | None, ground: str, fund: Fund) -> Answer:
    if decision is None:
        asked = "Kies het besluit, of schrijf op wie de begroting vaststelde."
        return True if ground else Refusal(asked, "decision")
    return decision_answer(decision, fund)


def decision_answer(decision: Decision, fund: Fund) -> Answer:
    """Whether this decision can carry an act with the money of the fund."""
    if decision.region_id != fund.region_id:
        return Refusal("Dit besluit is van een andere regio.", "decision")
    if decision.state not in SETTLED:
        return Refusal(
            "Dit besluit is nog niet definitief, of het is vervangen. Kies een besluit dat geldt.",
            "decision",
        )
    if decision.proposal.state not in AGREED:
        return Refusal(f"Met {decision} is het voorstel niet aangenomen.", "decision")
    return True


def _day_answer(day: date) -> Answer:
    if day > clock.today():
        return Refusal(f"{long_date(day)} moet nog komen. Kies vandaag of eerder.", "on")
    return True


def adoption_answers(
    version: BudgetVersion, amounts: dict[tuple[int, int], Decimal] | None = None
) -> list[Answer]:
    """What stands in the way of adopting this version, apart from who decides it and when."""
    amounts = amounts_of(version) if amounts is None else amounts
    return [
        _lines_answer(version, amounts),
        _holdings_answer(version, amounts),
        _judged_answer(version),
        _moves_answer(version),
        *_promised_answers(version, amounts),
    ]


def _lines_answer(version: BudgetVersion, amounts: dict[tuple[int, int], Decimal]) -> Answer:
    if not any(amounts.values()):
        return Refusal("Er staat nog geen enkel bedrag in deze begroting.")
    outside = sorted({year for _, year in amounts} - set(version.fund.years))
    if outside:
        return Refusal(f"{outside[0]} valt buiten het fonds. Haal dat jaar weg.")
    loose = version.lines.filter(heading__isnull=True, line__kind=LineKind.ORDINARY).first()
    if loose is not None:
        return Refusal(f"Zet {loose} onder een onderdeel.")
    return True


def _holdings_answer(version: BudgetVersion, amounts: dict[tuple[int, int], Decimal]) -> Answer:
    wanted, there = sum(amounts.values(), ZERO), holdings(version.fund)
    if wanted <= there:
        return True
    return Refusal(
        f"Deze begroting is {euro(wanted)}, en het fonds heeft {euro(there)}: "
        f"{euro(wanted - there)} te veel. Verlaag een post, of leg eerst vast dat er meer is "
        "toegekend."
    )


def _judged_answer(version: BudgetVersion) -> Answer:
    waiting = [each for each in found_in(version) if not each.judged]
    if not waiting:
        return True
    return Refusal(
        f"Beoordeel eerst: {'; '.join(str(each) for each in waiting)}. Het blad spreekt zichzelf "
        "daar tegen."
    )


def _moves_answer(version: BudgetVersion) -> Answer:
    moved = moves_since(version)
    if not moved:
        return True
    named = ", ".join(sorted({f"{name} {year}" for (_, year), (name, _) in moved.items()}))
    return Refusal(
        f"Na het maken van dit concept is er geschoven: {named}. Neem dat over in het concept, of "
        "schuif het terug."
    )


def _promised_answers(
    version: BudgetVersion, amounts: dict[tuple[int, int], Decimal]
) -> list[Answer]:
    """Money that was promised cannot be budgeted away."""
    names = dict(version.lines.values_list("line", "name"))
    all_names = dict(FundLine.objects.filter(fund=version.fund_id).values_list("pk", "name"))
    rows = LedgerEntry.objects.filter(fund=version.fund_id)
    answers: list[Answer] = []
    for (line, year), balance in sorted(amounts_in(rows).items()):
        there, promised = amounts.get((line, year), ZERO), balance.promised
        if promised <= there:
            continue
        now = f"in deze versie staat {euro(there)}"
        if line not in names:
            now = "de post is weg uit deze versie"
        answers.append(
            Refusal(
                f"{names.get(line, all_names[line])} {year}: {now}, en er is {euro(promised)} "
                f"vastgelegd. Zet er minstens {euro(promised)} neer, of verlaag, sluit of trek "
                "eerst verplichtingen in."
            )
        )
    return answers
