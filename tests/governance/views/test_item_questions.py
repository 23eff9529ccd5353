"""Asking, answering and the private note, on the page of an item."""

import pytest

from core import clock
from core.models import Draft
from governance.domain import questions
from governance.models import PrivateNote, Question
from tests.governance.views.test_item_detail import url
from tests.preparing import MONDAY, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


def test_a_member_asks_and_the_team_answers(client, cast, item):
    client.force_login(cast.alderman)
    response = client.post(url(item, "ask"), {"vraag-text": "Wie betaalt dit?"})
    assert response.url == f"{url(item)}#vragen"
    question = Question.objects.get()
    client.force_login(cast.author)
    here = url(item, "answer", question=question.pk)
    lead = client.get(here).context["lead"]
    assert lead == "wethouder Aardam vraagt: Wie betaalt dit?"
    client.post(here, {"answer": "De regio.", "revision": "1"})
    client.force_login(cast.board_members[1].user)
    assert "De regio." in client.get(url(item)).content.decode()


def test_what_is_wrong_with_a_question_stands_above_the_page(client, cast, item):
    client.force_login(cast.alderman)
    response = client.post(url(item, "ask"), {"vraag-text": ""})
    assert "Schrijf uw vraag op." in response.content.decode()
    assert "Er is nog niets opgeslagen." in response.content.decode()


def test_a_second_answer_is_not_stored_over_the_first(client, cast, item):
    question = questions.ask_question(item, text="Wie betaalt?", by=cast.alderman)
    here = url(item, "answer", question=question.pk)
    client.force_login(cast.author)
    client.post(here, {"answer": "De regio.", "revision": "1"})
    client.force_login(cast.secretary)
    response = client.post(here, {"answer": "Niemand.", "revision": "1"})
    assert "Iemand anders antwoordde intussen: ‘De regio.’." in str(response.context["form"].errors)
    assert response.context["form"]["answer"].value() == "Niemand."
    client.post(
        here, {"answer": "Niemand.", "revision": response.context["form"]["revision"].value()}
    )
    assert Question.objects.get().answer == "Niemand."


@pytest.mark.parametrize(
    ("who", "ask", "answer"),
    [("alderman", 302, 403), ("secretary", 403, 200), ("author", 403, 200)],
)
def test_who_asks_and_who_answers(client, cast, item, who, ask, answer):
    question = questions.ask_question(item, text="Wie betaalt?", by=cast.adviser)
    client.force_login(getattr(cast, who))
    assert client.post(url(item, "ask"), {"vraag-text": "Waarom?"}).status_code == ask
    assert client.get(url(item, "answer", question=question.pk)).status_code == answer


def test_a_note_is_kept_with_the_button_and_while_typing(client, cast, item):
    client.force_login(cast.alderman)
    response = client.post(url(item, "note"), {"notitie-text": "Navragen."})
    assert response.url == f"{url(item)}#notitie"
    typing = {"HX-Request": "true"}
    said = client.post(url(item, "note"), {"notitie-text": "Navragen!"}, headers=typing)
    assert said.content.decode().strip() == "Bewaard om 8.00 uur"
    wrong = client.post(url(item, "note"), {"notitie-text": "bsn 111222333"}, headers=typing)
    assert wrong.content.decode().strip().startswith("Niet bewaard. Hier lijkt een")
    assert PrivateNote.objects.get().text == "Navragen!"
    assert Draft.objects.count() == 0
    assert "Navragen!" in client.get(url(item)).content.decode()


def test_a_note_with_a_phone_number_asks_once(client, cast, item):
    client.force_login(cast.alderman)
    response = client.post(url(item, "note"), {"notitie-text": "Bel 06 12345678."})
    assert "Deze persoonsgegevens mogen hier staan" in response.content.decode()
    sent = {"notitie-text": "Bel 06 12345678.", "notitie-personal_data_confirmed": "on"}
    client.post(url(item, "note"), sent)
    assert PrivateNote.objects.get().text == "Bel 06 12345678."


def test_nobody_else_sees_it_or_has_one(client, cast, item):
    client.force_login(cast.alderman)
    client.post(url(item, "note"), {"notitie-text": "Navragen."})
    for who in ("secretary", "author", "adviser"):
        client.force_login(getattr(cast, who))
        assert "Navragen." not in client.get(url(item)).content.decode()
    for who, code in [("adviser", 403), ("author", 403), ("official", 404)]:
        client.force_login(getattr(cast, who))
        assert client.post(url(item, "note"), {"notitie-text": "X"}).status_code == code
