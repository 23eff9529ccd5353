"""A BSN never passes, in no text of the nulmeting; what may be right is asked once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.formats import long_date
from core.refusal import Refused
from nulmeting.domain import filling, invites, rounds, submissions
from nulmeting.models import ApprovalInvite, BlockAnswer, Evidence
from tests import baseline
from tests.core import files_of_every_kind as files
from tests.nulmeting.test_offline import edited
from tests.nulmeting.views.test_block import filled, url

pytestmark = pytest.mark.django_db
BSN = "Het gaat om 111222333."
ASKED = {
    "a date of birth": "Geboren op 3 mei 2011.",
    "an address": "Mail jan@aardam.example.",
    "a telephone number": "Bel 010 123 45 67.",
}
ALL = [BSN, *ASKED.values()]
CONFIRM = {"personal_data_confirmed": "on"}


@pytest.fixture
def part(submission):
    return submission.round.instrument.items.first().block


@pytest.fixture
def piece(submission):
    """What the form of a piece of evidence sends."""
    item = submission.round.instrument.items.first()
    return {"title": "Plan", "dated_on": long_date(clock.today()), "items": [item.pk]}


def asks(page, field):
    """Whether the page refuses this field, and asks to confirm."""
    form = page.context["form"]
    return field in form.errors and not form.fields["personal_data_confirmed"].widget.is_hidden


def refuses(page, field):
    """Whether the page refuses this field, without a way to confirm."""
    return "dat mag hier nooit" in str(page.context["form"].errors[field])


@pytest.mark.parametrize("field", ["explanation", "support", "shared"])
@pytest.mark.parametrize("text", ALL)
def test_texts_of_a_block(client, submission, part, editor, field, text):
    client.force_login(editor)
    address = url(submission, "block", part.pk)
    sent = filled(submission, part, **{field: text})
    page = client.post(address, sent)
    assert refuses(page, field) if text == BSN else asks(page, field)
    assert text in page.content.decode()
    client.post(address, sent | CONFIRM)
    assert BlockAnswer.objects.count() == (0 if text == BSN else 1)


@pytest.mark.parametrize("text", ALL)
def test_the_title_of_evidence(client, submission, editor, piece, text):
    client.force_login(editor)
    address = url(submission, "evidence-add")
    page = client.post(address, piece | {"title": text})
    assert refuses(page, "title") if text == BSN else asks(page, "title")
    client.post(address, piece | {"title": text} | CONFIRM)
    assert Evidence.objects.count() == (0 if text == BSN else 1)


@pytest.mark.parametrize(
    ("link", "stays"),
    [
        ("https://aardam.example/dossier?bsn=111222333", False),
        ("https://aardam.example/dossier?BSN%3A%20111222333", False),
        ("https://aardam.example/wie/jan@aardam.example", True),
        ("https://aardam.example/document/111222333", True),  # a number of a document
    ],
)
def test_the_link_of_evidence(client, submission, editor, piece, link, stays):
    client.force_login(editor)
    page = client.post(url(submission, "evidence-add"), piece | {"url": link})
    if "@" in link:
        assert asks(page, "url")
        page = client.post(url(submission, "evidence-add"), piece | {"url": link} | CONFIRM)
    assert Evidence.objects.exists() == stays
    if not stays:
        assert refuses(page, "url")


def test_the_name_of_a_file(client, submission, editor, piece, media):
    client.force_login(editor)
    named = SimpleUploadedFile("Beschikking 111222333.pdf", files.pdf())
    page = client.post(url(submission, "evidence-add"), piece | {"file": named})
    assert "In de naam van het bestand" in str(page.context["form"].errors["file"])
    baseline.submitted(submission, editor)
    named = SimpleUploadedFile("Besluit bsn 111222333.pdf", files.pdf())
    sent = {"paper_date": long_date(clock.today()), "file": named}
    page = client.post(url(submission, "on-paper"), sent)
    assert "In de naam van het bestand" in str(page.context["form"].errors["file"])


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("way", ["approver", "link"])
def test_remarks_at_a_return(client, submission, editor, approver, text, way):
    baseline.submitted(submission, editor)
    address = url(submission, "give-back")
    client.force_login(approver)
    if way == "link":
        client.logout()
        who = {"email": "w@aardam.example", "office": "wethouder"}
        _, token, code = invites.send_invite(submission, by=editor, **who)
        address = reverse("nulmeting:by-link", args=["waterland", token])
        client.post(address, {"code": code})
    page = client.post(address, {"remarks": text})
    assert refuses(page, "remarks") if text == BSN else asks(page, "remarks")
    client.post(address, {"remarks": text} | CONFIRM)
    submission.refresh_from_db()
    assert submission.state == ("submitted" if text == BSN else "returned")


@pytest.mark.parametrize("text", ALL)
def test_the_office_of_who_is_asked_by_link(client, submission, editor, text):
    baseline.submitted(submission, editor)
    client.force_login(editor)
    sent = {"email": "w@aardam.example", "office": text}
    page = client.post(url(submission, "invite"), sent)
    assert refuses(page, "office") if text == BSN else asks(page, "office")
    client.post(url(submission, "invite"), sent | CONFIRM)
    assert ApprovalInvite.objects.count() == (0 if text == BSN else 1)


@pytest.mark.parametrize("text", ALL)
def test_a_spreadsheet_names_the_cell(client, submission, editor, text):
    client.force_login(editor)
    address = url(submission, "offline")
    out = client.get(url(submission, "offline-download")).content

    def file():
        return SimpleUploadedFile("blad.xlsx", edited(out, D6=text).read())

    page = client.post(address, {"file": file()})
    assert "Cel D6: Hier lijkt een" in str(page.context["form"].errors["file"])
    assert asks(page, "file") != (text == BSN)
    client.post(address, {"file": file()} | CONFIRM)
    assert BlockAnswer.objects.count() == (0 if text == BSN else 1)


def test_the_domain_refuses_a_bsn_whoever_calls(cast, submission, editor, approver):
    handed_in = baseline.submitted(submission, editor)
    today, asked = clock.today(), submission.round
    items = asked.instrument.items.all()[:1]
    acts = [
        lambda: filling.add_evidence(submission, title=BSN, dated_on=today, items=items, by=editor),
        lambda: submissions.give_back(handed_in, remarks=BSN, by=approver),
        lambda: invites.send_invite(handed_in, email="w@a.example", office=BSN, by=editor),
        lambda: rounds.open_again(asked, closes_on=today, why=BSN, by=cast.author),
        lambda: rounds.reopen_for(handed_in, until=today, why=BSN, by=cast.author),
    ]
    for act in acts:
        with pytest.raises(Refused, match="burgerservicenummer"):
            act()
