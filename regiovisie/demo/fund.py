"""The funds of both regions, walked through the domain on days of their own.

The budget of IJsselland is that of its concept of 29 January 2020, to the euro, with what its sheet
states where it contradicts itself. Who was promised what, and billed what, no document tells: that
is an example, and both funds say so. Rijnmond's € 33.000 of 2021 stands in a proposal; how it is
divided is an example.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from budget.domain import (
    adoption,
    commitments,
    funds,
    invoices,
    lines,
    mandates,
    payments,
    reallocations,
    suppliers,
    versions,
)
from budget.domain.imports import SHEET_KINDS, import_version, read_for
from budget.domain.lines import YearAmount
from budget.enums import InvoiceKind, LineKind, MandateAct, Scope
from budget.models import BudgetVersion, Fund, FundLine, Supplier
from core import clock
from core.files import store_upload
from governance.models import Decision
from regiovisie.demo.walk import Walker, at

SHEET = "data/ijsselland_transformatiefonds.csv"
SOURCE = "conceptbegroting van 29 januari 2020"
YEARS = (2020, 2021, 2022)
DRAWN, ADOPTED = date(2020, 1, 29), date(2020, 3, 9)
# What was promised of a line in a year, in percent; every other line was promised whole.
PROMISED = {
    ("Communicatie", 2020): 80,
    ("Communicatie", 2021): 62,
    ("WAC", 2020): 90,
    ("Gezinsinterventies (o.a. onderzoek)", 2020): 85,
    ("Transformatietafels", 2020): 50,
    ("Werksessies", 2020): 60,
}
LATE = (2022, 75)  # the last half year was not promised whole
BEGINS_WITH = {"Implementatiesessies": 45, "Uitvoeringsbudget": 72}


def walk_ijsselland(walker: Walker) -> None:
    """The transformatiefonds: adopted in 2020, spent until 1 July 2022; one bill came late."""
    with clock.at(at(DRAWN)):
        fund = funds.open_fund(
            walker.cast.region,
            slug="transformatiefonds",
            name="Transformatiefonds 2019–2022",
            grantor="het ministerie van VWS",
            starts_on=date(2019, 1, 1),
            ends_on=date(2022, 7, 1),
            realised_before=Decimal(458522),
            realised_year=2019,
            realised_label="realisatie 2019, voorlopig",
            contingency_rate=Decimal("7.5"),
            by=walker.lead,
        )
        _mark(fund)
        for year in (2018, 2019, 2020):
            funds.add_instalment(
                fund,
                year=year,
                amount=Decimal(1082131),
                received_on=date(year, 12, 1) if year < DRAWN.year else None,
                by=walker.lead,
            )
        version = _written(walker, fund)
    with clock.at(at(date(2020, 12, 1))):
        last = fund.instalments.get(year=2020)
        funds.change_instalment(last, amount=last.amount, received_on=clock.today(), by=walker.lead)
    with clock.at(at(ADOPTED)):
        _judged(version, walker.lead)
        adoption.adopt_version(
            version, ground="Voorbeeld: bestuur van het RSJ, 9 maart 2020", by=walker.lead
        )
    people = _mandated(walker, fund, walker.cast.person("regiomanager"), date(2020, 3, 10))
    _spend(fund, people, YEARS)
    _move(fund, people)
    _late_bill(fund, people)
    with clock.at(at(date(2022, 3, 1))):
        funds.publish_totals(fund, by=walker.lead)


def walk_rijnmond(walker: Walker) -> None:
    """What the board gave client participation in 2021: one year, one heading, no unforeseen."""
    decision = Decision.objects.get(
        region=walker.cast.region, version__subject__startswith="Cliëntparticipatie"
    )
    with clock.at(at(date(2021, 7, 6), 11)):
        fund = funds.open_fund(
            walker.cast.region,
            slug="clientparticipatie",
            name="Cliëntparticipatie 2021",
            grantor="de GR jeugdhulp Rijnmond",
            starts_on=date(2021, 1, 1),
            ends_on=date(2021, 12, 31),
            by=walker.lead,
        )
        _mark(fund)
        funds.add_instalment(
            fund,
            year=2021,
            amount=Decimal(33000),
            received_on=clock.today(),
            by=walker.lead,
        )
        version = versions.draft_version(fund, title="Begroting 2021", by=walker.lead)
        heading = lines.put_heading(version, name="Plan van aanpak", by=walker.lead)
        for name, amount in (
            ("Netwerk en kerngroep", 18000),
            ("Communicatie en praatplaat", 9000),
            ("Overdragen van kennis", 6000),
        ):
            lines.put_line(
                version,
                heading=heading,
                name=name,
                years={2021: YearAmount(Decimal(amount))},
                explanation="Voorbeeld: het voorstel noemt alleen het totaal.",
                by=walker.lead,
            )
        adoption.adopt_version(version, decision=decision, by=walker.lead)
    manager = walker.cast.person("medewerker")
    people = _mandated(walker, fund, manager, date(2021, 7, 8))
    _spend(fund, people, (2021,))


def _mark(fund: Fund) -> None:
    fund.example = True
    fund.save()


# The budget ---------------------------------------------------------------------------------------


def _written(walker: Walker, fund: Fund) -> BudgetVersion:
    """Read in from the sheet itself, as people do."""
    content = files("regiovisie.demo").joinpath(SHEET).read_bytes()
    name = f"{SOURCE}.csv"
    file = store_upload(SimpleUploadedFile(name, content), by=walker.lead, kinds=SHEET_KINDS)
    report = read_for(fund, content, name)
    return import_version(fund, report, title="Begroting 2020–2022", file=file, by=walker.lead)


def _judged(version: BudgetVersion, by: User) -> None:
    """The sheet left one line out of its subtotal and gave the last year more for the unforeseen:
    the line goes, for the fund does not hold both; the rest stays as it was stated."""
    left_out = version.lines.get(name="Projectmanager")
    lines.remove_line(left_out, by=by)
    stated = version.stated.get(scope=Scope.CONTINGENCY, year=2022)
    lines.judge_difference(
        stated, text="Voorbeeld: blijft zo, dan komt het fonds op 1 juli 2022 op nul uit.", by=by
    )


# The money ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hands:
    """Who does which step: proposes and checks, signs, pays; and the suppliers."""

    manager: User
    holder: User
    finance: User
    firms: tuple[Supplier, ...]


def _mandated(walker: Walker, fund: Fund, holder: User, day: date) -> Hands:
    """The holder signs and moves budget; the manager checks and makes payable; finance pays."""
    with clock.at(at(day)):
        for person, act in (
            (holder, MandateAct.SIGN),
            (holder, MandateAct.REALLOCATE),
            (walker.lead, MandateAct.CHECK),
            (walker.lead, MandateAct.MAKE_PAYABLE),
        ):
            mandates.grant_mandate(fund, person, act, by=walker.cast.admin)
        funds.set_rules(fund, checker_makes_payable=True, finance_pays=True, by=walker.cast.admin)
        firms = tuple(
            suppliers.add_supplier(walker.cast.region, name=name, by=walker.lead)
            for name in ("Voorbeeld Projectbureau", "Voorbeeld Onderzoek", "Voorbeeld Communicatie")
        )
    return Hands(walker.lead, holder, walker.cast.person("financien"), firms)


def _spend(fund: Fund, hands: Hands, years: tuple[int, ...]) -> None:
    """A promise per line and year, and one bill for it."""
    version = fund.versions.get(state="adopted")
    rows = version.lines.select_related("line__fund__region").prefetch_related("years")
    for number, row in enumerate(rows.order_by("heading__order", "order")):
        if row.line.is_contingency:
            continue
        for each in row.years.all():
            if each.year in years and each.amount:
                share = _share(row.name, each.year)
                promised = (each.amount * share / 100).quantize(Decimal(1))
                firm = hands.firms[number % len(hands.firms)]
                _promise(row.line, each.year, promised, firm, hands)


def _share(name: str, year: int) -> int:
    for start, share in BEGINS_WITH.items():
        if name.startswith(start):
            return share
    return PROMISED.get((name, year), LATE[1] if year == LATE[0] else 100)


def _promise(line: FundLine, year: int, amount: Decimal, firm: Supplier, hands: Hands) -> None:
    begins, ends = date(year, 1, 1), min(date(year, 12, 31), line.fund.ends_on)
    signed_on = max(begins + timedelta(days=20), line.fund.starts_on, date(2020, 3, 16))
    if line.fund.starts_on.year == year:
        signed_on = date(year, 7, 12)
    with clock.at(at(signed_on)):
        row = commitments.propose_commitment(
            line,
            supplier=firm,
            amount=amount,
            what=f"Voorbeeld: {line.name}"[:300],
            starts_on=begins,
            ends_on=ends,
            by=hands.manager,
        )
        row = commitments.sign_commitment(row, by=hands.holder)
    billed = amount if year < YEARS[-1] else (amount * 9 / 10).quantize(Decimal(1))
    with clock.at(at(ends - timedelta(days=6))):
        bill = invoices.receive_invoice(
            row,
            number=f"{year}{row.sequence:03d}",
            amount=billed,
            dated=clock.today(),
            kind=InvoiceKind.PARTIAL if billed < amount else InvoiceKind.FINAL,
            by=hands.manager,
        )
        bill = invoices.check_invoice(
            bill, performance="Voorbeeld: geleverd zoals afgesproken.", by=hands.manager
        )
        bill = payments.make_payable(bill, by=hands.manager)
    with clock.at(at(ends + timedelta(days=20))):
        payments.register_payment(bill, on=clock.today(), by=hands.finance)


def _move(fund: Fund, hands: Hands) -> None:
    """Part of the unforeseen went to a line, within the mandate of the holder."""
    spare = fund.lines.get(kind=LineKind.CONTINGENCY)
    tables = FundLine.objects.filter(fund=fund, name="WAC").get()
    with clock.at(at(date(2021, 10, 4))):
        reallocations.reallocate(
            spare,
            2021,
            tables,
            2021,
            amount=Decimal(8000),
            why="Voorbeeld: extra inzet na de zomer.",
            by=hands.holder,
        )


def _late_bill(fund: Fund, hands: Hands) -> None:
    """A bill that came in this week waits to be checked."""
    row = fund.commitments.filter(year=YEARS[-1]).order_by("sequence").first()
    if row is None:
        return
    with clock.at(clock.now() - timedelta(days=3)):
        invoices.receive_invoice(
            row,
            number="nagekomen-1",
            amount=(row.amount / 10).quantize(Decimal(1)),
            dated=clock.today(),
            kind=InvoiceKind.FINAL,
            by=hands.manager,
        )
