import pytest
from django.urls import reverse

from core import clock
from governance.domain import attendance, layout, route, secrecy
from governance.models import ReadingLog
from tests import factories as make


@pytest.fixture
def proposal(cast):
    return make.routed(cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE))


@pytest.fixture
def on_board(cast, proposal):
    """On the agenda of the board while the ambtelijk overleg still has to advise."""
    return make.on_agenda(proposal.steps.last(), cast.author)


def page(client, person, meeting):
    client.force_login(person)
    url = reverse("governance:meeting-detail", args=[meeting.body.region.slug, meeting.pk])
    return client.get(url)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("secretary", 200),
        ("alderman", 200),
        ("adviser", 200),
        ("author", 200),
        ("official", 404),
        ("provider", 404),
        ("admin", 404),
        ("stranger", 404),
    ],
)
def test_who_reads_the_page_of_a_meeting(client, cast, on_board, who, code):
    assert page(client, getattr(cast, who), on_board.meeting).status_code == code


def test_the_alderman_sees_what_is_asked_and_that_advice_follows(client, cast, on_board):
    response = page(client, cast.alderman, on_board.meeting)
    (item,) = response.context["items"]
    assert item.title == "Meer hulp dichtbij huis"
    assert item.summary == "Gezinnen krijgen sneller hulp in de buurt."
    assert (item.purpose, item.facts) == ("besluiten", "2 beslispunten")
    assert item.waits == "Advies volgt van Ambtelijk overleg."
    assert item.acts == []
    assert response.context["now"].primary.url == item.url
    assert item.waits in response.content.decode()


def test_the_secretary_records_attendance_once_it_has_begun(client, cast, on_board):
    before = page(client, cast.secretary, on_board.meeting).context["now"]
    assert before.primary.label == "Agenda opstellen"
    with clock.at(on_board.meeting.starts_at):
        response = page(client, cast.secretary, on_board.meeting)
        assert page(client, cast.alderman, on_board.meeting).context["now"] is None
    assert response.context["now"].primary.label == "Aanwezigheid vastleggen"
    assert [act.label for act in response.context["items"][0].acts] == [
        "Besluit vastleggen",
        "Aanhouden",
    ]


def test_who_plans_sees_why_it_cannot_lapse_yet(client, cast, on_board):
    reason = "Er staan stukken op de agenda; houd die eerst aan."
    assert reason in page(client, cast.secretary, on_board.meeting).content.decode()
    assert reason not in page(client, cast.alderman, on_board.meeting).content.decode()


def test_a_meeting_that_was_not_closed_is_no_longer_called_planned(client, cast):
    assert page(client, cast.alderman, make.meeting(cast.board, -3)).context["badge"] == "Geweest"
    assert page(client, cast.alderman, make.meeting(cast.board, 3)).context["badge"] == "Gepland"


def test_after_the_advice_the_final_version_is_awaited(client, cast, proposal, on_board):
    layout.skip_step(proposal.steps.first(), reason="Spoed.", by=cast.author)
    (item,) = page(client, cast.alderman, on_board.meeting).context["items"]
    assert item.waits == "De definitieve versie volgt nog."


def test_after_the_meeting_it_shows_the_decision_and_who_were_there(client, cast, proposal):
    step = make.on_agenda(proposal.steps.last(), cast.author)
    layout.skip_step(proposal.steps.first(), reason="Spoed.", by=cast.author)
    route.finalise_version(step, by=cast.author)
    decision = make.decided(step, cast.secretary, present=cast.board_members[:2])

    response = page(client, cast.alderman, step.meeting)

    (item,) = response.context["items"]
    assert (item.outcome, item.decision) == ("2 beslispunten aangenomen", decision)
    assert len(response.context["present"]) == 2
    assert "2 van de 3 leden waren er." in response.content.decode()
    seen_by_the_secretary = page(client, cast.secretary, step.meeting).content.decode()
    assert "Standpunten:" not in seen_by_the_secretary


def test_a_shielded_member_is_named_by_role_only(client, cast, on_board):
    hidden = cast.board_members[0]
    hidden.shielded = True
    hidden.save()
    with clock.at(on_board.meeting.starts_at):
        attendance.record_attendance(on_board.meeting, present=[hidden], by=cast.secretary)
        response = page(client, cast.secretary, on_board.meeting)
    assert response.context["present"] == ["lid (afgeschermd)"]
    assert "wethouder Aardam" not in response.content.decode()


def test_a_secret_proposal_is_not_there_outside_the_circle(client, cast, on_board):
    secrecy.impose_secrecy(
        on_board.proposal,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary],
        by=cast.secretary,
    )
    assert page(client, cast.alderman, on_board.meeting).context["items"] == []
    assert ReadingLog.objects.count() == 0
    (item,) = page(client, cast.secretary, on_board.meeting).context["items"]
    assert item.secret
    assert [log.user for log in ReadingLog.objects.all()] == [cast.secretary]


def test_what_was_held_over_stays_in_the_meeting(client, cast, on_board):
    meeting = on_board.meeting
    route.hold_over(on_board, why="Eerst de cijfers.", by=cast.secretary)
    (item,) = page(client, cast.alderman, meeting).context["items"]
    assert item.outcome == "Aangehouden: Eerst de cijfers."


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_agenda(client, cast, count, django_assert_num_queries):
    meeting = make.meeting(cast.board)
    for _ in range(count):
        proposal = make.routed(
            cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
        )
        make.on_agenda(proposal.steps.last(), cast.author, at=meeting)
        make.advised(proposal.steps.first(), by=cast.aoj_secretary)
    client.force_login(cast.alderman)
    url = reverse("governance:meeting-detail", args=[cast.region.slug, meeting.pk])
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 35
