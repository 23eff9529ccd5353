"""Two browsers in one row: nobody overwrites unseen what the other changed."""

import pytest
from django.urls import reverse

from governance.models import Recess, Region
from governance.views.organisation_kinds import KINDS

RECESS = KINDS["recessen"]
TYPED = {"name": "Kerst", "first_day": "21 december 2026", "last_day": "3 januari 2027"}


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def recess(admin, cast):
    admin.post(RECESS.url("add", cast.region), TYPED)
    return Recess.objects.get()


def opened(admin, url):
    """What the browser sends along that opened the page now."""
    return {"seen": admin.get(url).context["form"]["seen"].value()}


def test_a_stale_save_shows_both_values_and_keeps_what_was_typed(admin, cast, recess):
    url = RECESS.url("change", cast.region, recess.pk)
    first, second = opened(admin, url), opened(admin, url)
    admin.post(url, TYPED | first | {"name": "Kerstvakantie"})
    response = admin.post(url, TYPED | second | {"name": "Kerstreces"})
    form = response.context["form"]
    assert dict(form.errors) == {
        "name": [
            "Iemand anders wijzigde dit intussen; nu staat er ‘Kerstvakantie’. Wat u invulde "
            "staat hier nog. Sla opnieuw op om dat te laten gelden."
        ]
    }
    assert form["name"].value() == "Kerstreces"
    assert Recess.objects.get().name == "Kerstvakantie"

    again = {"seen": form["seen"].value()}
    admin.post(url, TYPED | again | {"name": "Kerstreces"})
    assert Recess.objects.get().name == "Kerstreces"


def test_what_only_the_other_changed_stays(admin, cast, recess):
    url = RECESS.url("change", cast.region, recess.pk)
    first, second = opened(admin, url), opened(admin, url)
    admin.post(url, TYPED | first | {"last_day": "10 januari 2027"})
    admin.post(url, TYPED | second | {"name": "Kerstreces"})
    row = Recess.objects.get()
    assert (row.name, f"{row.last_day:%d-%m-%Y}") == ("Kerstreces", "10-01-2027")


def test_another_row_of_the_history_is_no_start(admin, cast, recess):
    url = RECESS.url("change", cast.region, recess.pk)
    response = admin.post(url, TYPED | {"seen": "999999", "name": "Kerstreces"})
    assert list(response.context["form"].errors) == ["name"]


@pytest.mark.parametrize("seen", ["veel", "99999999999999999999"])
def test_what_is_no_key_is_refused(admin, cast, recess, seen):
    url = RECESS.url("change", cast.region, recess.pk)
    response = admin.post(url, TYPED | {"seen": seen, "name": "Kerstreces"})
    assert response.status_code == 200
    assert Recess.objects.get().name == "Kerst"


def test_a_choice_and_an_empty_field_are_shown_as_words(admin, cast):
    url = reverse("governance:organisation-region", args=["waterland"])
    region = cast.region
    region.save()
    typed = {"name": region.name, "block_label": "thema", "school_region": "noord", "address": "A"}
    first, second = opened(admin, url), opened(admin, url)
    admin.post(url, typed | first)
    response = admin.post(url, typed | second | {"school_region": "zuid", "address": "B"})
    errors = response.context["form"].errors
    assert "nu staat er ‘Noord’" in errors["school_region"][0]
    assert "nu staat er ‘A’" in errors["address"][0]
    assert Region.objects.get(pk=region.pk).school_region == "noord"
