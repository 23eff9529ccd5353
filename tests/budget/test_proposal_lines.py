"""Which lines a proposal touches: the act, the panel per reader, and what a memo freezes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from budget.cost_panel import frozen, of_decision, of_proposal
from budget.domain import funds
from budget.domain.proposal_lines import leave_line, touch_line
from core.panels import frozen_panels
from core.refusal import Refused
from tests import factories as make
from tests import fund as walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(house):
    return make.proposal(house.cast.author, house.cast.team)


@pytest.fixture
def asked(house, proposal):
    return touch_line(
        proposal,
        house.leading,
        year=2021,
        amount=walk.eur(1200),
        note="Twee dagen per week.",
        by=house.cast.author,
    )


def test_asked_again_it_replaces_and_takes_nothing(house, proposal, asked):
    again = touch_line(
        proposal, house.leading, year=2021, amount=walk.eur(900), by=house.cast.author
    )
    assert (again.pk, again.amount) == (asked.pk, 900)
    assert house.fund.entries.exclude(kind="budget").count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"year": 2030}, "valt buiten dit fonds"),
        ({"amount": walk.eur(0)}, "meer dan nul"),
        ({"amount": walk.Decimal("0.001")}, "twee cijfers"),
        ({"note": "BSN 123456782"}, "burgerservicenummer"),
    ],
)
def test_what_cannot_be_is_refused(house, proposal, changes, sentence):
    values = {"year": 2021, "amount": walk.eur(5)} | changes
    with pytest.raises(Refused, match=sentence):
        touch_line(proposal, house.leading, by=house.cast.author, **values)


def test_only_who_writes_the_proposal(house, proposal, asked):
    with pytest.raises(PermissionDenied):
        touch_line(proposal, house.leading, year=2021, amount=walk.eur(5), by=house.cast.reader)
    with pytest.raises(PermissionDenied):
        leave_line(asked, by=house.cast.reader)


def test_a_reader_of_the_fund_sees_what_is_left(house, proposal, asked):
    walk.signed(house, 100)
    (line,) = of_proposal(proposal, house.cast.reader).lines
    assert (line.amount, line.left, line.short) == (1200, 900, 300)


def test_who_does_not_read_the_fund_sees_nothing_until_totals_are_public(house, proposal, asked):
    assert of_proposal(proposal, house.cast.provider) is None
    funds.publish_totals(house.fund, by=house.cast.author)
    (line,) = of_proposal(proposal, house.cast.provider).lines
    assert (line.amount, line.left, line.url) == (1200, None, "")


def test_only_its_writers_get_the_way_to_change_it(house, proposal):
    assert of_proposal(proposal, house.cast.author).edit is not None
    assert of_proposal(proposal, house.cast.reader) is None


def test_the_memo_freezes_what_is_asked_and_never_what_is_left(house, asked):
    decision = make.decided(
        make.on_agenda(
            make.routed(
                house.cast.author, house.cast.team, (house.cast.board, make.DECIDE)
            ).steps.get(),
            house.cast.author,
        ),
        house.cast.secretary,
    )
    assert of_decision(decision, house.cast.reader) is None
    asked.proposal = decision.proposal
    asked.save()
    inside = [house.cast.reader, house.cast.author]
    (panel,) = frozen_panels("decision_memo", decision, inside)
    assert panel.data["rows"][0][1:] == ["2021", "€\u00a01.200", "Twee dagen per week."]
    assert panel.data == frozen(of_decision(decision, house.cast.reader))
    assert frozen_panels("decision_memo", decision, [*inside, house.cast.provider]) == []


def test_the_page_adds_and_removes(house, proposal, client):
    client.force_login(house.cast.author)
    url = reverse("budget:proposal-costs", args=["waterland", proposal.number])
    data = {"line": house.crisis.pk, "year": "2021", "amount": "1.500,50"}
    assert "€\u00a01.500,50" in client.post(url, data, follow=True).content.decode()
    row = proposal.fund_lines.get()
    detail = reverse("governance:proposal-detail", args=["waterland", proposal.number])
    assert "Kosten en dekking" in client.get(detail).content.decode()
    client.post(reverse("budget:cost-remove", args=["waterland", proposal.number, row.pk]))
    assert not proposal.fund_lines.exists()
    wrong = client.post(url, {"line": "", "year": "twee", "amount": "veel"}).content.decode()
    assert "Vul een jaar in, bijvoorbeeld 2027." in wrong
