"""What somebody types about an item is kept, comes back, and is gone once it is in its place."""

import json

import pytest
from django.urls import reverse

from core import clock
from core.models import Draft
from governance.domain import positions, questions
from tests.governance.views.test_item_detail import url
from tests.preparing import MONDAY, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


def keep(client, key, based_on=0, **data):
    body = {"key": key, "data": data, "base": {}, "base_revision": based_on, "serial": 1}
    return client.post(reverse("core:draft-save"), json.dumps(body), "application/json").status_code


@pytest.mark.parametrize(
    ("who", "kept"),
    [
        ("alderman", (200, 200, 404)),
        ("adviser", (404, 200, 404)),
        ("secretary", (404, 404, 200)),
        ("author", (404, 404, 200)),
        ("stranger", (404, 404, 404)),
    ],
)
def test_who_may_write_may_keep(client, cast, item, who, kept):
    question = questions.ask_question(item, text="Wie betaalt?", by=cast.alderman)
    client.force_login(getattr(cast, who))
    keys = (f"position:{item.pk}", f"question:{item.pk}", f"reply:{question.pk}")
    assert tuple(keep(client, key, text="Tekst") for key in keys) == kept


def test_a_condition_that_was_being_typed_is_there_again(client, cast, item):
    client.force_login(cast.alderman)
    keep(client, f"position:{item.pk}", text="Begin in de wijken.")
    box = client.get(url(item)).context["box"]
    assert (box.text, box.serial) == ("Begin in de wijken.", 1)
    client.post(url(item, "position"), {"choice": "agree_if", "text": box.text, "revision": "0"})
    assert not Draft.objects.exists()
    shown = client.get(url(item))
    told = f'data-draft-saved="position:{item.pk}"'
    assert told in shown.content.decode()
    assert told not in client.get(url(item)).content.decode()


def test_a_refused_position_keeps_its_draft_and_shows_what_was_typed(client, cast, item):
    client.force_login(cast.alderman)
    keep(client, f"position:{item.pk}", text="Begin")
    data = {"choice": "agree_if", "text": "Bel 06-12345678", "revision": "0"}
    assert client.post(url(item, "position"), data).context["box"].text == "Bel 06-12345678"
    assert Draft.objects.get().data == {"text": "Begin"}
    assert not item.positions.exists()


def test_what_was_typed_for_an_older_position_does_not_hide_the_newer(client, cast, item):
    client.force_login(cast.alderman)
    keep(client, f"position:{item.pk}", text="Oud.")
    positions.give_position(item, choice="agree_if", text="Nieuw.", by=cast.alderman)
    assert client.get(url(item)).context["box"].text == "Nieuw."


def test_a_question_and_its_answer_come_back_and_go(client, cast, item):
    client.force_login(cast.alderman)
    keep(client, f"question:{item.pk}", **{"vraag-text": "Wie betaalt"})
    assert client.get(url(item)).context["question_form"].initial == {"text": "Wie betaalt"}
    client.post(url(item, "ask"), {"vraag-text": "Wie betaalt dit?"})
    assert not Draft.objects.exists()
    question = item.questions.get()
    here = url(item, "answer", question=question.pk)
    client.force_login(cast.author)
    keep(client, f"reply:{question.pk}", based_on=1, answer="De reg")
    assert client.get(here).context["form"].initial["answer"] == "De reg"
    client.post(here, {"answer": "De regio.", "revision": "1"})
    assert not Draft.objects.exists()
    assert client.get(here).context["form"].initial["answer"] == "De regio."


def test_who_is_signed_out_comes_back_on_the_page_she_typed_on(client, item):
    asked = {"vraag-text": "Wie betaalt?"}
    came = client.post(
        url(item, "ask"), asked, headers={"referer": f"http://testserver{url(item)}"}
    )
    assert came.url == f"/account/aanmelden/?next={url(item)}"
    came = client.post(url(item, "ask"), asked, headers={"referer": "https://elders.example/x"})
    assert came.url == "/account/aanmelden/?next=/"


def test_a_script_is_told_where_to_sign_in_and_gets_no_page(client, item):
    headers = {"HX-Request": "true", "referer": f"http://testserver{url(item)}"}
    came = client.post(url(item, "note"), {"notitie-text": "x"}, headers=headers)
    assert (came.status_code, came.content) == (401, b"")
    assert came.headers["X-Sign-In"] == f"/account/aanmelden/?next={url(item)}"
