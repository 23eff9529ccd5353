"""What readers see of an agenda: provisional, published, changed, and never what is secret."""

import pytest
from django.urls import reverse

from core import clock
from governance.domain import agenda, agenda_versions, route, secrecy
from governance.models import ReadingLog
from tests import factories as make
from tests.governance.books import to_board


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.board, 14)


@pytest.fixture
def step(cast, meeting):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    return make.on_agenda(proposal.steps.get(), cast.author, meeting)


@pytest.fixture
def own(cast, meeting, step):
    """Behind the paper of step: a point of five minutes."""
    return agenda.add_item(meeting, title="Inkoop", minutes=5, by=cast.secretary)


def page(client, person, meeting, version=None):
    client.force_login(person)
    args = [meeting.body.region.slug, meeting.pk]
    if version:
        return client.get(reverse("governance:meeting-agenda-version", args=[*args, version]))
    return client.get(reverse("governance:meeting-detail", args=args))


def rows(response):
    return [(row.number, row.time, row.title) for row in response.context["items"]]


def lines(response):
    return [(line.number, line.title) for line in response.context["lines"]]


def impose(cast, step, *people):
    secrecy.impose_secrecy(
        step.proposal,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary, *people],
        by=cast.secretary,
    )


def test_before_publication_a_member_sees_the_papers_and_the_secretary_all(
    client, cast, meeting, own
):
    response = page(client, cast.alderman, meeting)
    assert rows(response) == [("1", "", "Meer hulp dichtbij huis")]
    assert "Voorlopige agenda" in response.content.decode()
    assert rows(page(client, cast.secretary, meeting)) == [
        ("1", "9.30", "Meer hulp dichtbij huis"),
        ("2", "9.30", "Inkoop"),
    ]


def test_a_member_sees_what_was_published_until_the_next_version(client, cast, meeting, own):
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    agenda.move_item(own, to=1, by=cast.secretary)
    first = [("1", "9.30", "Meer hulp dichtbij huis"), ("2", "9.30", "Inkoop")]
    response = page(client, cast.alderman, meeting)
    assert rows(response) == first
    assert response.context["ends"] == "9.35"
    assert "Voorlopige agenda" not in response.content.decode()
    second = [("1", "9.30", "Inkoop"), ("2", "9.35", "Meer hulp dichtbij huis")]
    assert rows(page(client, cast.secretary, meeting)) == second

    agenda_versions.publish_change(meeting, by=cast.secretary)
    response = page(client, cast.alderman, meeting)
    assert rows(response) == second
    text = response.content.decode()
    assert f"Versie 2, {clock.today().day} " in text
    assert "Punt 1 (Inkoop) is verplaatst. Eerst was dit punt 2." in text
    assert lines(page(client, cast.alderman, meeting, 1)) == [
        ("1", "Meer hulp dichtbij huis"),
        ("2", "Inkoop"),
    ]


def test_a_point_that_was_taken_off_stays_until_the_members_are_told(client, cast, meeting, own):
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    meeting.refresh_from_db()
    agenda.remove_item(own, why="Komt later.", by=cast.secretary)
    assert rows(page(client, cast.alderman, meeting))[1] == ("2", "9.30", "Inkoop")
    agenda_versions.publish_change(meeting, by=cast.secretary)
    response = page(client, cast.alderman, meeting)
    assert rows(response)[1] == ("", "", "Inkoop")
    assert response.context["items"][1].outcome == "Van de agenda gehaald: Komt later."


def test_once_it_began_everybody_sees_what_there_is(client, cast, meeting, own):
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    agenda.add_item(meeting, title="Rondvraag", by=cast.secretary)
    assert len(rows(page(client, cast.alderman, meeting))) == 2
    with clock.at(meeting.starts_at):
        assert len(rows(page(client, cast.alderman, meeting))) == 3


# Secret papers ------------------------------------------------------------------------------------


