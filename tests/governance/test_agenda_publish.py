"""Publishing freezes version 1; a change makes the next and says what changed."""

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import OutboxMail
from core.refusal import Refused
from governance.agenda_frozen import FrozenAgenda, version_sha
from governance.domain import agenda, agenda_versions, route, texts
from governance.enums import MeetingState, Treatment
from tests import factories as make


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.board, 14, place="Raadzaal")


@pytest.fixture
def step(cast):
    stops = (cast.aoj, make.ADVISE), (cast.board, make.DECIDE)
    return make.routed(cast.author, cast.team, *stops).steps.last()


@pytest.fixture
def published(cast, meeting, step):
    """Version 1: an own point of five minutes, then a paper of twenty."""
    agenda.add_item(meeting, title="Opening", minutes=5, by=cast.secretary)
    make.on_agenda(step, cast.author, meeting)
    handling = agenda.Handling(20, Treatment.DISCUSSION)
    agenda.set_handling(meeting, {step.items.get().pk: handling}, by=cast.secretary)
    version = agenda_versions.publish_agenda(meeting, by=cast.secretary)
    meeting.refresh_from_db()
    return version


def told(version):
    return [change["text"] for change in version.changes]


def change(cast, meeting):
    return agenda_versions.publish_change(meeting, by=cast.secretary)


def test_version_1_holds_what_lay_on_the_table(cast, meeting, step, published):
    step.refresh_from_db()
    assert (meeting.state, published.number, published.changes) == ("published", 1, [])
    assert (published.published_by, published.published_at.date()) == (
        cast.secretary,
        clock.now().date(),
    )
    frozen = FrozenAgenda.from_json(published.frozen)
    assert (frozen.meeting, frozen.body, frozen.place) == (meeting.pk, "Bestuur", "Raadzaal")
    assert (frozen.begins, frozen.ends) == (meeting.starts_at, "9.55")
    opening, paper = frozen.items
    assert (opening.number, opening.time, opening.kind) == ("1", "9.30", "own")
    assert (opening.title, opening.minutes, opening.proposal) == ("Opening", 5, None)
    assert (paper.number, paper.time, paper.title) == ("2", "9.35", "Meer hulp dichtbij huis")
    assert (paper.proposal, paper.version) == (step.proposal.number, 1)
    assert paper.version_sha == version_sha(step.version)
    assert (paper.asked, paper.waits) == ("besluiten", "Advies volgt van Ambtelijk overleg.")
    assert (paper.secret, paper.late, paper.attachments) == (False, False, ())
    assert FrozenAgenda.from_json(frozen.as_json()) == frozen


def test_nothing_to_publish_and_nothing_changed_are_refused(cast, meeting, step):
    with pytest.raises(Refused, match="Een agenda heeft minstens één punt"):
        agenda_versions.publish_agenda(meeting, by=cast.secretary)
    with pytest.raises(Refused, match="Publiceer eerst de agenda"):
        change(cast, meeting)
    item = agenda.add_item(meeting, title="Opening", by=cast.secretary)
    agenda_versions.publish_agenda(meeting, by=cast.secretary)
    with pytest.raises(Refused, match="Er is niets veranderd sinds versie 1"):
        change(cast, meeting)
    with pytest.raises(Refused, match="de stand is 'agenda gepubliceerd'"):
        agenda_versions.publish_agenda(meeting, by=cast.secretary)
    meeting.refresh_from_db()
    item.meeting = meeting
    agenda.remove_item(item, why="Vervalt.", by=cast.secretary)
    with pytest.raises(Refused, match="Een agenda heeft minstens één punt"):
        change(cast, meeting)


def test_a_meeting_that_began_has_its_agenda(cast, meeting, published):
    with clock.at(meeting.starts_at):
        for act in (
            lambda: agenda.add_item(meeting, title="Nog iets", by=cast.secretary),
            lambda: change(cast, meeting),
        ):
            with pytest.raises(Refused, match="De vergadering is begonnen; de agenda ligt vast"):
                act()


def test_version_2_says_what_was_added_removed_and_moved(cast, meeting, published):
    first = meeting.items.get(title="Opening")
    added = agenda.add_item(meeting, title="Rondvraag", by=cast.secretary)
    agenda.move_item(added, to=1, by=cast.secretary)
    second = change(cast, meeting)
    assert (second.number, told(second)) == (2, ["Punt 1 is toegevoegd: Rondvraag."])
    agenda.move_item(added, to=3, by=cast.secretary)
    third = change(cast, meeting)
    assert told(third) == ["Punt 3 (Rondvraag) is verplaatst. Eerst was dit punt 1."]
    agenda.remove_item(first, why="Doen we bij punt 2.", by=cast.secretary)
    fourth = change(cast, meeting)
    assert told(fourth) == ["Van de agenda gehaald: Opening. Doen we bij punt 2."]
    assert [item["number"] for item in fourth.frozen["items"]] == ["1", "2"]
    assert [v.number for v in meeting.agenda_versions.all()] == [4, 3, 2, 1]


