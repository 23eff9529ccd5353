from datetime import date, time

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from core.formats import long_date
from core.forms import (
    DATE_WRONG,
    TIME_WRONG,
    YEAR_SHORT,
    DutchDateField,
    DutchTimeField,
    GuardedFormMixin,
    add_refused,
    parse_date,
)
from core.money import EuroFormField
from core.refusal import Refusal, Refused


class NoteForm(GuardedFormMixin, forms.Form):
    title = forms.CharField()
    text = forms.CharField(required=False)
    email = forms.EmailField(required=False)
    amount = EuroFormField(required=False)


@pytest.mark.parametrize(
    "text",
    [
        "22-11-2026",
        "22/11/2026",
        "22 11 2026",
        " 22  november 2026 ",
        "22 nov 2026",
        "22 nov. 2026",
        "zondag 22 november 2026",
        "Zondag, 22 November 2026",
        "2026-11-22",
    ],
)
def test_a_date_is_read_as_people_write_it(text):
    assert DutchDateField().clean(text) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", DATE_WRONG),
        ("morgen", DATE_WRONG),
        ("22 ma 2026", DATE_WRONG),
        ("22-11-26", YEAR_SHORT),
        ("31-02-2026", "31-02-2026 bestaat niet. Controleer dag en maand."),
    ],
)
def test_a_wrong_date_says_how(text, reason):
    with pytest.raises(forms.ValidationError) as caught:
        DutchDateField().clean(text)
    assert caught.value.messages == [reason]


@given(st.dates())
def test_a_shown_date_is_read_back(day):
    shown = DutchDateField().prepare_value(day)
    if day.year >= 1000:
        assert parse_date(shown) == parse_date(long_date(day, weekday=True)) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9.30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("09.30 uur", time(9, 30)),
        ("14 uur", time(14)),
        ("14:00:00", time(14)),
    ],
)
def test_a_time_is_read_as_people_write_it(text, moment):
    assert DutchTimeField().clean(text) == moment


@pytest.mark.parametrize("text", ["25.00", "9", "9.3", "half tien", "9.75"])
def test_a_wrong_time_says_how(text):
    with pytest.raises(forms.ValidationError) as caught:
        DutchTimeField().clean(text)
    assert caught.value.messages == [TIME_WRONG]


def test_an_unchanged_date_is_seen_as_unchanged():
    assert not DutchDateField().has_changed(date(2026, 11, 22), "22 november 2026")
    assert DutchDateField().has_changed(date(2026, 11, 22), "morgen")


def test_the_guard_asks_once_and_takes_the_confirmation():
    data = {"title": "bel 06-12345678", "email": "a@b.nl"}
    form = NoteForm(data)
    assert form["personal_data_confirmed"].is_hidden is True
    assert list(form.errors) == ["title"]
    assert form["personal_data_confirmed"].is_hidden is False
    again = NoteForm({**data, "personal_data_confirmed": "on"})
    assert again.is_valid()
    assert again.cleaned_data == {**data, "text": "", "amount": None}


def test_a_citizen_service_number_stops_the_form_whatever_is_confirmed():
    form = NoteForm({"title": "a", "text": "123456782", "personal_data_confirmed": "on"})
    assert form.errors.as_data()["text"][0].code == "bsn"
    assert list(form.errors) == ["text"]


def test_a_calm_text_asks_nothing():
    form = NoteForm({"title": "Plan van aanpak", "amount": "1.234,56"})
    assert form.is_valid()
    assert form["personal_data_confirmed"].is_hidden is True


def test_refusals_are_shown_at_their_field_or_above_the_form():
    form = NoteForm({"title": "a"})
    add_refused(form, Refused(Refusal("Te kort.", "title"), Refusal("Niet nu."), Refusal("X", "y")))
    assert form.errors == {"title": ["Te kort."], "__all__": ["Niet nu.", "X"]}
