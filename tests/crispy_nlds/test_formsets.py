"""Formsets: a group or a row per form, one summary above, labels that tell the rows apart."""

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms
from lxml import html


class Line(forms.Form):
    what = forms.CharField(label="Wat")


Lines = forms.formset_factory(Line, extra=2, can_delete=True)
POSTED = {
    "form-TOTAL_FORMS": "2",
    "form-INITIAL_FORMS": "2",
    "form-0-what": "Iets",
    "form-1-what": "",
}


def render(formset, template=None):
    helper = FormHelper()
    if template:
        helper.template = template
    return html.fromstring(f"<div>{render_crispy_form(formset, helper)}</div>")


def test_each_form_is_a_group_with_the_management_form_once():
    tree = render(Lines())
    assert tree.xpath("//fieldset/legend/text()") == ["Regel 1", "Regel 2"]
    assert len(tree.xpath("//input[@name='form-TOTAL_FORMS']")) == 1


def test_the_summary_names_the_row():
    tree = render(Lines(POSTED))
    (link,) = tree.xpath("//*[@data-error-summary]//a")
    assert link.get("href") == "#id_form-1-what"
    assert link.text_content() == "Wat, regel 2: Dit veld is verplicht."


def test_a_table_has_heads_and_a_label_in_each_cell():
    tree = render(Lines(), "nlds/table_inline_formset.html")
    heads = [head.text_content() for head in tree.xpath("//th[@scope='col']")]
    assert heads[0] == "Wat"
    (label,) = tree.xpath("//label[@for='id_form-1-what']")
    assert label.text_content() == "Wat, regel 2"
