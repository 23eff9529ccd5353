"""What is still to be prepared, counted on the home page: positions, annotations, questions."""

import pytest

from core import clock
from governance.domain import annotations, positions, questions
from tests.preparing import MONDAY, after, deputy, on_board
from tests.regiovisie.home import page, papers, tasks


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def three(cast):
    return [on_board(cast, subject) for subject in ("Een", "Twee", "Drie")]


def head(client, person, cast):
    context = page(client, person, cast.region).context
    return context["title"], context["lead"].partition("uur. ")[2]


def test_the_alderman_counts_down(client, cast, three):
    until = "tot woensdag 4 november, 12.00 uur."
    assert head(client, cast.alderman, cast) == (
        "Uw standpunt wordt gevraagd",
        f"Nog 3 van 3 standpunten te geven, {until}",
    )
    positions.give_position(three[0], choice="agree", by=cast.alderman)
    assert head(client, cast.alderman, cast)[1] == f"Nog 2 van 3 standpunten te geven, {until}"
    ((_, items),) = papers(client, cast.alderman, cast.region)
    assert [(due, title) for due, title, _ in items] == [
        ("Besluiten", "Een"),
        ("Wo 4 november", "Twee"),
        ("Wo 4 november", "Drie"),
    ]
    (agenda,) = page(client, cast.alderman, cast.region).context["agendas"]
    assert [item.now for item in agenda.items] == [False, True, True]
    assert (agenda.start.label, agenda.items[1].url) == ("Twee", agenda.start.url)


def test_who_gave_all_or_is_late_only_reads(client, cast, three):
    for item in three:
        positions.give_position(item, choice="agree", by=cast.alderman)
    assert head(client, cast.alderman, cast)[0] == "Uw vergadering over 3 dagen"
    with after():
        other = cast.board_members[1].user
        assert head(client, other, cast)[0] == "Uw vergadering is morgen"


def test_a_deputy_is_not_asked(client, cast, three):
    assert head(client, deputy(cast), cast)[0] == "Uw vergadering over 3 dagen"


def test_the_adviser_annotates_what_is_left(client, cast, three):
    annotations.annotate(
        three[0],
        cast.municipality,
        values={"line": "Stem in.", "text": ""},
        base={"line": "", "text": ""},
        base_revision=0,
        by=cast.adviser,
    )
    assert head(client, cast.adviser, cast) == (
        "Uw annotatie wordt gevraagd",
        "Annoteer 2 punten, tot woensdag 4 november, 12.00 uur.",
    )


def test_a_question_waits_for_the_team_and_its_answer_for_who_asked(client, cast, three):
    question = questions.ask_question(three[0], text="Wie betaalt?", by=cast.alderman)
    asked = ("Do 5 november", "over 3 dagen", "Beantwoord de vraag van wethouder Aardam")
    assert asked in tasks(client, cast.author, cast.region)
    assert asked in tasks(client, cast.secretary, cast.region)
    questions.answer_question(question, answer="De regio.", by=cast.author)
    assert asked not in tasks(client, cast.author, cast.region)
    waits = [title for _, _, title in tasks(client, cast.alderman, cast.region)]
    assert waits == ["Geef uw standpunt voor Bestuur", "Lees het antwoord op uw vraag"]
    questions.mark_seen(three[0], by=cast.alderman)
    assert tasks(client, cast.alderman, cast.region) == []
