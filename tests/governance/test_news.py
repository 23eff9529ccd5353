"""Who is told of a meeting, what the mail says, and what it never says."""

from datetime import timedelta

import pytest

from core import clock
from core.models import OutboxMail
from governance import news
from governance.domain.secrecy import impose_secrecy
from governance.enums import ItemKind
from governance.models import AgendaItem, Membership
from tests import factories
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def meeting(cast):
    """The board of next week, with a fixed point and a paper."""
    made = factories.meeting(cast.board, place="Raadhuis")
    AgendaItem.objects.create(meeting=made, order=0, kind=ItemKind.FIXED, title="Opening")
    paper = factories.routed(cast.author, cast.team, (cast.board, "decide"))
    factories.on_agenda(paper.steps.get(), cast.author, made)
    return made


def mail_to(person):
    return OutboxMail.objects.get(to=person.email)


def test_members_and_advisers_are_told_and_nobody_else(cast, meeting):
    told = news.agenda_published(meeting, 1)
    addresses = set(OutboxMail.objects.values_list("to", flat=True))
    members = {member.user.email for member in cast.board_members}
    assert addresses == {*members, cast.secretary.email, cast.adviser.email}
    assert told == len(addresses) == 5


def test_the_invitation_names_the_meeting_its_items_and_the_page(cast, meeting):
    news.agenda_published(meeting, 1)
    mail = mail_to(cast.alderman)
    assert mail.subject.startswith("Agenda: Bestuur, ")
    for line in ("Waar: Raadhuis", "1. Opening", "2. Meer hulp dichtbij huis"):
        assert line in mail.text
    assert f"http://127.0.0.1:8000/waterland/vergaderingen/{meeting.pk}/" in mail.text


def test_a_version_is_told_once_and_the_next_says_what_changed(cast, meeting):
    news.agenda_published(meeting, 1)
    news.agenda_published(meeting, 1)
    assert OutboxMail.objects.filter(to=cast.alderman.email).count() == 1
    news.agenda_published(meeting, 2, ["Punt 2 is toegevoegd: Meer hulp dichtbij huis."])
    changed = OutboxMail.objects.filter(to=cast.alderman.email).last()
    assert changed.subject.startswith("Gewijzigde agenda: Bestuur, ")
    assert "- Punt 2 is toegevoegd: Meer hulp dichtbij huis." in changed.text


def test_nothing_secret_goes_into_a_mail(cast, meeting):
    paper = meeting.items.get(kind="paper").step.proposal
    impose_secrecy(
        paper,
        body=cast.team,
        ground="Wet open overheid, artikel 5.1",
        imposed_on=clock.today(),
        circle_bodies=[cast.team, cast.board],
        by=cast.author,
    )
    news.agenda_published(meeting, 1)
    text = mail_to(cast.alderman).text
    assert "Meer hulp dichtbij huis" not in text
    assert "B1" not in text
    meeting.items.filter(kind="paper").update(announced=True)
    news.agenda_published(meeting, 2)
    mails = OutboxMail.objects.filter(to=cast.alderman.email)
    assert "1. Opening\nB1. Besloten agendapunt\n" in mails.last().text


def test_a_member_who_left_is_told_nothing(cast, meeting):
    left = cast.board_members[1]
    Membership.objects.filter(pk=left.pk).update(valid_until=clock.today() - timedelta(days=1))
    news.agenda_published(meeting, 1)
    assert not OutboxMail.objects.filter(to=left.user.email).exists()


def test_moved_says_what_it_was_and_each_move_is_told(cast, meeting):
    before = meeting.starts_at
    meeting.starts_at = before + timedelta(days=1)
    meeting.save()
    news.meeting_moved(meeting, before, "De zaal is bezet.")
    news.meeting_moved(meeting, before, "De zaal is bezet.")
    text = mail_to(cast.alderman).text
    was, becomes = text.index("Was: "), text.index("Wordt: ")
    assert was < becomes < text.index("Reden: De zaal is bezet.")


def test_cancelled_gives_the_reason(cast, meeting):
    news.meeting_cancelled(meeting, "Te weinig stukken.")
    mail = mail_to(cast.alderman)
    assert mail.subject.startswith("Vergadering vervalt: Bestuur, ")
    assert "Reden: Te weinig stukken." in mail.text
