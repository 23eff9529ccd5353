"""One vote at a time, looked at twice, and what it then means for the decision."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.refusal import Refused
from governance.domain import attendance, ballots, organisation, route
from governance.domain.decisions import PointOutcome, Validity, record_decision
from governance.models import RegionMunicipality, RuleSet, Seat
from tests import factories as make
from tests.votes import REGELING, Table

F, A = "for", "against"


def decide(table, *outcomes, **fields):
    points = table.step.version.points.all()
    items = [PointOutcome(p, o, **fields) for p, o in zip(points, outcomes, strict=True)]
    return record_decision(table.step, items, validity=Validity(clock.today()), by=table.by)


def test_a_confirmed_vote_is_the_decision_with_its_weights(cast):
    table = Table(cast, weights=(4, 2, 1), weighted=True)
    table.roll_call(F, A, A)
    row = decide(table, "adopted").points.get()
    assert (row.outcome, row.method, row.votes_for, row.votes_against) == (
        *("adopted", "roll_call"),
        *(4, 3),
    )
    assert row.round.votes.count() == 3


@pytest.mark.parametrize(
    ("said", "outcome", "sentence"),
    [
        ((F, F, A), "rejected", "de uitslag van de stemming is 'aangenomen'. Kies 'aangenomen'."),
        ((F, A, A), "adopted", "de uitslag van de stemming is 'verworpen'. Kies 'verworpen'."),
        ((F, A, "away"), "adopted", "de uitslag van de stemming is 'de stemmen staken'. Kies "),
    ],
)
def test_another_outcome_than_the_vote_is_refused(cast, said, outcome, sentence):
    table = Table(cast)
    table.roll_call(*said)
    with pytest.raises(Refused, match=sentence):
        decide(table, outcome)


def test_an_amended_text_is_voted_on_as_it_reads(cast):
    table = Table(cast)
    table.roll_call(F, F, F, text="Nee, anders.")
    row = decide(table, "adopted").points.get()
    assert (row.outcome, row.amended_text) == ("amended", "Nee, anders.")


def test_an_amendment_that_falls_leaves_the_point_open(cast):
    table = Table(cast)
    table.roll_call(A, A, F, text="Nee, anders.")
    table.roll_call(F, F, A)
    assert decide(table, "adopted").points.get().round.text == "Ja?"


def test_nothing_else_happens_while_a_vote_runs(cast):
    table = Table(cast, points=("Een?", "Twee?"))
    vote_round = table.open()
    with pytest.raises(Refused, match="Er loopt al een stemming in deze vergadering"):
        table.open(point=table.step.version.points.last())
    running = "Over dit stuk loopt een stemming. Bevestig die, of laat haar vervallen."
    for act in (
        lambda: route.hold_over(table.step, why="Later.", by=table.by),
        lambda: route.finalise_version(table.step, by=cast.author),
        lambda: decide(table, "adopted", "adopted"),
    ):
        with pytest.raises(Refused, match=running):
            act()
    with pytest.raises(Refused, match="Geef de reden waarom deze stemming vervalt"):
        ballots.discard_round(vote_round, why=" ", by=table.by)
    ballots.discard_round(vote_round, why="Verkeerd punt.", by=table.by)
    assert decide(table, "adopted", "adopted").points.count() == 2


def test_decided_is_decided(cast):
    table = Table(cast)
    table.roll_call(F, F, A)
    with pytest.raises(Refused, match="Over dit beslispunt is in deze vergadering al gestemd"):
        table.open()


def the_next_meeting(table):
    """The paper held over to a meeting a week later, with everybody there."""
    route.hold_over(table.step, why="De stemmen staakten.", by=table.by)
    table.meeting = make.meeting(table.body, starts_at=clock.now() + timedelta(days=7))
    make.on_agenda(table.step, table.cast.author, table.meeting)


def test_a_second_tie_is_not_adopted(cast):
    table = Table(cast, weights=(1,) * 5, present=4)
    assert table.roll_call(F, F, A, A).result == "tie"
    with pytest.raises(Refused, match=r"De stemmen staakten\. Dit punt komt terug"):
        table.open()
    the_next_meeting(table)
    with clock.at(table.meeting.starts_at + timedelta(hours=1)):
        table.attend(table.members[:4])
        table.roll_call(F, F, A, A)
        with pytest.raises(Refused, match="Kies 'verworpen'"):
            decide(table, "postponed")
        assert decide(table, "rejected").points.get().outcome == "rejected"


def test_after_an_invalid_vote_the_next_meeting_asks_no_share(cast):
    table = Table(cast, weights=(1,) * 5, present=3)
    assert table.roll_call(F, F, "away").result == "invalid"
    the_next_meeting(table)
    with clock.at(table.meeting.starts_at + timedelta(hours=1)):
        table.attend(table.members[:3])
        assert table.roll_call(F, F, "away").result == "adopted"


def test_hands_of_unequal_weight_tell_nothing(cast):
    table = Table(cast, weights=(4, 2, 1), weighted=True)
    with pytest.raises(Refused, match=r"wegen niet even zwaar\. Open een hoofdelijke stemming"):
        decide(table, "adopted", method="count", votes_for=2, votes_against=1)


def test_hands_count_where_votes_weigh_the_same(cast):
    table = Table(cast, weights=(3, 3, 3), weighted=True)
    row = decide(table, "adopted", method="count", votes_for=2, votes_against=1).points.get()
    assert (row.votes_for, row.votes_against) == (6, 3)


def test_a_merged_municipality_has_no_weight_until_it_is_entered(cast):
    """Voted on in vain, then the admin enters the number."""
    new = make.municipality("Nieuwstad", in_region=cast.region)
    table = Table(cast, weights=(2, 1), weighted=True, present=0)
    old = RegionMunicipality.objects.exclude(municipality=new).first().municipality
    seat = make.seat(table.body, old, votes=3)
    make.member(table.body, seat=seat)
    day = timedelta(days=1)
    with clock.at(clock.now() - 2 * day):
        organisation.merge_municipalities(
            [old], new, cast.region, last_day=clock.today(), by=cast.admin
        )
    heir = Seat.objects.get(body=table.body, municipality=new)
    assert heir.votes is None
    table.attend(table.members)
    with pytest.raises(Refused) as refused:
        table.open()
    assert str(refused.value) == (
        "Het aantal stemmen van Nieuwstad is nog niet ingevoerd. Vraag de regiobeheerder dat te "
        "doen; daarna kan er worden gestemd."
    )
    heir.votes = 4
    organisation.keep(heir, cast.region, by=cast.admin)
    assert table.open().state == "open"


def test_who_absorbs_another_keeps_its_people_and_loses_its_weight(cast):
    homes = [row.municipality for row in RegionMunicipality.objects.order_by("pk")]
    member = cast.board_members[0]
    make.member(cast.board, role="deputy", deputy_of=member)
    last = date(2030, 12, 31)
    organisation.merge_municipalities([homes[1]], homes[0], cast.region, last_day=last, by=None)
    was, heir = Seat.objects.filter(municipality=homes[0], body=cast.board).order_by("pk")
    assert (was.votes, was.valid_until, heir.votes, heir.valid_from) == (
        *(1, last),
        *(None, date(2031, 1, 1)),
    )
    again = heir.memberships.get()
    assert (again.user, again.valid_from) == (member.user, heir.valid_from)
    assert again.deputies.get().valid_from == heir.valid_from
    meeting = make.meeting(cast.board, starts_at=make.moment().replace(year=2031, month=2, day=1))
    assert again in attendance.sitting_members(cast.board, meeting)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"proxies": True}, "De wet kent geen volmacht. Zet die uit."),
        ({"written_round": True}, "De wet kent geen schriftelijke ronde. Zet die uit."),
        ({"abstaining": True}, "Wie aanwezig is, stemt volgens de wet voor of tegen"),
        ({"weighted": True}, "Noem het artikel van de regeling waarin dit staat"),
        ({"deputies": True}, "Noem het artikel van de regeling waarin dit staat"),
        ({"weighted": True, "source": REGELING}, ""),
    ],
)
def test_what_the_law_fixes_cannot_be_set_otherwise(cast, fields, sentence):
    rules = RuleSet(
        region=cast.region, name="de wet", basis="law", quorum="more_than_half", **fields
    )
    if not sentence:
        rules.full_clean()
        return
    with pytest.raises(ValidationError, match=sentence):
        rules.full_clean()
