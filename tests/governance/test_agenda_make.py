"""Making the agenda: fixed points, own points, order, time, and what is taken off."""

from datetime import time

import pytest

from core.models import StatusChange
from core.refusal import Refused
from governance.domain import agenda, agenda_versions, positions, route
from governance.enums import ItemKind, Treatment
from governance.models import AgendaTemplateItem
from tests import factories as make


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.board, 14)


@pytest.fixture
def fixed(cast):
    for title, closing in (("Opening", False), ("Rondvraag", True)):
        AgendaTemplateItem.objects.create(
            body=cast.board, title=title, minutes=5, closing=closing, treatment=Treatment.NOTE
        )


@pytest.fixture
def step(cast):
    return make.routed(cast.author, cast.team, (cast.board, make.DECIDE)).steps.get()


def titles(meeting):
    rows = meeting.items.filter(off=False).order_by("order")
    assert [row.order for row in rows] == list(range(1, len(rows) + 1))
    return [row.version.subject if row.version else row.title for row in rows]


def own(cast, meeting, title, **fields):
    return agenda.add_item(meeting, title=title, by=cast.secretary, **fields)


def test_fixed_points_come_once_and_the_rest_between_them(cast, meeting, fixed, step):
    make.on_agenda(step, cast.author, meeting)
    own(cast, meeting, "Stand van de inkoop")
    agenda.start_agenda(meeting, by=cast.secretary)
    expected = ["Opening", "Meer hulp dichtbij huis", "Stand van de inkoop", "Rondvraag"]
    assert titles(meeting) == expected
    assert list(meeting.items.order_by("order").values_list("kind", flat=True)) == [
        *(ItemKind.FIXED, ItemKind.PAPER, ItemKind.OWN, ItemKind.FIXED)
    ]


def test_a_fixed_point_that_was_taken_off_does_not_come_back(cast, meeting, fixed):
    agenda.start_agenda(meeting, by=cast.secretary)
    agenda.remove_item(meeting.items.get(title="Opening"), by=cast.secretary)
    agenda.start_agenda(meeting, by=cast.secretary)
    assert titles(meeting) == ["Rondvraag"]


def test_what_waits_before_the_fixed_points_comes_between_them(cast, meeting, step, fixed):
    AgendaTemplateItem.objects.all().delete()
    meeting.laid_out = False
    meeting.items.create(kind="own", title="Besluitenlijst", order=1)
    AgendaTemplateItem.objects.create(body=cast.board, title="Opening")
    make.on_agenda(step, cast.author, meeting)
    assert titles(meeting) == ["Opening", "Besluitenlijst", "Meer hulp dichtbij huis"]


def test_what_comes_by_itself_stands_before_the_papers(cast, meeting, step, fixed):
    make.on_agenda(step, cast.author, meeting)
    make.action(cast.board, cast.secretary)
    agenda.start_agenda(meeting, by=cast.secretary)
    assert titles(meeting) == ["Opening", "Actiepunten", "Meer hulp dichtbij huis", "Rondvraag"]


def test_order_by_one_and_all_at_once(cast, meeting):
    a, b, c = (own(cast, meeting, title) for title in "abc")
    agenda.move_item(c, to=1, by=cast.secretary)
    assert titles(meeting) == ["c", "a", "b"]
    agenda.move_item(c, to=99, by=cast.secretary)
    assert titles(meeting) == ["a", "b", "c"]
    agenda.order_items(meeting, [b.pk, c.pk, a.pk], by=cast.secretary)
    assert titles(meeting) == ["b", "c", "a"]
    with pytest.raises(Refused, match="Iemand anders veranderde de agenda intussen"):
        agenda.order_items(meeting, [b.pk, c.pk], by=cast.secretary)


