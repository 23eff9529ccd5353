"""Versions of the questions: what was fixed stays, and years can be compared where they may."""

import pytest
from django.core.exceptions import PermissionDenied

from core.refusal import Refused
from nulmeting.domain import instruments
from nulmeting.models import Instrument
from tests import baseline

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_named(cast):
    instrument = baseline.drafted(cast)
    instrument.levels.filter(block__number=2, score=4).delete()
    with pytest.raises(Refused, match=r"Omschrijf bij 2\. Bouwsteen 2 nog niveau 4"):
        instruments.fix_instrument(instrument, by=cast.author)


def test_an_empty_list_cannot_be_fixed(cast):
    instrument = instruments.begin_instrument(cast.region, title="Leeg", by=cast.author)
    with pytest.raises(Refused, match="nog geen enkele vraag"):
        instruments.fix_instrument(instrument, by=cast.author)


def test_a_fixed_list_does_not_change(cast):
    instrument = baseline.fixed(cast)
    item = instrument.items.first()
    with pytest.raises(Refused, match="Maak een nieuwe versie"):
        instruments.change_item(item, text="Anders?", asks_the_same=True, by=cast.author)


def test_a_next_version_has_the_same_questions_and_levels(cast):
    first = baseline.fixed(cast)
    second = instruments.draw_next(first, by=cast.author)
    assert second.version == 2
    assert _identities(second) == _identities(first)
    assert second.levels.count() == first.levels.count() == 15


def test_only_one_version_is_in_preparation(cast):
    first = baseline.fixed(cast)
    instruments.draw_next(first, by=cast.author)
    with pytest.raises(Refused, match="al een vragenlijst in voorbereiding"):
        instruments.draw_next(first, by=cast.author)


def test_a_question_that_asks_something_else_gets_an_identity_of_its_own(cast):
    first = baseline.fixed(cast)
    second = instruments.draw_next(first, by=cast.author)
    source, mended, changed = first.items.first(), *second.items.all()[:2]
    instruments.change_item(mended, text="Vraag 1, beter?", asks_the_same=True, by=cast.author)
    instruments.change_item(changed, text="Iets anders?", asks_the_same=False, by=cast.author)
    mended.refresh_from_db()
    changed.refresh_from_db()
    assert (mended.identity, mended.replaces) == (source.identity, None)
    assert changed.replaces == first.items.all()[1]
    assert changed.identity != changed.replaces.identity


def test_questions_are_moved_and_taken_out_without_a_gap(cast):
    instrument = baseline.drafted(cast, blocks=1)
    part = instrument.items.first().block
    instruments.add_item(instrument, part, text="Vraag 3?", by=cast.author)
    instruments.move_item(instrument.items.get(number=3), up=True, by=cast.author)
    assert _texts(instrument) == ["Vraag 1?", "Vraag 3?", "Vraag 2?"]
    instruments.remove_item(instrument.items.get(number=1), by=cast.author)
    assert _texts(instrument) == ["Vraag 3?", "Vraag 2?"]
    assert [item.number for item in instrument.items.all()] == [1, 2]


def test_only_the_team_keeps_questions(cast):
    for person in (cast.admin, cast.adviser, cast.secretary, cast.stranger):
        with pytest.raises(PermissionDenied):
            instruments.begin_instrument(cast.region, title="Nulmeting", by=person)
    assert not Instrument.objects.exists()


def test_a_block_of_another_region_is_refused(cast):
    instrument = baseline.drafted(cast)
    foreign = baseline.block(cast.stranger.memberships.get().body.region)
    with pytest.raises(Refused, match="andere regio"):
        instruments.add_item(instrument, foreign, text="Vraag?", by=cast.author)


def _identities(instrument):
    return [(item.block.number, item.number, item.identity) for item in instrument.items.all()]


def _texts(instrument):
    return [item.text for item in instrument.items.order_by("number")]
