"""Officials hear of a question, of more time, of its end, and of the answer of the region."""

from datetime import timedelta

import pytest

from core import clock
from core.models import OutboxMail
from governance.domain import local, proposals
from governance.domain.secrecy import impose_secrecy
from governance.news import remind
from tests import factories as make
from tests import local as walk


@pytest.fixture
def two(cast):
    """Who reports for two municipalities; in a third somebody only approves."""
    person = walk.official(walk.home("Beekzicht"))
    make.municipal_role(walk.home("Cotten"), person, "clerk")
    walk.official(walk.home("Cotten"), "approver")
    return person


def mails(person=None):
    rows = OutboxMail.objects.order_by("pk")
    return list(rows.filter(to=person.email) if person else rows)


def test_who_reports_is_told_once_with_a_link_for_each_municipality(cast, two):
    asked = walk.asked(walk.to_board(cast, subject="Hulp op school"), cast.author)
    assert sorted(mail.to for mail in mails()) == sorted([cast.adviser.email, two.email])
    (mail,) = mails(two)
    assert mail.subject == "Vraag aan raden"
    assert "Het gaat over: Hulp op school" in mail.text
    assert "Waterland vraagt om een zienswijze van de raad." in mail.text
    for name in ("Beekzicht", "Cotten"):
        step = walk.step_of(asked, name)
        assert (
            f"{name}: http://127.0.0.1:8000/waterland/gemeenten/{asked.pk}/uitkomst/{step.pk}/"
            in (mail.text)
        )
    assert "van de raad van Aardam." in mails(cast.adviser)[0].text


def test_more_time_is_told_to_who_has_not_reacted(cast, two):
    asked = walk.asked(walk.to_board(cast), cast.author)
    walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
    until = asked.due_on + timedelta(days=7)
    local.extend_term(asked, until=until, why="Reces.", by=cast.author)
    assert len(mails(cast.adviser)) == 1
    assert mails(two)[-1].subject.startswith("Meer tijd: reageren tot en met ")
    assert "Reden: Reces." in mails(two)[-1].text


def test_a_question_that_ends_and_an_answer_are_told(cast, two):
    asked = walk.asked(walk.to_board(cast), cast.author)
    step = walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
    walk.answered(step, cast.author)
    answered = mails(cast.adviser)[-1]
    assert answered.subject == "De regio antwoordt Aardam"
    assert "Het geld is er." not in answered.text
    proposals.change_state(asked.proposal, "withdraw", by=cast.author, why="Geen geld.")
    assert {mails(each)[-1].subject for each in (two, cast.adviser)} == {
        "De regio trekt een vraag in"
    }


def test_of_a_secret_paper_only_the_circle_hears_and_no_mail_names_it(cast, two):
    stop = walk.to_board(cast, subject="Zwaardvis")
    impose_secrecy(
        stop.proposal,
        body=cast.team,
        ground="Bedrijfsgegevens.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team],
        circle_people=[cast.adviser],
        by=cast.author,
    )
    asked = walk.asked(stop, cast.author)
    local.withdraw_round(asked, why="Dolfijn", by=cast.author)
    assert {mail.to for mail in mails()} == {cast.adviser.email}
    assert [
        mail.text for mail in mails() if "Zwaardvis" in mail.text or "Dolfijn" in mail.text
    ] == []


def test_who_has_not_reacted_is_reminded_before_the_term_ends(cast, two):
    asked = walk.asked(walk.to_board(cast), cast.author)
    for days in range((asked.due_on - clock.today()).days + 1):
        with walk.days_later(days):
            remind(two)
    reminders = [mail for mail in mails(two) if mail.subject.startswith("Herinnering")]
    assert len(reminders) == 2  # five working days and one working day before
    assert "Meld voor Cotten de zienswijze van de raad" in reminders[0].text
