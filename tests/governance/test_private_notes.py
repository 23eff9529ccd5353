from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import Draft, StatusChange
from core.refusal import Refused
from governance.domain import notes, organisation
from governance.models import PrivateNote
from governance.tasks import forget_ended_notes
from tests.preparing import MONDAY, chair, deputy, on_board


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


def texts():
    return list(PrivateNote.objects.values_list("text", flat=True))


def test_a_member_keeps_one_note_per_item_and_nobody_else_finds_it(cast, item):
    notes.keep_note(item, text="Navragen.", by=cast.alderman)
    notes.keep_note(item, text="Navragen bij de raad.", by=cast.alderman)
    assert texts() == ["Navragen bij de raad."]
    assert notes.note_of(item, cast.alderman).text == "Navragen bij de raad."
    others = (cast.secretary, cast.author, cast.adviser, chair(cast), deputy(cast))
    assert [notes.note_of(item, person) for person in others] == [None] * 5
    assert notes.keep_note(item, text="  ", by=cast.alderman) is None
    assert texts() == []


def test_it_leaves_no_trace(cast, item):
    before = StatusChange.objects.count()
    notes.keep_note(item, text="Navragen.", by=cast.alderman)
    assert not hasattr(PrivateNote, "history")
    assert "historicalprivatenote" not in apps.all_models["governance"]
    assert not admin.site.is_registered(PrivateNote)
    assert (StatusChange.objects.count(), Draft.objects.count()) == (before, 0)


def test_who_does_not_sit_there_keeps_none_and_a_bsn_is_refused(cast, item):
    for other in (cast.adviser, cast.author, cast.official, cast.stranger):
        with pytest.raises(PermissionDenied):
            notes.keep_note(item, text="Navragen.", by=other)
    with pytest.raises(Refused, match="burgerservicenummer"):
        notes.keep_note(item, text="bsn 111222333", by=cast.alderman)


@pytest.mark.parametrize("ended", ["membership", "seat", "removed"])
def test_it_goes_with_the_membership(cast, item, ended):
    second = cast.board_members[1]
    notes.keep_note(item, text="Blijft.", by=second.user)
    notes.keep_note(item, text="Gaat.", by=cast.alderman)
    member = cast.board_members[0]
    yesterday = clock.today() - timedelta(days=1)
    if ended == "removed":
        organisation.remove(member, cast.region, by=cast.admin)
    else:
        row = member if ended == "membership" else member.seat
        organisation.end(row, cast.region, on=yesterday, by=cast.admin)
    assert texts() == ["Blijft."]


def test_a_term_that_runs_out_takes_it_along_that_night(cast, item):
    notes.keep_note(item, text="Gaat.", by=cast.alderman)
    organisation.end(cast.board_members[0], cast.region, on=clock.today(), by=cast.admin)
    forget_ended_notes()
    assert texts() == ["Gaat."]
    with clock.at(MONDAY + timedelta(days=1)):
        assert notes.note_of(item, cast.alderman) is None  # at once, before the night's work
        forget_ended_notes()
    assert texts() == []
