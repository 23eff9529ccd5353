"""One tap on two pages, with a script and without; the deadline, the treatment, the condition."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from core import clock
from governance.domain import positions
from governance.models import AdvicePoint, Meeting, Position
from tests import factories as make
from tests.governance.views.test_item_detail import url
from tests.preparing import MONDAY, after, again, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


@pytest.fixture
def alderman(client, cast):
    client.force_login(cast.alderman)
    return client


def tap(client, item, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(url(item, "position"), {"revision": "0", **data}, headers=headers)


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_tap_on_the_page_of_the_meeting_leads_back_to_the_item_in_it(alderman, item):
    response = tap(alderman, item, choice="agree", on="meeting")
    assert response.url == f"/waterland/vergaderingen/{item.meeting_id}/#punt-{item.pk}"
    assert told(response) == ["Uw standpunt is doorgegeven: akkoord."]
    meeting = alderman.get(response.url.partition("#")[0])
    (row,) = meeting.context["items"]
    assert (row.prepared.box.choice, meeting.context["now"]) == ("agree", None)


def test_with_a_script_only_the_box_comes_back(alderman, item):
    response = tap(alderman, item, htmx=True, choice="discuss", on="meeting")
    html = response.content.decode()
    assert "<html" not in html
    assert "Uw standpunt is doorgegeven: bespreken." in html
    assert 'name="revision" value="1"' in html


def test_a_condition_without_its_text_keeps_what_was_chosen(alderman, item):
    response = tap(alderman, item, choice="agree_if", text="")
    box = response.context["box"]
    assert (box.asked, box.error) == ("agree_if", "Zeg erbij wat er anders moet.")
    response = tap(alderman, item, choice="agree_if", text="Begin klein.")
    assert response.url == f"{url(item)}#standpunt"
    assert Position.objects.get().text == "Begin klein."


def test_the_choice_that_needs_a_text_leads_from_the_meeting_to_the_item(alderman, item):
    meeting = reverse("governance:meeting-detail", args=["waterland", item.meeting_id])
    link = f"{url(item)}?standpunt=agree_if#standpunt"
    assert link in alderman.get(meeting).content.decode()
    assert alderman.get(f"{url(item)}?standpunt=agree_if").context["box"].asked == "agree_if"
    assert alderman.get(f"{url(item)}?standpunt=onzin").context["box"].asked == ""


def test_a_second_device_hears_what_stands_and_keeps_its_text(alderman, item, cast):
    tap(alderman, item, choice="agree")
    response = tap(alderman, item, choice="object", text="Te duur.")
    box = response.context["box"]
    assert (box.choice, box.text, box.revision) == ("agree", "Te duur.", 1)
    assert box.error == (
        "Uw standpunt is intussen gewijzigd. Het is nu ‘akkoord’. "
        "Kies opnieuw als u het anders wilt."
    )
    tap(alderman, item, choice="object", text="Te duur.", revision="1")
    assert Position.objects.get().choice == "object"


def test_a_phone_number_asks_once_and_a_bsn_never_passes(alderman, item):
    text = "Bel 06 12345678."
    response = tap(alderman, item, choice="object", text=text)
    assert response.context["box"].confirm == "1"
    assert tap(alderman, item, choice="object", text="bsn 111222333").context["box"].confirm == ""
    tap(alderman, item, choice="object", text=text, personal_data_confirmed="on")
    assert Position.objects.get().text == text


def test_after_the_deadline_it_is_refused(alderman, item):
    with after():
        response = tap(alderman, item, choice="agree", on="meeting")
    assert told(response)[0].startswith("Standpunten konden tot woensdag 4 november 2026")
    assert Position.objects.count() == 0


def test_who_may_not_gets_a_403_that_says_so(client, cast, item):
    client.force_login(cast.adviser)
    response = tap(client, item, choice="agree")
    assert response.status_code == 403
    assert "Een standpunt geven kan een lid met stemrecht." in response.content.decode()


def test_the_secretary_sets_the_deadline_and_the_treatment(client, cast, item):
    client.force_login(cast.secretary)
    here = reverse("governance:meeting-deadline", args=["waterland", item.meeting_id])
    client.post(here, {"day": "5-11-2026", "time": "9.00 uur"})
    assert Meeting.objects.get().positions_until == make.moment(3, 9, 0)
    wrong = client.post(here, {"day": "6-11-2026", "time": "9.00 uur"})
    assert "Kies een moment dat nog komt" in wrong.content.decode()
    response = client.post(url(item, "treatment"), {"treatment": "formality"})
    assert (response.url, again(item).treatment) == (f"{url(item)}#standpunten", "formality")


def test_the_secretary_takes_a_condition_over_in_one_click(client, cast, item):
    given = positions.give_position(item, choice="agree_if", text="Sneller.", by=cast.alderman)
    client.force_login(cast.secretary)
    here = url(item, "condition", position=given.pk)
    assert told(client.post(here))[0].startswith("Dit kan na woensdag 4 november 2026")
    with after():
        assert here in client.get(url(item)).content.decode()
        client.post(here)
        assert here not in client.get(url(item)).content.decode()
    assert AdvicePoint.objects.get().text == "Sneller."


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_the_meeting_counts_what_is_still_to_give(alderman, cast, item, count):
    for number in range(count - 1):
        on_board(cast, f"Stuk {number}")
    meeting = reverse("governance:meeting-detail", args=["waterland", item.meeting_id])
    words = {
        1: "Nog uw standpunt te geven, tot woensdag 4 november, 12.00 uur",
        3: "Nog 3 van 3 standpunten te geven, tot woensdag 4 november, 12.00 uur",
    }
    assert alderman.get(meeting).context["now"].what == words[count]
