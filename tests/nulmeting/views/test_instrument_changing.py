"""A version in preparation is changed on plain pages, and fixed or thrown away after a question."""

import pytest

from nulmeting.domain import instruments
from nulmeting.models import Instrument, Item
from tests import baseline
from tests.sent import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(cast):
    return baseline.drafted(cast)


@pytest.fixture
def block(drafted):
    return drafted.items.first().block


def seen(instrument, block):
    """The hidden fields of the page as it was opened now."""
    fields = instruments.level_fields(instrument, block)
    return {f"base-{name}": value for name, value in fields.items()}


def typed(instrument, block, **changed):
    levels = instruments.levels_of(instrument, block)
    return {f"text-{score}": text for score, (_, text) in levels.items()} | changed


def test_title_and_guidance(team, url, drafted):
    sent = opened(team.get(url("instrument-edit", 1)))
    team.post(url("instrument-edit", 1), sent | {"title": "Anders", "guidance": "Lees dit."})
    drafted.refresh_from_db()
    assert (drafted.title, drafted.guidance) == ("Anders", "Lees dit.")
    page = team.post(url("instrument-edit", 1), {"title": "", "guidance": "Mijn BSN is 111222333"})
    assert set(page.context["form"].errors) == {"title", "guidance"}


def test_a_question_is_added_at_the_end(team, url, drafted, block):
    team.post(url("item-add", 1, block.pk), {"text": "Een derde\nvraag?"})
    item = drafted.items.filter(block=block).last()
    assert (item.number, item.text) == (3, "Een derde vraag?")
    page = team.post(url("item-add", 1, block.pk), {"text": " "})
    assert "text" in page.context["form"].errors


def test_a_block_has_room_for_fifteen_questions_that_can_all_be_moved(
    team, url, cast, drafted, block
):
    for number in range(3, 16):
        instruments.add_item(drafted, block, text=f"Vraag {number}?", by=cast.author)
    page = team.post(url("item-add", 1, block.pk), {"text": "Nog een?"})
    assert page.context["form"].errors["text"] == ["Een onderdeel heeft hoogstens 15 vragen."]
    last = drafted.items.filter(block=block).last()
    team.post(url("item-move", 1, block.pk), {"move": f"{last.pk}:up"})
    assert [i.text for i in drafted.items.filter(block=block)][-2:] == ["Vraag 15?", "Vraag 14?"]


def test_moving_takes_a_question_of_this_block_and_a_direction(team, url, drafted, block):
    other = drafted.items.exclude(block=block).first()
    for move in ("onzin", f"{other.pk}:up", f"{drafted.items.first().pk}:opzij", ""):
        assert team.post(url("item-move", 1, block.pk), {"move": move}).status_code == 404


def test_in_a_first_version_nobody_asks_whether_a_question_is_the_same(team, url, drafted):
    item = drafted.items.first()
    page = team.get(url("item-change", 1, item.pk))
    assert "asks" not in page.context["form"].fields
    team.post(url("item-change", 1, item.pk), opened(page) | {"text": "Beter verwoord?"})
    item.refresh_from_db()
    assert item.text == "Beter verwoord?"


def test_in_a_next_version_the_choice_is_asked_and_can_be_made_again(team, url, cast, drafted):
    first = instruments.fix_instrument(drafted, by=cast.author)
    source = first.items.first()
    second = instruments.draw_next(first, by=cast.author)
    item = second.items.first()
    sent = opened(team.get(url("item-change", 2, item.pk))) | {"text": "Anders?"}
    page = team.post(url("item-change", 2, item.pk), sent)
    assert page.context["form"].errors["asks"] == ["Kies of het dezelfde vraag is."]
    assert "In de vorige versie: ‘Vraag 1?’" in page.content.decode()
    team.post(url("item-change", 2, item.pk), sent | {"asks": "other"})
    item.refresh_from_db()
    assert (item.replaces, item.identity == source.identity) == (source, False)
    page = team.get(url("item-change", 2, item.pk))
    assert page.context["form"].initial["asks"] == "other"
    team.post(url("item-change", 2, item.pk), opened(page) | {"asks": "same"})
    item.refresh_from_db()
    assert (item.replaces, item.identity) == (None, source.identity)


def test_what_was_taken_out_and_put_back_is_the_same_question(team, url, cast, drafted):
    first = instruments.fix_instrument(drafted, by=cast.author)
    second = instruments.draw_next(first, by=cast.author)
    item = second.items.first()
    assert (
        "‘Vraag 1?’ staat dan niet meer"
        in team.get(url("item-remove", 2, item.pk)).content.decode()
    )
    team.post(url("item-remove", 2, item.pk))
    team.post(url("item-add", 2, item.block_id), {"text": "Vraag 1?"})
    assert second.items.get(identity=item.identity).number == 2


def test_the_levels_of_a_block_are_described_at_once(team, url, drafted, block):
    data = seen(drafted, block) | typed(drafted, block, **{"text-2": "nieuw", "text-5": ""})
    team.post(url("instrument-block", 1, block.pk), data)
    assert instruments.levels_of(drafted, block) == {
        1: ("", "niveau 1"),
        2: ("", "nieuw"),
        3: ("", "niveau 3"),
        4: ("", "niveau 4"),
        5: ("", ""),
    }


def test_the_scale_has_names(team, url, drafted):
    data = seen(drafted, None) | typed(drafted, None) | {"name-1": "Los", "name-2": "In aanbouw"}
    team.post(url("instrument-scale", 1), data)
    assert instruments.levels_of(drafted, None)[2] == ("In aanbouw", "niveau 2")
    page = team.post(url("instrument-scale", 1), data | {"text-1": ""})
    assert "text-1" in page.context["form"].errors


def test_fixing_is_asked_once_more_and_refused_while_something_is_missing(team, url, drafted):
    assert "verandert er niets meer" in team.get(url("instrument-fix", 1)).content.decode()
    drafted.levels.filter(block__isnull=True, score=5).delete()
    page = team.post(url("instrument-fix", 1), follow=True)
    assert "Omschrijf op de schaal nog niveau 5." in page.content.decode()
    assert team.get(url("instrument-fix", 1)).url == url("instrument", 1)
    assert Instrument.objects.get().state == "draft"


def test_a_complete_version_is_fixed(team, url, drafted):
    team.post(url("instrument-fix", 1))
    assert Instrument.objects.get().state == "fixed"


def test_a_draft_is_thrown_away_after_a_question(team, url, drafted):
    assert "is dan weg" in team.get(url("instrument-discard", 1)).content.decode()
    assert team.post(url("instrument-discard", 1)).url == url("instrument-list")
    assert not Item.objects.exists()
