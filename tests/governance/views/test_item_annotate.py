import pytest
from django.urls import reverse

from core import clock
from core.drafts import draft_of
from governance.models import Annotation
from tests import factories as make
from tests.governance.views.test_item_detail import url
from tests.preparing import MONDAY, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


def here(item, cast, home=None):
    return url(item, "annotate", municipality=(home or cast.municipality).pk)


def typed(line, text="", base_line="", base_text="", revision="0", **more):
    return {
        "line": line,
        "text": text,
        "base-line": base_line,
        "base-text": base_text,
        "base-revision": revision,
        **more,
    }


def test_the_adviser_annotates_and_the_alderman_reads_it_on_both_pages(client, cast, item):
    client.force_login(cast.adviser)
    response = client.post(here(item, cast), typed("Stem in.", "Past in onze begroting."))
    assert response.url == f"{url(item)}#annotatie"
    client.force_login(cast.alderman)
    assert "Past in onze begroting." in client.get(url(item)).content.decode()
    meeting = reverse("governance:meeting-detail", args=["waterland", item.meeting_id])
    (row,) = client.get(meeting).context["items"]
    assert [annotation.line for annotation in row.prepared.annotations] == ["Stem in."]
    client.force_login(cast.board_members[1].user)
    assert "Stem in." not in client.get(meeting).content.decode()


def test_it_is_one_line_of_at_most_200_characters(client, cast, item):
    client.force_login(cast.adviser)
    for line, said in [("", "Dit veld is verplicht"), ("a" * 201, "200 tekens")]:
        form = client.post(here(item, cast), typed(line)).context["form"]
        assert said in str(form.errors["line"])
    assert Annotation.objects.count() == 0


def test_two_advisers_at_once_see_both_texts_and_choose(client, cast, item):
    colleague = make.user("tweede adviseur van Aardam")
    make.municipal_role(cast.municipality, colleague)
    client.force_login(cast.adviser)
    client.post(here(item, cast), typed("Stem in."))
    client.force_login(colleague)
    response = client.post(here(item, cast), typed("Stem tegen."))
    (both,) = response.context["form"].clashes()
    assert (both.mine, both.theirs) == ("Stem tegen.", "Stem in.")
    assert draft_of(colleague, f"annotation:{item.pk}-{cast.municipality.pk}").data["line"] == (
        "Stem tegen."
    )
    chosen = {"theirs-line": "Stem in.", "keep-line": "mine"}
    client.post(here(item, cast), typed("Stem tegen.", **chosen))
    annotation = Annotation.objects.get()
    assert (annotation.line, annotation.history.count()) == ("Stem tegen.", 2)


def test_for_another_municipality_and_for_others_it_is_not_there(client, cast, item):
    client.force_login(cast.adviser)
    other = cast.board_members[1].seat.municipality
    assert client.get(here(item, cast, other)).status_code == 404
    for who in (cast.alderman, cast.secretary, cast.official):
        client.force_login(who)
        assert client.get(here(item, cast)).status_code == 404


def test_what_is_typed_is_kept_for_who_may_annotate_only(client, cast, item):
    key = f"annotation:{item.pk}-{cast.municipality.pk}"
    draft = {"key": key, "data": {"line": "Stem"}, "base": {}, "base_revision": 0, "serial": 1}
    for who, code in [(cast.adviser, 200), (cast.alderman, 404), (cast.official, 404)]:
        client.force_login(who)
        response = client.post(reverse("core:draft-save"), draft, "application/json")
        assert response.status_code == code
    client.force_login(cast.adviser)
    assert client.get(here(item, cast)).context["form"].initial["line"] == "Stem"
    client.post(here(item, cast), {"forget": "1"})
    assert draft_of(cast.adviser, key) is None
