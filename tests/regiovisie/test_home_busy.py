"""Homes on a busy day: what is asked comes first, what is later folds, nothing is said in vain."""

from datetime import timedelta

import pytest

from core import clock
from governance.domain import agenda_versions
from governance.domain.action_points import add_action
from tests import factories as make
from tests.governance.books import made
from tests.preparing import MONDAY, on_board
from tests.regiovisie.home import page, papers


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


def test_what_is_asked_goes_before_a_meeting_that_is_nearer(client, cast):
    make.member(cast.steering, cast.alderman, has_vote=False)
    stops = (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    near = make.routed(cast.author, cast.team, *stops, subject="Lezen")
    make.on_agenda(near.steps.first(), cast.author, make.meeting(cast.steering, 1))
    on_board(cast, "Beslissen")
    found = papers(client, cast.alderman, cast.region)
    assert [(head, [title for _, title, _ in rows]) for head, rows in found] == [
        ("Bestuur", ["Beslissen"]),
        ("Stuurgroep", ["Lezen"]),
    ]
    assert (
        page(client, cast.alderman, cast.region).context["title"] == "Uw standpunt wordt gevraagd"
    )


def test_the_papers_stand_as_on_the_agenda_and_the_first_is_where_she_begins(client, cast):
    first, second = on_board(cast, "Eerst gemaakt"), on_board(cast, "Vooraan")
    first.order, second.order = 2, 1
    first.save()
    second.save()
    ((_, rows),) = papers(client, cast.alderman, cast.region)
    assert [title for _, title, _ in rows] == ["Vooraan", "Eerst gemaakt"]
    (agenda,) = page(client, cast.alderman, cast.region).context["agendas"]
    assert agenda.start.label == "Vooraan"


@pytest.mark.parametrize(("jobs", "in_sight", "folded"), [(11, 11, 0), (12, 10, 2), (30, 10, 20)])
def test_ten_tasks_are_in_sight_and_the_later_ones_fold(client, cast, jobs, in_sight, folded):
    for number in range(jobs):
        add_action(
            cast.board,
            text=f"Toezegging {number}",
            owner=cast.board_members[0],
            due=clock.today() + timedelta(days=30 - number),
            by=cast.secretary,
        )
    shown = page(client, cast.alderman, cast.region)
    context = shown.context
    assert (len(context["tasks"]), len(context["later"])) == (in_sight, folded)
    assert context["tasks"][0].title == f"Actiepunt: Toezegging {jobs - 1}"
    assert ("Nog 20 taken voor later" in shown.content.decode()) is (folded == 20)


def test_until_when_papers_come_in_is_said_to_who_delivers_them(client, cast):
    make.meeting(cast.board, 20)
    notes = {
        who: page(client, getattr(cast, who), cast.region).context["meetings"][0].note
        for who in ("author", "secretary", "alderman", "adviser")
    }
    assert {who for who, note in notes.items() if "leverdatum" in note} == {"author", "secretary"}


def test_all_papers_as_one_file_once_it_is_ready(client, cast):
    meeting = on_board(cast).meeting
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    (agenda,) = page(client, cast.alderman, cast.region).context["agendas"]
    assert agenda.book is None
    book = made(meeting, cast.secretary)
    shown = page(client, cast.alderman, cast.region)
    (agenda,) = shown.context["agendas"]
    assert agenda.book.label == f"Alle stukken als één pdf ({book.pages} bladzijden)"
    assert f'href="{agenda.book.url}"' in shown.content.decode()


def test_a_decision_of_years_ago_is_no_news(client, cast):
    with clock.at(MONDAY - timedelta(days=400)):
        step = make.routed(cast.author, cast.team, (cast.board, make.DECIDE)).steps.get()
        make.decided(make.on_agenda(step, cast.author, make.meeting(cast.board, 1)), cast.secretary)
    assert page(client, cast.alderman, cast.region).context["decisions"] == []
