import pytest
from django.urls import reverse

from core import clock
from governance.domain import annotations, positions, questions, route, secrecy
from governance.enums import ItemKind
from governance.models import AgendaItem, Question, ReadingLog
from tests import factories as make
from tests.preparing import MONDAY, after, chair, on_board

PREPARED = ("alderman", "adviser", "author", "secretary")


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


def url(item, name="detail", **more):
    where = {"region": "waterland", "pk": item.meeting_id, "item": item.pk, **more}
    return reverse(f"governance:item-{name}", kwargs=where)


def page(client, person, item):
    client.force_login(person)
    return client.get(url(item))


def prepare(cast, item):
    """An annotation of Aardam, a question with its answer, and two positions."""
    annotations.annotate(
        item,
        cast.municipality,
        values={"line": "Stem in, let op de kosten.", "text": ""},
        base={"line": "", "text": ""},
        base_revision=0,
        by=cast.adviser,
    )
    question = questions.ask_question(item, text="Wie betaalt dit?", by=cast.alderman)
    questions.answer_question(question, answer="De regio betaalt.", by=cast.author)
    positions.give_position(item, choice="agree", by=cast.alderman)
    other = cast.board_members[1].user
    positions.give_position(item, choice="agree_if", text="Begin klein.", by=other)


def test_the_alderman_sees_what_is_asked_and_until_when(client, cast, item):
    response = page(client, cast.alderman, item)
    html = response.content.decode()
    assert response.context["title"] == "Meer hulp dichtbij huis"
    assert response.context["status"] == "Uw standpunt kan tot woensdag 4 november, 12.00 uur."
    for words in (
        "Agendapunt 1",
        "Het plan vast te stellen.",
        "Lees het hele stuk, versie 1",
    ):
        assert words in html
    assert "Alleen u ziet dit in het portaal; technisch beheer van de database kan erbij." in html


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("alderman", {"line", "answer"}),
        ("adviser", {"line", "answer"}),
        ("author", {"answer"}),
        ("secretary", {"answer", "condition"}),
    ],
)
def test_each_sees_her_own_part_before_the_deadline(client, cast, item, who, sees):
    prepare(cast, item)
    html = page(client, getattr(cast, who), item).content.decode()
    texts = {
        "line": "Stem in, let op de kosten.",
        "answer": "De regio betaalt.",
        "condition": "Begin klein.",
    }
    assert {name for name, text in texts.items() if text in html} == sees


def test_after_the_deadline_members_see_how_others_stand(client, cast, item):
    prepare(cast, item)
    with after():
        response = page(client, cast.alderman, item)
        assert response.context["stands"].tally.in_words == "1 akkoord, 1 akkoord mits, 1 nog niet"
        closed = "Standpunten konden tot woensdag 4 november 2026, 12.00 uur."
        assert closed in response.content.decode()
        adviser = page(client, cast.adviser, item).context["stands"]
    assert ([row.name for row in adviser.rows], adviser.tally) == (
        ["wethouder Aardam"],
        None,
    )


@pytest.mark.parametrize("who", ["official", "provider", "admin", "reader", "stranger", "coauthor"])
def test_for_others_it_is_not_there(client, cast, item, who):
    assert page(client, getattr(cast, who), item).status_code == 404


def test_an_item_of_another_meeting_is_not_there(client, cast, item):
    client.force_login(cast.alderman)
    other = make.meeting(cast.board, 10)
    wrong = {"region": "waterland", "pk": other.pk, "item": item.pk}
    assert client.get(reverse("governance:item-detail", kwargs=wrong)).status_code == 404


def test_previous_and_next_pass_by_what_is_hidden(client, cast, item):
    secret = on_board(cast, "Geheim stuk")
    last = on_board(cast, "Het laatste stuk")
    secrecy.impose_secrecy(
        secret.step.proposal,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary],
        by=cast.secretary,
    )
    place = page(client, cast.alderman, item).context["place"]
    assert (place.number, place.previous, place.next.note) == ("1", None, "2")
    assert (place.next.label, place.next.url) == ("Het laatste stuk", url(last))
    assert page(client, cast.alderman, secret).status_code == 404
    assert ReadingLog.objects.count() == 0
    place = page(client, cast.secretary, secret).context["place"]
    assert (place.number, place.previous.note, place.next.note) == ("B1", "1", "2")
    assert [log.user for log in ReadingLog.objects.all()] == [cast.secretary]


def test_a_point_without_a_paper_has_a_page_too(client, cast, item):
    own = AgendaItem.objects.create(
        meeting=item.meeting, order=9, kind=ItemKind.OWN, title="Rondvraag", text="Wie heeft iets?"
    )
    assert page(client, cast.alderman, own).status_code == 404
    with clock.at(item.meeting.starts_at):
        response = page(client, cast.alderman, own)
    assert (response.context["title"], response.context["box"]) == ("Rondvraag", None)
    assert "Wie heeft iets?" in response.content.decode()


def test_advice_and_what_came_of_it_stand_on_the_page(client, cast):
    proposal = make.routed(
        cast.author, cast.team, (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
    )
    first, last = proposal.steps.all()
    make.on_agenda(first, cast.author, make.meeting(cast.aoj, 1))
    (point,) = make.advised(first, "Begin in de wijken.", by=cast.aoj_secretary)
    make.answered(point, cast.author)
    step = make.on_agenda(last, cast.author, make.meeting(cast.board, 3))
    response = page(client, cast.alderman, AgendaItem.objects.get(step=step))
    figures = [(fact.label, fact.value, fact.note) for fact in response.context["figures"]]
    assert figures == [("Adviespunten", 1, "1 overgenomen")]
    assert "Begin in de wijken." in response.content.decode()


def test_who_asked_and_opens_the_page_has_seen_the_answer(client, cast, item):
    prepare(cast, item)
    page(client, cast.adviser, item)
    assert Question.objects.get().seen_at is None
    page(client, cast.alderman, item)
    assert Question.objects.get().seen_at is not None


def test_the_chair_finds_two_buttons_and_a_member_none(client, cast, item):
    prepare(cast, item)
    stands = page(client, chair(cast), item).context["stands"]
    assert [label for _, label in stands.treatments] == ["hamerstuk", "bespreekstuk"]
    assert stands.suggestion == "Niet iedereen is akkoord: dit wordt een bespreekstuk."
    assert page(client, cast.alderman, item).context["stands"].treatments == []


def test_what_was_held_over_is_closed(client, cast, item):
    positions.give_position(item, choice="agree", by=cast.alderman)
    route.hold_over(item.step, why="Later.", by=cast.secretary)
    box = page(client, cast.alderman, item).context["box"]
    assert (box.choice, box.closed) == ("agree", "Dit agendapunt is al behandeld of aangehouden.")


@pytest.mark.parametrize("who", PREPARED)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_queries_do_not_grow(client, cast, item, django_assert_num_queries, who, rows):
    for number in range(rows - 1):
        on_board(cast, f"Stuk {number}")
        questions.ask_question(item, text="Waarom?", by=cast.adviser)
    prepare(cast, item)
    for member in cast.board_members[1:rows]:
        positions.give_position(item, choice="discuss", by=member.user)
    person = getattr(cast, who)
    page(client, person, item)
    with django_assert_num_queries(QUERIES[who]):
        client.get(url(item))


QUERIES = {"alderman": 45, "adviser": 41, "author": 43, "secretary": 44}
