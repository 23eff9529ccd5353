"""Each kind of field as HTML: label, help and error are tied to the control, and nothing leaks."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from lxml import html

HOSTILE = "<script>alert(1)</script>\"'"


class Everything(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals op de kaart.")
    note = forms.CharField(label="Notitie", required=False, max_length=20, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Soort", choices=[("a", "A"), ("b", "B")])
    way = forms.ChoiceField(
        label="Weg", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="Een."
    )
    many = forms.MultipleChoiceField(
        label="Meer", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Akkoord", required=False)
    count = forms.IntegerField(label="Aantal", min_value=1)
    price = forms.DecimalField(label="Prijs")
    paper = forms.FileField(label="Bijlage")
    start = forms.SplitDateTimeField(label="Begin", widget=forms.SplitDateTimeWidget)
    born = forms.DateField(label="Dag", widget=forms.SelectDateWidget(years=[2026]))
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def render(form, helper=None):
    return html.fromstring(f"<div>{render_crispy_form(form, helper)}</div>")


def by_id(tree, name):
    (found,) = tree.xpath(f"//*[@id='{name}']")
    return found


@pytest.fixture
def empty():
    return render(Everything())


@pytest.fixture
def refused():
    return render(Everything({"count": "abc", "secret": "x"}))


def test_no_id_occurs_twice(refused):
    ids = refused.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", ["name", "note", "kind", "count", "price", "paper", "agreed"])
def test_one_label_points_to_the_control(empty, name):
    (label,) = empty.xpath(f"//label[@for='id_{name}']")
    assert by_id(empty, f"id_{name}").get("name") == name
    assert label.text_content().strip().startswith(Everything().fields[name].label)


def test_only_what_may_stay_empty_is_marked(empty):
    marked = empty.xpath("//*[@class='nlds-optional']/..")
    assert [label.get("for") for label in marked] == ["id_note"]


def test_a_field_can_say_that_it_is_asked_for_later():
    form = Everything()
    form.fields["note"].nlds_hide_optional = True
    assert render(form).xpath("//*[@class='nlds-optional']") == []


def test_a_search_form_marks_nothing():
    helper = FormHelper()
    helper.nlds_hide_optional = True
    assert render(Everything(), helper).xpath("//*[@class='nlds-optional']") == []


def test_help_and_error_are_tied_to_the_control(refused):
    control = by_id(refused, "id_name")
    assert control.get("aria-describedby") == "id_name_helptext id_name_error"
    assert control.get("aria-invalid") == "true"
    assert by_id(refused, "id_name_helptext").text_content() == "Zoals op de kaart."
    assert by_id(refused, "id_name_error").text_content() == "Dit veld is verplicht."


@pytest.mark.parametrize(("name", "legend"), [("way", "Weg"), ("many", "Meer"), ("start", "Begin")])
def test_a_group_has_a_legend_and_its_error(refused, name, legend):
    (group,) = refused.xpath(f"//fieldset[.//*[starts-with(@name, '{name}')]]")
    assert group.find("legend").text_content() == legend
    assert f"id_{name}_error" in group.get("aria-describedby").split()


def test_the_options_of_a_group_have_labels_of_their_own(empty):
    labels = empty.xpath("//label[input[@type='radio']]")
    assert [label.text_content().strip() for label in labels] == ["A", "B"]
    assert [label.get("for") for label in labels] == ["id_way_0", "id_way_1"]


def test_the_summary_links_to_every_field_with_an_error(refused):
    (summary,) = refused.xpath("//*[@data-error-summary]")
    targets = [link.get("href").lstrip("#") for link in summary.xpath(".//a")]
    assert targets == [
        "id_name",
        "id_kind",
        "id_way_0",
        "id_many_0",
        "id_count",
        "id_price",
        "id_paper",
        "id_start_0",
        "id_born_day",
    ]
    for target in targets:
        by_id(refused, target)
    assert summary.xpath("string(.//h2)") == "Er kloppen nog 9 dingen niet"


def test_an_empty_form_has_no_summary_and_the_browser_does_not_interfere(empty):
    assert empty.xpath("//*[@data-error-summary]") == []
    assert empty.xpath("//form[@novalidate and @enctype='multipart/form-data']")


def test_numbers_are_text_so_that_the_server_can_explain(refused):
    assert by_id(refused, "id_count").get("type") == "text"
    assert by_id(refused, "id_count").get("inputmode") == "numeric"
    assert by_id(refused, "id_price").get("inputmode") == "decimal"
    assert by_id(refused, "id_count").get("value") == "abc"


def test_a_long_text_is_counted_and_not_cut_off(empty):
    assert by_id(empty, "id_note").get("maxlength") is None
    assert by_id(empty, "id_note").get("data-max-length") == "20"


def test_there_is_no_placeholder(empty):
    assert empty.xpath("//@placeholder") == []


def test_hostile_words_stay_words():
    class Hostile(forms.Form):
        field = forms.CharField(label=HOSTILE, help_text=HOSTILE)
        group = forms.ChoiceField(
            label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect
        )

        def clean(self):
            raise forms.ValidationError(HOSTILE)

    tree = render(Hostile({"group": HOSTILE}))
    assert tree.xpath("//script") == []
    assert by_id(tree, "id_group_0").get("value") == HOSTILE
    assert by_id(tree, "id_field_helptext").text_content() == HOSTILE


def test_a_layout_groups_fields_and_buttons_take_their_look():
    helper = FormHelper()
    helper.layout = Layout(Fieldset("Wie", "name"))
    helper.add_input(Submit("save", "Opslaan"))
    helper.add_input(Submit("later", "Later", css_class="secondary"))
    tree = render(Everything(), helper)
    assert tree.xpath("string(//fieldset/legend)") == "Wie"
    assert [button.get("class") for button in tree.xpath("//button")] == [
        "utrecht-button utrecht-button--primary-action",
        "utrecht-button utrecht-button--secondary-action",
    ]
