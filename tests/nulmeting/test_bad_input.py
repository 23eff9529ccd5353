"""What goes wrong while somebody fills in: nothing typed is lost, nothing older wins."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.drafts import draft_of
from core.refusal import Refused
from core.versioning import Conflict
from governance.models import RegionMunicipality
from governance.waiting import jobs_for
from nulmeting.domain import filling, invites, rounds, submissions
from nulmeting.models import BlockAnswer
from tests import baseline
from tests import factories as make
from tests.nulmeting.test_offline import edited
from tests.nulmeting.views.test_block import filled, first, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(submission):
    return submission.round.instrument.items.first().block


@pytest.mark.parametrize("wrong", ["0", "6", "3,5", "3.5", "drie", "-1", "1e0", "²", "١"])
def test_a_score_that_is_none_is_refused_on_both_roads(client, submission, part, editor, wrong):
    client.force_login(editor)
    address, name = url(submission, "block", part.pk), first(submission, part)
    sent = filled(submission, part, **{name: wrong}, explanation="Blijft staan.")
    page = client.post(address, sent)
    sentence = "Kies 1 tot en met 5, ‘weet niet’ of ‘niet van toepassing’."
    assert page.context["form"].errors[name] == [sentence]
    assert "Blijft staan." in page.content.decode()
    told = client.post(address, sent, headers={"accept": "application/json"}).json()
    assert (told["errors"], told["saved"]) == ([sentence], {})
    assert not BlockAnswer.objects.exists()


@pytest.mark.parametrize("wrong", [0, 6, 3.5, "drie", "3,5", "zes"])
def test_a_score_that_is_none_is_refused_in_a_spreadsheet(client, submission, editor, wrong):
    client.force_login(editor)
    data = edited(client.get(url(submission, "offline-download")).content, D2=wrong)
    file = SimpleUploadedFile("blad.xlsx", data.read())
    page = client.post(url(submission, "offline"), {"file": file})
    assert "Cel D2:" in str(page.context["form"].errors["file"])
    assert not BlockAnswer.objects.exists()


@pytest.mark.parametrize(
    ("older", "newer"), [("Half", "Half af."), ("Half af.", "Half"), ("Een zin.", "Iets anders.")]
)
def test_a_save_that_arrives_after_a_later_one_does_not_win(submission, part, editor, older, newer):
    start, revision = filling.values_of(submission, part)

    def save(text):
        values = {**start, "explanation": text}
        filling.save_block(submission, part, values, base=start, base_revision=revision, by=editor)

    save(newer)
    with pytest.raises(Conflict):
        save(older)
    assert BlockAnswer.objects.get().explanation == newer


def test_a_draft_that_arrives_after_a_later_one_does_not_win(client, submission, part, editor):
    client.force_login(editor)
    key = f"nulmeting:{submission.pk}-{part.pk}"
    for serial, text in ((2, "Heel."), (1, "Half")):
        sent = {"key": key, "data": {"explanation": text}, "base": {}, "serial": serial}
        sent = json.dumps(sent | {"base_revision": 0})
        done = client.post(reverse("core:draft-save"), sent, content_type="application/json")
        assert done.status_code == 200
    assert draft_of(editor, key).data["explanation"] == "Heel."


def test_what_was_typed_while_the_round_closed_is_back_when_it_opens(
    cast, client, submission, part, editor
):
    client.force_login(editor)
    address = url(submission, "block", part.pk)
    sent = filled(submission, part, explanation="Op de laatste dag.")
    rounds.close_round(submission.round, by=cast.author)
    html = client.post(address, sent).content.decode()
    assert "Wat u typte, is voor u bewaard." in html
    assert draft_of(editor, f"nulmeting:{submission.pk}-{part.pk}") is not None
    until = clock.today() + timedelta(days=3)
    rounds.reopen_for(submission, until=until, why="Ziekte.", by=cast.author)
    assert "Op de laatste dag." in client.get(address).content.decode()


def left(submission):
    row = RegionMunicipality.objects.get(municipality=submission.municipality)
    row.valid_until = clock.today() - timedelta(days=1)
    row.save()


def test_a_municipality_that_left_the_region_fills_in_no_more(cast, submission, part, editor):
    baseline.fill(submission, editor, blocks=[part])
    assert jobs_for(editor, [cast.region])
    left(submission)
    editor._standing = None
    with pytest.raises(Refused, match="Aardam doet niet meer mee"):
        baseline.fill(submission, editor, score=4)
    assert jobs_for(editor, [cast.region]) == []
    assert BlockAnswer.objects.count() == 1


def test_who_serves_another_one_too_reads_why_and_keeps_what_she_typed(
    client, submission, part, editor
):
    other = baseline.of(submission.round, "Beekzicht").municipality
    make.municipal_role(other, editor, "editor")
    client.force_login(editor)
    sent = filled(submission, part, explanation="Nog net getypt.")
    left(submission)
    html = client.post(url(submission, "block", part.pk), sent).content.decode()
    assert "Aardam doet niet meer mee aan deze regio." in html
    assert "Nog net getypt." in html
    now = client.get(url(submission, "submission")).context["now"]
    assert now.what.startswith("Aardam doet niet meer mee")
    assert now.primary is None


def test_what_was_handed_in_before_leaving_can_still_be_approved(submission, editor, approver):
    handed_in = baseline.submitted(submission, editor)
    left(submission)
    seen = submissions.content.sha256_of(handed_in)
    submissions.approve(handed_in, seen_sha256=seen, by=approver)
    assert handed_in.approvals.count() == 1


def test_remarks_of_an_alderman_whose_session_ended_come_back(client, submission, editor):
    baseline.submitted(submission, editor)
    who = {"email": "w@aardam.example", "office": "wethouder"}
    _, token, code = invites.send_invite(submission, by=editor, **who)
    link = reverse("nulmeting:by-link", args=["waterland", token])
    page = client.post(link, {"remarks": "Vraag 2 is te hoog."}).content.decode()
    assert "uw opmerkingen zijn niet weg" in page
    page = client.post(link, {"code": "fout", "remarks": "Vraag 2 is te hoog."}).content.decode()
    assert 'value="Vraag 2 is te hoog."' in page
    page = client.post(link, {"code": code, "remarks": "Vraag 2 is te hoog."})
    assert page.context["form"].initial["remarks"] == "Vraag 2 is te hoog."
    again = client.post(link, {"code": code, "remarks": "Vraag 2 is te hoog."})  # a reload
    assert again.context["form"].initial["remarks"] == "Vraag 2 is te hoog."
    submission.refresh_from_db()
    assert submission.state == "submitted"