def test_outside_the_circle_nothing_tells_of_a_secret_paper(client, cast, meeting, step, own):
    impose(cast, step)
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    assert rows(page(client, cast.alderman, meeting)) == [("1", "9.30", "Inkoop")]
    assert lines(page(client, cast.alderman, meeting, 1)) == [("1", "Inkoop")]
    assert ReadingLog.objects.count() == 0
    assert [number for number, _, _ in rows(page(client, cast.secretary, meeting))] == ["B1", "1"]
    assert lines(page(client, cast.secretary, meeting, 1)) == [
        ("B1", "Meer hulp dichtbij huis"),
        ("1", "Inkoop"),
    ]
    assert {log.user for log in ReadingLog.objects.all()} == {cast.secretary}


def test_a_change_of_a_secret_paper_is_told_to_who_may_read_it(client, cast, meeting, step, own):
    impose(cast, step, cast.board_members[1].user)
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    handling = agenda.Handling(20, "discussion")
    agenda.set_handling(meeting, {step.items.get().pk: handling}, by=cast.secretary)
    version = agenda_versions.publish_change(meeting, by=cast.secretary)
    sentence = "Punt B1 (Meer hulp dichtbij huis): 20 minuten. Eerst: zonder tijd."
    assert [change["text"] for change in version.changes] == [sentence]
    for number in (None, 2):
        outside = page(client, cast.alderman, meeting, number).content.decode()
        assert "dichtbij huis" not in outside
        inside = page(client, cast.board_members[1].user, meeting, number).content.decode()
        assert sentence in inside


def test_the_secretary_may_announce_that_there_is_a_secret_point(client, cast, meeting, step, own):
    impose(cast, step)
    agenda.edit_item(step.items.get(), announced=True, by=cast.secretary)
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    response = page(client, cast.alderman, meeting)
    assert rows(response) == [("B1", "9.30", "Besloten agendapunt"), ("1", "9.30", "Inkoop")]
    assert response.context["items"][0].closed
    assert "dichtbij huis" not in response.content.decode()
    assert lines(page(client, cast.alderman, meeting, 1))[0] == ("B1", "Besloten agendapunt")


def test_a_paper_that_became_secret_is_gone_from_old_versions_too(client, cast, meeting, step, own):
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    impose(cast, step)
    assert rows(page(client, cast.alderman, meeting)) == [("2", "9.30", "Inkoop")]
    assert lines(page(client, cast.alderman, meeting, 1)) == [("2", "Inkoop")]


# Who ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "code"),
    [
        *(("secretary", 200), ("alderman", 200), ("adviser", 200), ("author", 200)),
        *(("official", 404), ("provider", 404), ("admin", 404), ("stranger", 404)),
    ],
)
def test_who_reads_a_version(client, cast, meeting, own, who, code):
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    assert page(client, getattr(cast, who), meeting, 1).status_code == code


def test_a_version_that_is_not_there_is_not_found(client, cast, meeting, own):
    assert page(client, cast.secretary, meeting, 1).status_code == 404


def test_the_author_reads_why_a_paper_no_longer_goes_along(client, cast, meeting, own):
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    other = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    route.plan_step(other.steps.get(), meeting, by=cast.author)
    client.force_login(cast.author)
    url = reverse("governance:proposal-detail", args=[cast.region.slug, other.number])
    text = client.get(url).content.decode()
    assert "Vraag de secretaris om dit stuk nog op de agenda te zetten." in text


def test_what_is_asked_is_in_sight_and_the_rest_is_counted(client, cast, meeting):
    points = [f"Punt {n} vast te stellen." for n in range(6)]
    proposal = make.proposal(cast.author, cast.team, points=points)
    to_board(proposal, cast, meeting)
    content = page(client, cast.alderman, meeting).content.decode()
    assert [point in content for point in points] == [True] * 4 + [False] * 2
    assert "En nog 2 beslispunten" in content
