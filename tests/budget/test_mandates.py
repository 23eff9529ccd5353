"""Who may do which step: given by the region's admin, for a term, up to an amount."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from budget.domain import commitments, invoices, mandates, payments
from budget.domain.funds import set_rules
from budget.enums import MandateAct
from budget.models import Mandate
from core import clock
from core.models import StatusChange
from core.refusal import Refused
from governance.rules import may
from tests import factories as make
from tests import fund as funds
from tests.fund import eur

SIGN = MandateAct.SIGN


@pytest.fixture
def junior():
    return make.user("teamleider")


def grant(house, person, act=SIGN, **fields):
    return mandates.grant_mandate(house.fund, person, act, by=house.cast.admin, **fields)


def test_it_is_given_dated_and_logged(house, junior):
    mandate = grant(house, junior, amount=eur(500), line=house.crisis)
    assert (mandate.granted_by, mandate.valid_from) == (house.cast.admin, date(2021, 3, 1))
    last = StatusChange.of(house.fund).first()
    assert (last.act, last.by) == ("mandate_granted", house.cast.admin)
    assert last.why == "teamleider: tekenen tot en met €\u00a0500, post Spoed en crisis"


def test_nobody_gives_one_to_herself_and_only_the_admin_gives(house, cast, junior):
    with pytest.raises(Refused, match="Niemand geeft zichzelf een mandaat"):
        grant(house, cast.admin)
    for person in (cast.author, house.holder, house.finance, cast.stranger):
        with pytest.raises(PermissionDenied):
            mandates.grant_mandate(house.fund, junior, SIGN, by=person)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amount": eur(0)}, "meer dan nul"),
        ({"valid_until": date(2021, 2, 1)}, "De einddatum ligt voor de begindatum."),
        ({"user": "closed"}, "Dit account is afgesloten."),
        ({"line": "foreign"}, "Deze post hoort bij een ander fonds."),
    ],
)
def test_what_cannot_be_is_refused(house, junior, fields, sentence):
    if fields.pop("user", None):
        junior.is_active = False
    if "line" in fields:
        other = funds.drafted(house.cast, funds.opened(house.cast, slug="ander"))
        fields["line"] = other.lines.first().line
    with pytest.raises(Refused, match=sentence):
        grant(house, junior, **fields)


def test_the_same_mandate_is_there_once_at_a_time(house, junior):
    grant(house, junior, valid_until=date(2021, 6, 30))
    with pytest.raises(Refused, match="heeft dit mandaat in die tijd al"):
        grant(house, junior, amount=eur(5), valid_from=date(2021, 6, 30))
    grant(house, junior, valid_from=date(2021, 7, 1))
    grant(house, junior, line=house.crisis)
    grant(house, junior, MandateAct.CHECK)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="exclusion constraints")
def test_postgresql_holds_the_same(house, junior):
    for line in (None, house.crisis):
        grant(house, junior, line=line)
        row = Mandate(fund=house.fund, user=junior, act=SIGN, line=line)
        with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
            row.save()


def test_it_limits_amount_line_and_term(house, junior):
    grant(house, junior, amount=eur(500), line=house.crisis, valid_until=date(2021, 3, 31))
    sign = lambda commitment: commitments.sign_commitment(commitment, by=junior)  # noqa: E731
    too_much = funds.proposed(house, "500.01", line=house.crisis)
    with pytest.raises(Refused, match=r"tot en met €.500; dit is €.500,01"):
        sign(too_much)
    with pytest.raises(PermissionDenied, match="bij dit fonds of deze post geen mandaat"):
        sign(funds.proposed(house, 100))
    signed = sign(funds.proposed(house, 500, line=house.crisis))
    assert (signed.signed_by, signed.signed_under.amount) == (junior, eur(500))
    later = funds.proposed(house, 100, line=house.crisis)
    with clock.at(funds.START + timedelta(days=31)), pytest.raises(PermissionDenied):
        sign(later)


def test_one_mandate_for_the_line_and_one_for_the_fund_the_wider_counts(house, junior):
    grant(house, junior, amount=eur(10), line=house.crisis)
    whole = grant(house, junior, amount=eur(1000))
    signed = commitments.sign_commitment(funds.proposed(house, 900, line=house.crisis), by=junior)
    assert signed.signed_under == whole


def test_every_step_asks_its_own_mandate(house, cast, junior):
    commitment = funds.signed(house, 600)
    steps = [
        ("check", lambda i: invoices.check_invoice(i, performance="x", by=junior)),
        ("make_payable", lambda i: payments.make_payable(i, by=junior)),
        (
            "register_payment",
            lambda i: payments.register_payment(i, on=clock.today(), by=junior),
        ),
    ]
    paths = [funds.received, funds.checked, funds.payable]
    for (act, step), path in zip(steps, paths, strict=True):
        invoice = path(house, commitment, 100)
        with pytest.raises(PermissionDenied):
            step(invoice)
        mandate = grant(house, junior, MandateAct(act), amount=eur("99.99"))
        with pytest.raises(Refused, match=r"tot en met €.99,99; dit is €.100\."):
            step(invoice)
        mandates.end_mandate(mandate, on=date(2021, 2, 28), by=cast.admin)
        with pytest.raises(PermissionDenied):
            step(invoice)


def test_finance_pays_by_its_role_where_the_fund_says_so(house, cast):
    invoice = funds.payable(house, funds.signed(house, 600), 100)
    assert may(house.finance, "budget.register_payment", invoice)
    set_rules(house.fund, checker_makes_payable=True, finance_pays=False, by=cast.admin)
    invoice.commitment.fund.refresh_from_db()
    assert not may(house.finance, "budget.register_payment", invoice)


def test_ending_it(house, cast, junior):
    end = lambda mandate, on: mandates.end_mandate(mandate, on=on, by=cast.admin)  # noqa: E731
    mandate = grant(house, junior, valid_until=date(2021, 12, 31))
    with pytest.raises(Refused, match="eindigt al op 31 december 2021"):
        end(mandate, date(2022, 1, 1))
    with pytest.raises(Refused, match="Kies gisteren of later"):
        end(mandate, date(2021, 2, 27))
    commitments.sign_commitment(funds.proposed(house, 10), by=junior)
    with pytest.raises(Refused, match="Met dit mandaat is vandaag al getekend"):
        end(mandate, date(2021, 2, 28))
    assert end(mandate, date(2021, 3, 1)).valid_until == date(2021, 3, 1)
    future = grant(house, junior, valid_from=date(2021, 5, 1))
    assert end(future, date(2021, 4, 1)) is None
    assert not Mandate.objects.filter(pk=future.pk).exists()