def test_version_2_says_what_is_different_about_a_point(cast, meeting, published):
    item = meeting.items.get(title="Opening")
    agenda.edit_item(item, title="Welkom", text="Met koffie.", by=cast.secretary)
    handling = agenda.Handling(1, Treatment.NOTE)
    agenda.set_handling(meeting, {item.pk: handling}, by=cast.secretary)
    assert told(change(cast, meeting)) == [
        "Punt 1 heet nu: Welkom. Eerst: Opening.",
        "Punt 1 (Welkom): de toelichting is gewijzigd.",
        "Punt 1 (Welkom): ter kennisname. Eerst: bespreekstuk.",
        "Punt 1 (Welkom): 1 minuut. Eerst: 5 minuten.",
    ]


def test_another_version_of_a_paper_is_a_change(cast, meeting, step, published):
    make.layout.skip_step(step.proposal.steps.first(), reason="Spoed.", by=cast.author)
    texts.working_version(step.proposal, by=cast.author)
    route.finalise_version(step, by=cast.author)
    second = change(cast, meeting)
    assert told(second) == [
        "Punt 2 (Meer hulp dichtbij huis): nu met versie 2 van het stuk. Eerst was dat 1."
    ]
    assert second.changes[0]["proposal_id"] == step.proposal_id


def test_a_paper_after_publication_is_late(cast, meeting, published):
    other = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), subject="Vervoer")
    agenda.add_paper(meeting, other.steps.get(), by=cast.secretary)
    assert meeting.items.get(step__proposal=other).late
    assert told(change(cast, meeting)) == ["Punt 3 is nagezonden: Vervoer."]


@pytest.mark.parametrize(("days", "late"), [(6, True), (7, False)])
def test_a_paper_after_the_last_day_of_delivery_is_late(cast, days, late):
    """Five working days before: for a Friday that is the Friday before."""
    friday = make.moment((4 - clock.today().weekday()) % 7 + 14)
    step = make.routed(cast.author, cast.team, (cast.board, make.DECIDE)).steps.get()
    with clock.at(friday - make.timedelta(days=days)):
        make.on_agenda(step, cast.author, make.meeting(cast.board, starts_at=friday))
    assert step.items.get().late is late


def test_the_members_are_told_what_changed(cast, meeting, published):
    def mail():
        return OutboxMail.objects.filter(to=cast.alderman.email).last()

    assert mail().subject.startswith("Agenda: Bestuur")
    assert "1. Opening\n2. Meer hulp dichtbij huis\n" in mail().text
    agenda.add_item(meeting, title="Rondvraag", by=cast.secretary)
    change(cast, meeting)
    assert mail().subject.startswith("Gewijzigde agenda: Bestuur")
    assert "- Punt 3 is toegevoegd: Rondvraag." in mail().text


# Who ----------------------------------------------------------------------------------------------


OTHERS = ["author", "coauthor", "aoj_secretary", "alderman", "adviser", "admin", "stranger"]


@pytest.mark.parametrize("who", OTHERS)
def test_the_agenda_is_of_the_secretary(cast, meeting, who, published):
    person, item = getattr(cast, who), meeting.items.first()
    for act in (
        lambda: agenda.start_agenda(meeting, by=person),
        lambda: agenda.add_item(meeting, title="Iets", by=person),
        lambda: agenda.edit_item(item, title="Iets", by=person),
        lambda: agenda.set_handling(meeting, {}, by=person),
        lambda: agenda.move_item(item, to=2, by=person),
        lambda: agenda.order_items(meeting, [], by=person),
        lambda: agenda.remove_item(item, why="Zo.", by=person),
        lambda: agenda.set_end(meeting, until=None, by=person),
        lambda: agenda_versions.publish_agenda(meeting, by=person),
        lambda: agenda_versions.publish_change(meeting, by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_author_body_delivers_until_publication(cast, meeting, published):
    other = make.routed(cast.author, cast.team, (cast.board, make.DECIDE)).steps.get()
    route.plan_step(other, meeting, by=cast.author)
    with pytest.raises(Refused) as refused:
        route.put_on_agenda(other, by=cast.author)
    assert str(refused.value) == (
        "De agenda van Bestuur is gepubliceerd. "
        "Vraag de secretaris om dit stuk nog op de agenda te zetten."
    )
    assert route.put_on_agenda(other, by=cast.secretary).state == "on_agenda"
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PUBLISHED
