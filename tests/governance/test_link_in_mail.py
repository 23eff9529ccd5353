"""The link of a mail on a device where nobody, or somebody else, is signed in."""

import re

import pytest

from core import clock
from core.models import OutboxMail
from governance.domain import questions
from tests.governance.views.test_item_detail import url
from tests.preparing import MONDAY, on_board

PASSWORD = "een lange zin voor de toets"


@pytest.fixture
def item(cast, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REQUIRE_SECOND_FACTOR = False
    cast.alderman.set_password(PASSWORD)
    cast.alderman.save()
    with clock.at(MONDAY):
        item = on_board(cast)
        question = questions.ask_question(item, text="Wie betaalt?", by=cast.alderman)
        questions.answer_question(question, answer="De regio.", by=cast.author)
        yield item


@pytest.fixture
def link(cast, item):
    """The path in the mail about the answer; a browser keeps what comes after # to itself."""
    text = OutboxMail.objects.get(to=cast.alderman.email).text
    found = re.search(r"http://127\.0\.0\.1:8000(\S+)#vragen", text)
    assert found
    return found[1]


def enter(client, address, person):
    return client.post(address, {"login": person.email, "password": PASSWORD})


def test_who_is_not_signed_in_lands_on_the_item(client, cast, item, link):
    asked = client.get(link)
    assert asked.url == f"/account/aanmelden/?next={link}"
    assert enter(client, asked.url, cast.alderman).url == link == url(item)
    assert "De regio." in client.get(link).content.decode()


def test_where_somebody_else_is_signed_in_she_changes_places_and_lands_there(
    client, cast, item, link
):
    client.force_login(cast.stranger)
    missing = client.get(link)
    assert missing.status_code == 404
    shown = missing.content.decode()
    assert f"U bent aangemeld als {cast.stranger.email}." in shown
    assert "Wie betaalt?" not in shown
    back = re.search(r'name="next" value="([^"]+)"', shown)[1]
    left = client.post("/account/afmelden/", {"next": back})
    assert left.url == f"/account/aanmelden/?next={link}"
    assert "_auth_user_id" not in client.session
    assert enter(client, left.url, cast.alderman).url == link


def test_a_link_elsewhere_is_not_followed(client, cast, item):
    asked = "/account/aanmelden/?next=https://elders.example/"
    assert enter(client, asked, cast.alderman).url == "/"
