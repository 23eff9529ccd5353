"""Approving with a link and a code: both are needed, once, and only for what was handed in."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import OutboxMail
from core.refusal import Refused
from nulmeting.domain import invites, submissions
from nulmeting.domain.content import sha256_of
from nulmeting.models import ApprovalInvite
from tests import baseline

pytestmark = pytest.mark.django_db

WHO = {"email": "wethouder@aardam.example", "office": "wethouder jeugd"}


@pytest.fixture
def handed_in(submission, editor):
    return baseline.submitted(submission, editor)


@pytest.fixture
def sent(handed_in, editor):
    return invites.send_invite(handed_in, by=editor, **WHO)


def test_the_mail_has_the_link_and_never_the_code(sent):
    _, token, code = sent
    mail = OutboxMail.objects.get(to=WHO["email"])
    assert f"/waterland/nulmeting/vaststellen/{token}/" in mail.text
    assert code not in mail.text.replace(token, "")


def test_neither_token_nor_code_is_kept(sent):
    invite, token, code = sent
    row = str(ApprovalInvite.objects.filter(pk=invite.pk).values().get())
    assert token not in row
    assert code not in row.replace(invite.code_hash, "")


def test_link_and_code_approve_exactly_what_was_seen(handed_in, sent):
    invite, token, code = sent
    assert invites.invite_of(token) == invite
    assert invites.invite_of(token + "x") is None
    assert invites.try_code(invite, f"{code[:3]} {code[3:]}")
    approval = invites.approve(invite, seen_sha256=sha256_of(handed_in))
    assert (approval.way, approval.office, approval.by) == ("link", "wethouder jeugd", None)
    with pytest.raises(Refused, match="al vastgesteld of teruggegeven"):
        invites.approve(invite, seen_sha256=sha256_of(handed_in))


def test_after_five_wrong_codes_the_link_stops(sent):
    invite, _, code = sent
    wrong = "000000" if code != "000000" else "111111"
    assert not any(invites.try_code(invite, wrong) for _ in range(5))
    with pytest.raises(Refused, match="werkt niet meer"):
        invites.try_code(invite, code)


def test_given_back_with_remarks_and_the_office_in_the_trail(handed_in, sent):
    back = invites.give_back(sent[0], remarks="Bouwsteen 1 is te hoog.")
    assert (back.state, back.remarks) == ("returned", "Bouwsteen 1 is te hoog.")


def test_a_link_runs_out(sent):
    with clock.at(clock.now() + timedelta(days=14)), pytest.raises(Refused, match="was geldig tot"):
        invites.try_code(sent[0], sent[2])


def test_a_new_link_ends_the_former(handed_in, editor, sent):
    invites.send_invite(handed_in, by=editor, **WHO)
    sent[0].refresh_from_db()
    with pytest.raises(Refused, match="werkt niet meer"):
        invites.try_code(sent[0], sent[2])


def test_a_link_waits_while_the_municipality_goes_on(handed_in, editor, sent):
    submissions.take_back(handed_in, by=editor)
    sent[0].refresh_from_db()
    invite = invites.invite_of(sent[1])
    assert "werkt weer aan de antwoorden" in invites.can_use(invite).reason


@pytest.mark.parametrize(
    ("email", "office", "field"),
    [("geen adres", "wethouder", "email"), ("w@aardam.example", " ", "office")],
)
def test_wrong_fields_are_named(handed_in, editor, email, office, field):
    with pytest.raises(Refused) as refused:
        invites.send_invite(handed_in, email=email, office=office, by=editor)
    assert [refusal.field for refusal in refused.value.refusals] == [field]


def test_who_handed_in_cannot_ask_herself(handed_in, editor):
    with pytest.raises(Refused, match="Wie indient, stelt niet vast"):
        invites.send_invite(handed_in, email=editor.email.upper(), office="x", by=editor)


def test_only_an_editor_asks_and_only_what_is_handed_in(submission, editor, approver):
    with pytest.raises(PermissionDenied):
        invites.send_invite(submission, by=approver, **WHO)
    with pytest.raises(Refused, match="Dien de nulmeting eerst in"):
        invites.send_invite(submission, by=editor, **WHO)
