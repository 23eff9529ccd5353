"""Handed in where nobody can approve: who hears so, where it waits, and what ends it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.models import OutboxMail
from governance.enums import MunicipalRoleKind
from governance.models import MunicipalRole
from governance.waiting import jobs_for
from nulmeting import tasks
from nulmeting.domain import approvers, invites, rounds, submissions
from nulmeting.models import Submission
from tests import baseline
from tests import factories as make
from tests.nulmeting.views.test_block import url

pytestmark = pytest.mark.django_db
YEAR = clock.today().year
SUBJECT = f"Nulmeting {YEAR} van Aardam: nog geen vaststeller"


@pytest.fixture
def contact(cast):
    person = make.user("contactpersoon Aardam")
    make.municipal_role(cast.municipality, person, MunicipalRoleKind.CONTACT)
    return person


@pytest.fixture
def alone(submission, editor, contact):
    """Handed in, and nobody in Aardam can approve."""
    return baseline.submitted(submission, editor)


def told(subject=SUBJECT):
    return sorted(OutboxMail.objects.filter(subject=subject).values_list("to", flat=True))


def titles(person, cast):
    return [job.title for job in jobs_for(person, [cast.region]) if "vast" in job.title]


def test_team_admin_and_contact_hear_and_each_where_to_go(cast, alone, editor, contact):
    assert told() == sorted([cast.author.email, cast.admin.email, contact.email])
    texts = {mail.to: mail.text for mail in OutboxMail.objects.filter(subject=SUBJECT)}
    page = reverse("nulmeting:submission", args=["waterland", YEAR, alone.pk])
    assert page in texts[cast.author.email]
    assert page in texts[contact.email]
    assert "/waterland/organisatie/gemeentelijke-rollen/nieuw/" in texts[cast.admin.email]
    assert page not in texts[cast.admin.email]
    assert editor.email not in texts


def test_it_waits_on_the_home_page_of_each(cast, alone, editor, contact):
    mine = f"Regel wie de nulmeting {YEAR} vaststelt voor Aardam"
    assert titles(editor, cast) == titles(contact, cast) == [mine]
    theirs = f"Help Aardam aan een vaststeller voor de nulmeting {YEAR}"
    assert titles(cast.author, cast) == [theirs]
    assert titles(cast.admin, cast) == [f"Geef Aardam een vaststeller voor de nulmeting {YEAR}"]
    for other in (cast.adviser, cast.reader, cast.stranger):
        assert titles(other, cast) == []


def test_with_an_approver_nobody_else_hears(cast, submission, editor, approver, contact):
    baseline.submitted(submission, editor)
    assert told() == []
    assert titles(editor, cast) == titles(cast.author, cast) == titles(cast.admin, cast) == []


def test_who_handed_in_as_only_approver_counts_as_none(cast, submission, editor, contact):
    make.municipal_role(cast.municipality, editor, MunicipalRoleKind.APPROVER)
    baseline.submitted(submission, editor)
    assert cast.author.email in told()
    assert titles(editor, cast) == [f"Regel wie de nulmeting {YEAR} vaststelt voor Aardam"]


@pytest.mark.parametrize("way", ["ended", "not yet", "left the portal", "another municipality"])
def test_an_approver_who_cannot_counts_as_none(cast, submission, editor, approver, way):
    role = MunicipalRole.objects.get(user=approver)
    if way == "ended":
        role.valid_until = clock.today() - timedelta(days=1)
    elif way == "not yet":
        role.valid_from = clock.today() + timedelta(days=1)
    elif way == "left the portal":
        approver.is_active = False
        approver.save()
    else:
        role.municipality = baseline.of(submission.round, "Beekzicht").municipality
    role.save()
    assert approvers.nobody_for(baseline.submitted(submission, editor))


def test_a_link_under_way_or_an_approver_ends_it(cast, alone, editor):
    invites.send_invite(alone, email="w@aardam.example", office="wethouder", by=editor)
    assert not approvers.nobody_for(alone)
    with clock.at(clock.now() + invites.VALID):
        assert approvers.nobody_for(alone)
    invites.withdraw(alone, by=editor)
    assert approvers.nobody_for(alone)
    baseline.approver(cast.municipality)
    assert not approvers.nobody_for(alone)
    assert titles(cast.admin, cast) == []


def test_who_becomes_approver_afterwards_hears_once(cast, alone):
    person = baseline.approver(cast.municipality)
    subject = f"Nulmeting {YEAR}: stel vast voor Aardam"
    assert told(subject) == []
    for _ in range(2):
        tasks.look_for_approvers()
    assert told(subject) == [person.email]
    assert len(told()) == 3


def test_a_municipality_that_loses_its_approver_is_told_of_the_next_morning(
    cast, submission, editor, approver
):
    baseline.submitted(submission, editor)
    MunicipalRole.objects.filter(user=approver).delete()
    approver._standing = None
    tasks.look_for_approvers()
    assert told() == sorted([cast.author.email, cast.admin.email])


def test_after_publication_nobody_is_asked(cast, alone):
    other = baseline.of(alone.round, "Beekzicht")
    baseline.approved(
        other, baseline.editor(other.municipality), baseline.approver(other.municipality)
    )
    rounds.close_round(alone.round, by=cast.author)
    assert titles(cast.admin, cast) != []
    rounds.publish_round(alone.round, by=cast.author)
    assert titles(cast.admin, cast) == []
    assert not approvers.without(Submission.objects.all()).exists()


def test_the_pages_say_so_before_and_after(client, cast, submission, editor):
    baseline.fill(submission, editor)
    client.force_login(editor)
    before = client.get(url(submission, "check")).content.decode()
    assert "Er is nog geen vaststeller voor Aardam." in before
    assert "Vraag de beheerder van uw regio" in before
    after = client.post(url(submission, "check"), follow=True)
    html = after.content.decode()
    assert "Kies hieronder hoe de antwoorden worden vastgesteld." in html
    assert "Er is nog geen vaststeller die dit kan doen." in html
    now = after.context["now"]
    assert now.primary.label == "Stuur de wethouder een link"
    assert now.others[0].label == "Vastgesteld op papier"
    client.force_login(cast.author)
    team = client.get(url(submission, "submission")).content.decode()
    assert "de gemeente heeft nog geen vaststeller" in team


def test_who_is_the_only_approver_reads_why_she_cannot(client, cast, submission, editor):
    make.municipal_role(cast.municipality, editor, MunicipalRoleKind.APPROVER)
    baseline.fill(submission, editor)
    client.force_login(editor)
    html = client.get(url(submission, "check")).content.decode()
    assert "Er is nog geen andere vaststeller voor Aardam." in html
    assert "niet wat u zelf indient" in html


def test_a_closed_round_still_offers_the_ways_out(client, cast, alone, editor):
    rounds.close_round(alone.round, by=cast.author)
    client.force_login(editor)
    now = client.get(url(alone, "submission")).context["now"]
    labels = [now.primary.label, *(act.label for act in now.others)]
    assert labels == ["Stuur de wethouder een link", "Vastgesteld op papier"]


def test_with_an_approver_the_pages_are_as_before(client, submission, editor, approver):
    baseline.fill(submission, editor)
    client.force_login(editor)
    assert "nog geen vaststeller" not in client.get(url(submission, "check")).content.decode()
    submissions.submit(submission, by=editor)
    now = client.get(url(submission, "submission")).context["now"]
    assert now.what == "Ingediend. De vaststeller van de gemeente is aan zet."
