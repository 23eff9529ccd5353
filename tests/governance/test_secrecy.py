"""Secrecy is a decision with a circle; what derives from it inherits it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import StatusChange
from core.refusal import Refused
from governance.domain import layout, proposals, texts
from governance.domain.secrecy import impose_secrecy, lift_secrecy, log_reading, secret_now
from governance.models import Attachment, ReadingLog
from governance.rules import may, visible_to
from tests import factories as make


def impose(target, cast, by=None, body=None, **fields):
    values = {
        "ground": "Bedrijfsgegevens van derden.",
        "imposed_on": clock.today(),
        "circle_bodies": [cast.team],
        **fields,
    }
    return impose_secrecy(target, body=body or cast.team, by=by or cast.author, **values)


@pytest.fixture
def proposal(cast):
    made = make.proposal(cast.author, cast.team)
    texts.add_attachment(
        made.working, make.stored_file(), title="Plan van aanbieder X", by=cast.author
    )
    return made


def on_board(proposal, cast):

    layout.add_step(proposal, body=cast.board, purpose=make.DECIDE, by=cast.author)
    proposals.enter_route(proposal, by=cast.author)
    return make.on_agenda(proposal.steps.get(), cast.author)


def test_a_secret_file_stays_secret_in_every_version(cast, proposal):
    on_board(proposal, cast)
    first = proposal.versions.get().attachments.get()
    impose(first, cast)
    copy = texts.working_version(proposal, by=cast.author).attachments.get()
    assert (copy.pk != first.pk, copy.file_id) == (True, first.file_id)
    for attachment in (first, copy):
        assert secret_now(attachment)
        assert may(cast.author, "attachment.read", attachment)
        assert not may(cast.alderman, "attachment.read", attachment)
    assert list(visible_to(cast.alderman, Attachment)) == []
    assert may(cast.alderman, "proposal.read", proposal)
    with pytest.raises(Refused, match="rust al geheimhouding"):
        impose(copy, cast)


def test_no_trail_tells_the_title_or_the_ground(cast, proposal):
    attachment = proposal.working.attachments.get()
    texts.remove_part(attachment, by=cast.author)
    other = texts.add_attachment(
        proposal.working, make.stored_file(), title="Prijzen", by=cast.author
    )
    impose(other, cast)
    lines = [line.why for line in StatusChange.of(proposal)]
    assert not [line for line in lines if "aanbieder X" in line or "Prijzen" in line]
    assert not [line for line in lines if "Bedrijfsgegevens" in line]
    assert "bijlage 1" in lines


def test_the_record_of_a_secrecy_lasts(cast, proposal):
    attachment = proposal.working.attachments.get()
    secrecy = impose(attachment, cast)
    log_reading(attachment, cast.author, "bijlage")
    with pytest.raises(Refused, match="geheimhouding genomen; zij blijft bij deze versie"):
        texts.remove_part(attachment, by=cast.author)
    assert secrecy.readings.get().user == cast.author


def test_a_secret_proposal_is_gone_outside_the_circle(cast, proposal):
    step = on_board(proposal, cast)
    impose(proposal, cast, circle_bodies=[cast.team, cast.board])
    version = step.version
    for person, sees in [(cast.author, True), (cast.alderman, True), (cast.adviser, False)]:
        for act, obj in [
            ("proposal.read", proposal),
            ("attachment.read", version.attachments.get()),
        ]:
            assert bool(may(person, act, obj)) is sees
        assert visible_to(person, type(version)).filter(pk=version.pk).exists() is sees
    assert secret_now(version)


def test_a_circle_adds_no_reader(cast, proposal):
    on_board(proposal, cast)
    impose(proposal, cast, circle_bodies=[cast.team, cast.core_group])
    assert not may(cast.provider, "proposal.read", proposal)


def test_who_may_not_read_may_not_impose(cast, proposal):
    for person, body in [(cast.aoj_secretary, cast.aoj), (cast.stranger, cast.team)]:
        with pytest.raises(PermissionDenied):
            impose(proposal, cast, by=person, body=body)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ground": " "}, "Noem de grond van de geheimhouding."),
        ({"circle_bodies": []}, "Kies wie het stuk mag lezen."),
        ({"ground": "BSN 111222333"}, "burgerservicenummer"),
    ],
)
def test_what_is_refused(cast, proposal, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        impose(proposal, cast, **fields)


def test_the_future_and_a_circle_without_yourself_are_refused(cast, proposal):
    with pytest.raises(Refused, match="De datum ligt in de toekomst"):
        impose(proposal, cast, imposed_on=clock.today() + timedelta(days=1))
    with pytest.raises(Refused, match="Neem uw eigen gremium of uzelf op"):
        impose(proposal, cast, circle_bodies=[cast.board])


def test_lifted_by_the_body_that_imposed_it(cast, proposal):
    on_board(proposal, cast)
    secrecy = impose(proposal, cast)
    with pytest.raises(Refused, match="Alleen Programmateam kan deze geheimhouding opheffen"):
        lift_secrecy(
            secrecy, body=cast.board, reason="Kan.", lifted_on=clock.today(), by=cast.secretary
        )
    for reason, day in [(" ", 0), ("Kan.", 1), ("Kan.", -1)]:
        with pytest.raises(Refused):
            lift_secrecy(
                secrecy,
                body=cast.team,
                reason=reason,
                lifted_on=clock.today() + timedelta(days=day),
                by=cast.author,
            )
    lift_secrecy(secrecy, body=cast.team, reason="Kan.", lifted_on=clock.today(), by=cast.author)
    assert may(cast.alderman, "proposal.read", proposal)
    with pytest.raises(Refused, match="al opgeheven"):
        lift_secrecy(
            secrecy, body=cast.team, reason="Kan.", lifted_on=clock.today(), by=cast.author
        )


def test_reading_is_logged_only_when_secret(cast, proposal):
    log_reading(proposal, cast.author, "pagina")
    assert not ReadingLog.objects.exists()
    impose(proposal, cast)
    log_reading(proposal.working, cast.author, "pagina")
    assert [(r.user, r.what) for r in ReadingLog.objects.all()] == [(cast.author, "pagina")]
