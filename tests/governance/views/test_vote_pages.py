"""A vote on screen: opened by the secretary, cast by members, looked at twice, and decided on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from governance.models import Decision, Vote, VoteRound
from tests import factories as make
from tests.votes import Table


@pytest.fixture
def table(cast):
    return Table(cast, weights=(4, 2, 1), weighted=True)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def url(table, name, *args):
    return reverse(f"governance:{name}", args=[table.cast.region.slug, *args])


def said(response):
    return [str(message) for message in response.context["messages"]]


def record_url(table):
    return url(table, "decision-record", table.step.proposal.number, table.step.pk)


def open_url(table):
    step = table.step
    return url(table, "vote-open", step.proposal.number, step.pk, table.point.pk)


def member_votes(table, vote_round, n, choice, client=None):
    member = table.members[n]
    return (client or browser(member.user)).post(
        url(table, "vote-member", table.meeting.pk),
        {"round": vote_round.pk, "member": member.pk, f"stem-{member.pk}-choice": choice},
        follow=True,
    )


def test_from_opening_to_the_decision(table):
    secretary = browser(table.by)
    assert open_url(table) in secretary.get(record_url(table)).content.decode()
    response = secretary.post(open_url(table), {"kind": "roll_call"})
    vote_round = VoteRound.objects.get()
    assert response.url == url(table, "vote-round", vote_round.pk)

    own = browser(table.members[0].user)
    page = own.get(url(table, "vote-member", table.meeting.pk)).content.decode()
    assert "Ja?" in page
    assert "Uw stem telt voor 4." in page
    assert said(member_votes(table, vote_round, 0, "for", own)) == ["Uw stem is geteld."]
    assert said(member_votes(table, vote_round, 0, "against")) == [
        "U hebt al gestemd. Uw stem is geteld en kan niet nog een keer."
    ]
    assert (
        "U hebt gestemd." in own.get(url(table, "vote-member", table.meeting.pk)).content.decode()
    )

    spoken = {f"lid-{table.members[1].pk}": "against", f"lid-{table.members[2].pk}": "against"}
    secretary.post(response.url, spoken)
    assert "3 van de 3 stemmen zijn binnen." in secretary.get(response.url).content.decode()
    secretary.post(url(table, "vote-close", vote_round.pk))
    page = secretary.get(response.url).content.decode()
    assert "Pas na uw bevestiging is dit de uitslag" in page
    assert "4 van de 7" in page
    assert said(member_votes(table, vote_round, 1, "for")) == [
        "De stemming is gesloten. Uw stem is niet meer meegeteld."
    ]
    done = secretary.post(url(table, "vote-confirm", vote_round.pk))
    assert done.url == record_url(table)

    page = secretary.get(record_url(table))
    pk = table.point.pk
    assert page.context["form"].fields[f"point-{pk}"].choices == [("adopted", "aangenomen")]
    secretary.post(record_url(table), {f"point-{pk}": "adopted", "valid_from": "1 juli 2027"})
    decision = Decision.objects.get()
    page = secretary.get(url(table, "decision-detail", decision.number)).content.decode()
    assert "Hoofdelijke stemming: 4 stemmen voor (1 lid), 3 stemmen tegen (2 leden)" in page
    assert "Wie wat stemde (3)" in page


def test_a_secret_vote_shows_that_and_never_what(table):
    secretary = browser(table.by)
    secretary.post(open_url(table), {"kind": "secret", "names": "Ans\nBea"})
    vote_round = VoteRound.objects.get()
    ans = vote_round.options.get(label="Ans")
    page = browser(table.members[0].user).get(url(table, "vote-member", table.meeting.pk))
    assert "Niemand kan zien wat u stemt." in page.content.decode()
    member_votes(table, vote_round, 0, str(ans.pk))
    page = secretary.get(url(table, "vote-round", vote_round.pk))
    assert [(line.said, line.done) for line in page.context["lines"]] == [
        ("heeft gestemd", True),
        ("nog niet", False),
        ("nog niet", False),
    ]
    assert page.context["facts"] == []
    assert page.context["form"] is None
    for n in (1, 2):
        member_votes(table, vote_round, n, str(ans.pk))
    secretary.post(url(table, "vote-close", vote_round.pk))
    page = secretary.get(url(table, "vote-round", vote_round.pk))
    assert page.context["result"] == "Gekozen is Ans"


def test_a_vote_that_went_wrong_lapses_with_its_reason(table):
    vote_round = table.open()
    secretary = browser(table.by)
    here = url(table, "vote-discard", vote_round.pk)
    assert "Reden" in secretary.get(here).content.decode()
    secretary.post(here, {"why": "Over het verkeerde punt."})
    page = secretary.get(url(table, "vote-round", vote_round.pk)).content.decode()
    assert "Deze stemming telt niet mee." in page
    assert "Over het verkeerde punt." in page


def test_who_does_not_take_part_reads_why(table):
    step, secretary = table.step, browser(table.by)
    here = url(table, "vote-recuse", step.proposal.number, step.pk)
    secretary.post(here, {"membership": table.members[0].pk, "reason": "Eigen grond."})
    assert "Lid 1 doet niet mee: Eigen grond." in secretary.get(record_url(table)).content.decode()
    table.open()
    page = browser(table.members[0].user).get(url(table, "vote-member", table.meeting.pk))
    assert "doet niet mee aan de stemming over dit stuk: Eigen grond." in page.content.decode()
    recusal = step.recusals.get()
    response = secretary.post(url(table, "vote-recusal-undo", recusal.pk), follow=True)
    assert said(response) == ["Over dit stuk is al gestemd; wie meedeed, ligt daarmee vast."]


def test_without_a_vote_the_page_says_so_and_shows_the_last_result(table):
    own = browser(table.members[0].user)
    here = url(table, "vote-member", table.meeting.pk)
    assert "Er is nu geen stemming." in own.get(here).content.decode()
    table.roll_call("for", "for", "for")
    assert "<strong>Aangenomen.</strong>" in own.get(here).content.decode()
    response = own.post(here, {"round": "9" * 30, "member": "x"}, follow=True)
    assert said(response) == ["Deze stemming is er niet."]


def test_while_they_meet_the_agenda_leads_a_member_to_where_votes_come_up(table):
    own = browser(table.members[0].user)
    agenda = url(table, "meeting-detail", table.meeting.pk)
    here = url(table, "vote-member", table.meeting.pk)
    assert here in own.get(agenda).content.decode()
    assert here not in browser(table.by).get(agenda).content.decode()
    with clock.at(table.meeting.starts_at + timedelta(days=1)):
        assert here not in own.get(agenda).content.decode()


def test_the_meeting_page_leads_to_the_vote_and_to_a_second_meeting(cast):
    table = Table(cast, present=1)
    secretary = browser(table.by)
    page = secretary.get(url(table, "meeting-detail", table.meeting.pk)).content.decode()
    assert "Tweede vergadering uitschrijven" in page
    moment = make.moment(3)
    data = {"starts_at": f"{moment:%d-%m-%Y}", "starts_time": "14.00", "place": "Raadzaal"}
    data[f"anyway-{moment:%Y-%m-%d}"] = "on"
    response = secretary.post(url(table, "meeting-second", table.meeting.pk), data)
    second = table.step.meeting
    assert second.second_call_of == table.meeting
    assert response.url == url(table, "meeting-detail", second.pk)


@pytest.mark.parametrize(
    ("who", "round_code", "member_code"),
    [
        ("secretary", 200, 403),
        ("author", 403, 403),
        ("alderman", 404, 404),
        ("provider", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_who_gets_which_page(cast, who, round_code, member_code):
    table = Table(cast)
    vote_round = table.open()
    client = browser(getattr(cast, who))
    assert client.get(url(table, "vote-round", vote_round.pk)).status_code == round_code
    here = url(table, "vote-member", table.meeting.pk)
    assert client.get(here).status_code == member_code
    assert client.post(here, {"round": vote_round.pk}).status_code == member_code
    assert not Vote.objects.exists()


def test_where_the_rules_know_no_proxy_there_is_no_form(table):
    response = browser(table.by).get(url(table, "meeting-proxy", table.meeting.pk), follow=True)
    assert said(response) == ["Raad kent geen volmacht. De wet kent geen volmacht."]


def test_the_ballots_are_asked_by_name(cast):
    table = Table(cast)
    secretary = browser(table.by)
    secretary.post(open_url(table), {"kind": "secret", "names": "Ans\nBea"})
    form = secretary.get(url(table, "vote-round", VoteRound.objects.get().pk)).context["form"]
    assert [field.label for field in form if field.name.startswith("briefjes")] == [
        "Briefjes voor Ans",
        "Briefjes voor Bea",
        "Briefjes blanco of niet goed ingevuld",
    ]


def test_a_proxy_votes_on_one_page(cast):
    table = Table(cast, "own", present=2, proxies=True)
    secretary = browser(table.by)
    holder, giver = table.members[0], table.members[2]
    data = {"giver": giver.pk, "holder": holder.pk}
    response = secretary.post(url(table, "meeting-proxy", table.meeting.pk), data, follow=True)
    assert said(response) == ["De volmacht is vastgelegd."]
    vote_round, own = table.open(), browser(holder.user)
    page = own.get(url(table, "vote-member", table.meeting.pk)).content.decode()
    assert "Uw stem voor lid 3" in page
    data = {"round": vote_round.pk, "member": giver.pk, f"stem-{giver.pk}-choice": "for"}
    own.post(url(table, "vote-member", table.meeting.pk), data)
    assert Vote.objects.get().member == giver
