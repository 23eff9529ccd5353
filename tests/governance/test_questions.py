import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import OutboxMail, StatusChange
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import questions
from governance.models import Question
from tests.preparing import MONDAY, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast, "Geheime titel")


@pytest.fixture
def question(cast, item):
    return questions.ask_question(item, text="Wie betaalt dit?", by=cast.alderman)


def test_a_member_asks_and_the_team_answers(cast, question):
    assert (question.asker, question.membership) == ("wethouder Aardam", cast.board_members[0])
    answered = questions.answer_question(question, answer="De regio.", by=cast.author)
    assert (answered.answer, answered.answered_by) == ("De regio.", cast.author)
    acts = StatusChange.of(question).values_list("act", flat=True)
    assert list(acts) == ["question_answered", "asked"]


def test_the_mail_to_the_asker_does_not_say_what_it_is_about(cast, question):
    questions.answer_question(question, answer="De regio.", by=cast.secretary)
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == (
        cast.alderman.email,
        "Uw vraag bij een agendapunt is beantwoord",
    )
    item = question.item
    assert f"/waterland/vergaderingen/{item.meeting_id}/{item.pk}/#vragen" in mail.text
    assert "donderdag 5 november 2026, 9.30 uur" in mail.text
    for word in ("Geheime titel", "Wie betaalt", "De regio."):
        assert word not in mail.text


def test_a_shielded_member_is_named_by_her_role(cast, item):
    cast.board_members[0].shielded = True
    cast.board_members[0].save()
    assert questions.ask_question(item, text="Waarom?", by=cast.alderman).asker == "lid"


def test_an_adviser_asks_too_and_who_answers_does_not(cast, item):
    asked = questions.ask_question(item, text="Waarom?", by=cast.adviser)
    assert (asked.asker, asked.membership) == ("adviseur van de wethouder van Aardam", None)
    for other in (cast.secretary, cast.author, cast.official):
        with pytest.raises(PermissionDenied):
            questions.ask_question(item, text="Waarom?", by=other)
    for other in (cast.alderman, cast.adviser, cast.aoj_secretary):
        with pytest.raises(PermissionDenied):
            questions.answer_question(asked, answer="Daarom.", by=other)


def test_what_is_empty_holds_a_bsn_or_comes_late_is_refused(cast, item, question):
    for text, said in [(" ", "Schrijf uw vraag op."), ("bsn 111222333", "burgerservicenummer")]:
        with pytest.raises(Refused, match=said):
            questions.ask_question(item, text=text, by=cast.alderman)
    with pytest.raises(Refused, match="Schrijf het antwoord op"):
        questions.answer_question(question, answer="", by=cast.author)
    with clock.at(item.meeting.starts_at), pytest.raises(Refused, match="al begonnen"):
        questions.ask_question(item, text="Waarom?", by=cast.alderman)


def test_two_answers_at_once_lose_nothing(cast, question):
    questions.answer_question(question, answer="De regio.", by=cast.author, base_revision=1)
    with pytest.raises(Conflict) as conflict:
        questions.answer_question(question, answer="Niemand.", by=cast.secretary, base_revision=1)
    assert [(c.mine, c.theirs) for c in conflict.value.clashes] == [("Niemand.", "De regio.")]
    corrected = questions.answer_question(
        question, answer="De gemeenten.", by=cast.secretary, base_revision=2
    )
    assert (corrected.answer, OutboxMail.objects.count()) == ("De gemeenten.", 2)


def test_the_asker_who_opens_the_page_has_seen_it(cast, item, question):
    questions.answer_question(question, answer="De regio.", by=cast.author)
    questions.mark_seen(item, by=cast.adviser)
    assert Question.objects.get().seen_at is None
    questions.mark_seen(item, by=cast.alderman)
    assert Question.objects.get().seen_at == clock.now()
    assert question.history.count() == 2