def test_words_time_and_treatment(cast, meeting):
    item = own(cast, meeting, " Inkoop ", minutes=10)
    agenda.edit_item(item, title="Stand van de inkoop", text="Mondeling.", by=cast.secretary)
    agenda.set_handling(meeting, {item.pk: agenda.Handling(20, "formality")}, by=cast.secretary)
    item.refresh_from_db()
    assert (item.title, item.text) == ("Stand van de inkoop", "Mondeling.")
    assert (item.minutes, item.treatment) == (20, "formality")
    for wrong, sentence in (
        ({"minutes": 0}, "Vul 1 tot 600 minuten in."),
        ({"minutes": 601}, "Vul 1 tot 600 minuten in."),
        ({"treatment": "zomaar"}, "Kies hoe het punt wordt behandeld."),
    ):
        values = agenda.Handling(**{"minutes": 5, "treatment": "note", **wrong})
        with pytest.raises(Refused, match=sentence):
            agenda.set_handling(meeting, {item.pk: values}, by=cast.secretary)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (" ", "Geef het agendapunt een titel."),
        ("x" * 161, "Een titel telt hoogstens 160 tekens."),
        ("Gesprek over 111222333", "burgerservicenummer"),
    ],
)
def test_a_title_is_asked_and_guarded(cast, meeting, title, sentence):
    with pytest.raises(Refused, match=sentence):
        own(cast, meeting, title)


def test_a_paper_is_called_what_it_is_called(cast, meeting, step):
    make.on_agenda(step, cast.author, meeting)
    with pytest.raises(Refused, match="De titel van een stuk staat in het stuk zelf"):
        agenda.edit_item(step.items.get(), title="Anders", by=cast.secretary)


def test_the_time_that_there_is(cast, meeting):
    assert agenda.set_end(meeting, until=time(11, 30), by=cast.secretary).until == time(11, 30)
    with pytest.raises(Refused, match="Kies een tijd na het begin van de vergadering"):
        agenda.set_end(meeting, until=time(9, 30), by=cast.secretary)


# Taken off ----------------------------------------------------------------------------------------


def test_before_publication_a_paper_simply_goes_back_to_planned(cast, meeting, step):
    make.on_agenda(step, cast.author, meeting)
    own(cast, meeting, "Inkoop")
    agenda.remove_item(step.items.get(), by=cast.secretary)
    step.refresh_from_db()
    assert (step.state, step.meeting, titles(meeting)) == ("planned", None, ["Inkoop"])
    agenda.add_paper(meeting, step, by=cast.secretary)
    assert titles(meeting) == ["Inkoop", "Meer hulp dichtbij huis"]


def test_after_publication_a_reason_is_asked_and_stays(cast, meeting, step):
    make.on_agenda(step, cast.author, meeting)
    item = own(cast, meeting, "Inkoop")
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    meeting.refresh_from_db()
    sentence = (
        "De leden kennen dit punt al: de agenda is gepubliceerd. Geef de reden van het weghalen."
    )
    for each in (item, step.items.get()):
        with pytest.raises(Refused) as refused:
            agenda.remove_item(each, by=cast.secretary)
        assert [str(r.reason) for r in refused.value.refusals] == [sentence]
        assert refused.value.refusals[0].field == "why"
        agenda.remove_item(each, by=cast.secretary, why="De cijfers komen later.")
        each.refresh_from_db()
        assert (each.off, each.result, each.note) == (True, "held_over", "De cijfers komen later.")
    assert titles(meeting) == []
    step.refresh_from_db()
    with pytest.raises(Refused, match="kies een latere vergadering"):
        route.plan_step(step, meeting, by=cast.author)


def test_what_members_wrote_stays_with_the_point_and_its_reason(cast, meeting, step):
    """An item to which a position, question or record refers is never deleted."""
    make.on_agenda(step, cast.author, meeting)
    item = step.items.get()
    positions.give_position(item, choice="agree", by=cast.alderman)
    with pytest.raises(Refused) as refused:
        agenda.remove_item(item, by=cast.secretary)
    assert str(refused.value) == (
        "Bij dit punt is al iets vastgelegd of ingebracht. Dat blijft bewaard. "
        "Geef de reden van het weghalen."
    )
    agenda.remove_item(item, by=cast.secretary, why="Trekt het team terug.")
    item.refresh_from_db()
    assert (item.off, item.note) == (True, "Trekt het team terug.")
    assert item.positions.count() == 1


def test_the_trail_names_own_points_but_no_paper(cast, meeting, step):
    make.on_agenda(step, cast.author, meeting)
    agenda.remove_item(own(cast, meeting, "Inkoop"), by=cast.secretary)
    agenda.remove_item(step.items.get(), by=cast.secretary)
    found = StatusChange.of(meeting).filter(act="item_removed")
    assert [change.why for change in found] == ["Inkoop."]
