"""Every rule that the database holds is hit once, and says its sentence."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from budget.domain import lines, reallocations, suppliers, versions
from budget.domain.proposal_lines import touch_line
from budget.enums import Scope
from budget.models import FundLine, Instalment, LedgerEntry, LineYear, Mandate
from tests import factories as make
from tests import fund as funds
from tests.fund import eur
from tests.governance.constraint_rows import EARLY, LATE, change, copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house, cast):
    """One row of each kind; a concept beside the version in force."""
    draft = versions.draft_version(house.fund, by=cast.author)
    heading = draft.headings.first()
    line = funds.budget_line(draft, "Projectleiding")
    commitment = funds.signed(house, 500)
    paid = funds.paid(house, commitment, 100)
    move = reallocations.reallocate(
        house.spare, 2021, house.crisis, 2021, amount=eur(10), why="x", by=house.holder
    )
    of = {"year": 2021, "amount": eur(1), "by": cast.author}
    return {
        "fund": house.fund,
        "instalment": Instalment.objects.get(),
        "spare": house.spare,
        "adopted": house.version,
        "draft": draft,
        "heading": heading,
        "line": line,
        "line_year": line.years.get(year=2021),
        "stated_heading": lines.state_total(draft, Scope.HEADING, heading=heading, **of),
        "stated": lines.state_total(draft, Scope.TOTAL, **of),
        "mandate": Mandate.objects.first(),
        "supplier": house.supplier,
        "numbered": suppliers.add_supplier(
            cast.region, name="Genummerd", kvk="12345678", by=cast.author
        ),
        "interest": suppliers.declare_interest(house.supplier, cast.reader, by=cast.author),
        "proposed": funds.proposed(house, 100),
        "commitment": commitment,
        "received": funds.received(house, commitment, 10),
        "paid": paid,
        "move": copy_of("move")({"move": move}),
        "entry": copy_of("entry")({"entry": LedgerEntry.objects.first()}),
        "asked": touch_line(make.proposal(cast.author, cast.team), house.leading, **of),
    }


CASES = {
    "budget_fund_slug_once": copy_of("fund"),
    "budget_fund_has_name": change("fund", grantor=""),
    "budget_fund_days_in_order": change("fund", starts_on=LATE, ends_on=EARLY),
    "budget_fund_realised_in_range": change(
        "fund", realised_before=eur(-1), realised_year=2020, realised_label="x"
    ),
    "budget_fund_realised_has_source": change("fund", realised_before=eur(1)),
    "budget_fund_rate_in_range": change("fund", contingency_rate=eur(101)),
    "budget_instalment_once": copy_of("instalment"),
    "budget_instalment_year_in_range": change("instalment", year=1999),
    "budget_instalment_in_range": change("instalment", amount=eur(0)),
    "budget_one_contingency_line": lambda w: FundLine(fund=w["fund"], kind="contingency", name="x"),
    "budget_version_number_once": copy_of("adopted", state="replaced"),
    "budget_one_concept": copy_of("draft", number=9),
    "budget_one_in_force": copy_of("adopted", number=9),
    "budget_version_adopted_when": change("draft", adopted_on=EARLY),
    "budget_version_adopted_by_what": change("adopted", ground=""),
    "budget_heading_name_once": copy_of("heading", identity="0" * 32),
    "budget_heading_identity_once": copy_of("heading", name="x"),
    "budget_heading_has_name": change("heading", name=""),
    "budget_line_once": copy_of("line"),
    "budget_line_has_name": change("line", name=""),
    "budget_line_year_once": copy_of("line_year"),
    "budget_line_year_in_range": change("line_year", year=1999),
    "budget_line_amount_in_range": change("line_year", amount=eur(-1)),
    "budget_basis_hours_whole": change("line_year", hours=eur(1), weeks=eur(1)),
    "budget_basis_number_whole": change("line_year", number=eur(1)),
    "budget_stated_heading_once": copy_of("stated_heading"),
    "budget_stated_once": copy_of("stated"),
    "budget_stated_of_what": change("stated_heading", scope="subtotal"),
    "budget_stated_judged_when": change("stated", judgement="x"),
    "budget_mandate_dates_in_order": change("mandate", valid_from=LATE, valid_until=EARLY),
    "budget_mandate_amount_in_range": change("mandate", amount=eur(0)),
    "budget_supplier_name_once": copy_of("supplier"),
    "budget_supplier_kvk_once": copy_of("numbered", name="x", sort_name="x"),
    "budget_supplier_has_name": change("numbered", name="", sort_name=""),
    "budget_supplier_kvk_digits": change("supplier", kvk="1234567x"),
    "budget_interest_once": copy_of("interest"),
    "budget_commitment_number_once": copy_of("commitment"),
    "budget_commitment_in_range": change("proposed", amount=eur(0)),
    "budget_commitment_for_what": change("proposed", what=""),
    "budget_commitment_days_in_order": change(
        "proposed", starts_on=date(2021, 2, 1), ends_on=date(2021, 1, 1)
    ),
    "budget_commitment_within_year": change("proposed", ends_on=date(2022, 1, 1)),
    "budget_condition_met_of_what": change("proposed", condition_met_on=EARLY),
    "budget_commitment_signed_when": change("proposed", state="signed"),
    "budget_invoice_number_once": copy_of("received"),
    "budget_invoice_has_number": change("received", number="", number_key=""),
    "budget_invoice_in_range": change("received", amount=eur(-1)),
    "budget_invoice_checked_what": change("received", state="checked"),
    "budget_invoice_payable_when": change("paid", payable_at=None),
    "budget_invoice_paid_when": change("paid", paid_on=None),
    "budget_invoice_disputed_why": change("received", state="disputed"),
    "budget_reallocation_in_range": change("move", amount=eur(0)),
    "budget_reallocation_elsewhere": change("move", to_line="spare"),
    "budget_carry_over_to_next_year": change("move", kind="carry_over"),
    "budget_reallocation_has_reason": change("move", why=""),
    "budget_reallocation_one_ground": lambda w: change("move", decision_id=1)(w),
    "budget_entry_not_zero": change("entry", amount=eur(0)),
    "budget_entry_has_source": change("entry", version=None),
    "budget_proposal_line_once": copy_of("asked"),
    "budget_proposal_amount_in_range": change("asked", amount=eur(0)),
    "budget_proposal_year_in_range": change("asked", year=1999),
    "budget_counter_has_reason": lambda w: change("entry", counter_of=LedgerEntry.objects.first())(
        w
    ),
}
HELD = {
    constraint.name: (model, constraint)
    for model in apps.get_app_config("budget").get_models()
    if not model.__name__.startswith("Historical")
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint | UniqueConstraint)
}


def test_every_constraint_has_its_case():
    assert set(CASES) == set(HELD)


@pytest.mark.parametrize("name", sorted(CASES))
def test_says_its_sentence_and_holds(world, name):
    model, constraint = HELD[name]
    row = CASES[name](world)
    assert isinstance(row, model)
    with pytest.raises(ValidationError) as error:
        constraint.validate(model, row)
    assert error.value.messages == [constraint.violation_error_message]
    assert constraint.violation_error_message[-1] == "."
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_basis_of_both_kinds_is_refused(world):
    row = world["line_year"]
    row.hours = row.weeks = row.rate = row.number = row.price = eur(1)
    with pytest.raises(ValidationError, match="Vul uren, weken en tarief alle drie in"):
        row.full_clean()
    assert LineYear.objects.get(pk=row.pk).from_basis is None
