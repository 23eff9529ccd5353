"""Secrecy that is imposed after a mail was written and before it went: the title goes out of it."""

from datetime import datetime, timedelta

import pytest
from django.core import mail as sent_mail

from accounts.models import MailPace, Notice
from accounts.notices import send_digest
from core import clock, outbox
from core.models import OutboxMail
from governance import news
from governance.domain import secrecy
from tests import factories as make

pytestmark = pytest.mark.django_db
TITLE = "Inkoop 2028: met wie?"
NOON = datetime(2026, 11, 23, 12, 0)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def meeting(cast):
    """The board of next week, with a paper that will be secret and one that is not."""
    made = make.meeting(cast.board)
    for subject in (TITLE, "Wonen"):
        paper = make.routed(cast.author, cast.team, (cast.board, "decide"), subject=subject)
        make.on_agenda(paper.steps.get(), cast.author, made)
    return made


def impose(cast, meeting):
    paper = meeting.items.get(version__subject=TITLE).step.proposal
    secrecy.impose_secrecy(
        paper,
        body=cast.board,
        ground="Wet open overheid, artikel 5.1",
        imposed_on=clock.today(),
        circle_bodies=[cast.board],
        by=cast.secretary,
    )


def agenda_with_change(meeting):
    news.agenda_published(
        meeting, 2, [f"Punt 1 is toegevoegd: {TITLE}", f"Punt 1 ({TITLE}): stuk."]
    )


def test_a_mail_that_waits_for_the_mail_server(cast, meeting):
    agenda_with_change(meeting)
    mail = OutboxMail.objects.get(to=cast.alderman.email)
    assert mail.text.count(TITLE) == 3
    impose(cast, meeting)
    outbox.deliver(mail.pk)
    (sent,) = sent_mail.outbox
    assert "Inkoop" not in sent.body
    assert "1. Besloten agendapunt\n2. Wonen\n" in sent.body
    assert "- Punt 1 (Besloten agendapunt): stuk." in sent.body


@pytest.mark.parametrize(
    ("status", "keeps"), [("failed", False), ("sending", False), ("sent", True)]
)
def test_also_what_failed_or_is_under_way_and_never_what_arrived(cast, meeting, status, keeps):
    agenda_with_change(meeting)
    OutboxMail.objects.update(status=status)
    impose(cast, meeting)
    texts = OutboxMail.objects.values_list("text", flat=True)
    assert {TITLE in text for text in texts} == {keeps}


def test_news_that_waits_for_the_mail_of_the_day(cast, meeting):
    cast.alderman.mail_pace = MailPace.DAILY
    cast.alderman.save()
    agenda_with_change(meeting)
    impose(cast, meeting)
    with clock.at(NOON + timedelta(days=1)):
        assert send_digest(cast.alderman.pk) == 1
    text = OutboxMail.objects.get(to=cast.alderman.email).text
    assert "Inkoop" not in text + Notice.objects.get(user=cast.alderman).text
    assert "2. Wonen" in text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1. AB-brief\n", "1. *\n"),
        ("De AB-briefwisseling", "De AB-briefwisseling"),
        ("AB-brief over geld", "*"),
        ("Niets", "Niets"),
    ],
)
def test_whole_names_only_and_the_longest_first(text, left):
    assert outbox.without(text, ["AB-brief", "AB-brief over geld", " "], "*") == left
