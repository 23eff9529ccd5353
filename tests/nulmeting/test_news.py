"""Who hears what of a nulmeting, once, and nothing of the answers."""

from datetime import timedelta

import pytest

from accounts.models import Notice
from core import clock
from core.models import OutboxMail
from governance.enums import MunicipalRoleKind
from nulmeting.domain import rounds, submissions
from tests import baseline
from tests import factories as make

pytestmark = pytest.mark.django_db
SECRET = "Alleen voor ons: wachttijd van 40 weken."


@pytest.fixture
def contact(cast):
    person = make.user("contactpersoon Aardam")
    make.municipal_role(cast.municipality, person, MunicipalRoleKind.CONTACT)
    return person


def told(about):
    """E-mail addresses of who got a mail with these words in its subject."""
    rows = OutboxMail.objects.filter(subject__contains=about)
    return sorted(rows.values_list("to", flat=True))


def test_opening_invites_contact_and_editors_once_each(cast, contact):
    editor = baseline.editor(cast.municipality)
    make.municipal_role(cast.municipality, editor, MunicipalRoleKind.CONTACT)
    baseline.approver(cast.municipality)
    asked = baseline.opened(cast)
    assert told("vul in voor uw gemeente") == sorted([contact.email, editor.email])
    mail = OutboxMail.objects.get(to=editor.email)
    assert mail.text.count("- Aardam") == 1
    assert f"/waterland/nulmeting/{asked.year}/gemeente/" in mail.text


def test_who_serves_three_municipalities_gets_one_mail_with_three_links(cast):
    asked = baseline.prepared(cast)
    person = make.user("invuller van drie")
    for home in rounds.homes_of(cast.region, clock.today()):
        make.municipal_role(home, person, MunicipalRoleKind.EDITOR)
    rounds.open_round(asked, by=cast.author)
    mail = OutboxMail.objects.get(to=person.email)
    assert [mail.text.count(f"- {n}\n") for n in ("Aardam", "Beekzicht", "Cotten")] == [1, 1, 1]


def test_a_municipality_that_joins_is_invited_by_itself(cast):
    asked = baseline.opened(cast)
    home = make.municipality("Dorpen", in_region=cast.region)
    editor = baseline.editor(home)
    rounds.add_municipality(asked, home, by=cast.author)
    assert told("vul in voor uw gemeente") == [editor.email]


def test_handing_in_returning_and_approving(cast, contact, submission, editor, approver):
    handed_in = baseline.submitted(submission, editor, explanation=SECRET)
    assert told("stel vast voor Aardam") == [approver.email]
    submissions.give_back(handed_in, remarks="Vraag 2 klopt niet.", by=approver)
    assert told("is teruggegeven") == [editor.email]
    baseline.approved(submission, editor, approver, score=3)
    assert told("van Aardam is vastgesteld") == sorted([contact.email, cast.author.email])
    for mail in OutboxMail.objects.all():
        assert "40 weken" not in mail.text
        assert "klopt niet" not in mail.text


def test_the_second_time_is_told_again_and_the_same_act_never_twice(submission, editor, approver):
    handed_in = baseline.submitted(submission, editor)
    taken = submissions.take_back(handed_in, by=editor)
    submissions.submit(taken, by=editor)
    assert told("stel vast voor Aardam") == [approver.email] * 2
    assert Notice.objects.filter(user=approver).values("key").distinct().count() == 2


def test_nobody_is_told_what_she_did_herself(cast, submission, editor):
    make.municipal_role(cast.municipality, editor, MunicipalRoleKind.APPROVER)
    baseline.submitted(submission, editor)
    assert told("stel vast voor") == []


def test_reopening_tells_contact_and_editors_until_when(cast, contact, submission, editor):
    asked = rounds.close_round(submission.round, by=cast.author)
    until = clock.today() + timedelta(days=3)
    submission.round = asked
    rounds.reopen_for(submission, until=until, why="Ziekte van een collega.", by=cast.author)
    assert told("is heropend voor Aardam") == sorted([contact.email, editor.email])
    assert "collega" not in OutboxMail.objects.filter(subject__contains="heropend")[0].text


def test_opening_again_tells_who_was_not_done(cast, submission, editor, approver):
    baseline.approved(submission, editor, approver)
    other = baseline.editor(baseline.of(submission.round, "Beekzicht").municipality)
    asked = rounds.close_round(submission.round, by=cast.author)
    day = clock.today() + timedelta(days=9)
    rounds.open_again(asked, closes_on=day, why="Op verzoek.", by=cast.author)
    assert told("is weer open") == [other.email]


def test_who_left_hears_nothing(cast, contact):
    contact.is_active = False
    contact.save()
    baseline.opened(cast)
    assert not OutboxMail.objects.filter(to=contact.email).exists()
