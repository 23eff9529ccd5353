import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.encoding import force_bytes
from docx import Document

from core.drafts import may_write, save_draft
from core.models import StoredFile
from core.richtext import to_plain_text
from governance.models import Proposal
from tests import factories as make

SEEDS = Path(os.environ.get("REGIOVISIE_SEEDS") or Path(__file__).parents[4] / "shared" / "seeds")
TEXT = """\
Aan: Leden van het bestuur
Van: Programmateam
Datum: 4 maart 2024
Onderwerp: Speelplekken in elke wijk

Status: Concept
In opdracht van: Bestuur
Te bespreken in: Stuurgroep 11 maart
  Club van elf 14 maart

AANLEIDING

Kinderen spelen <script>alert(1)</script> minder buiten.

BESLISPUNTEN

Wij vragen u in te stemmen met:

- Een telling van alle speelplekken.
- Een bedrag van € 12.500 voor de telling.
"""


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def send(client, cast, name="stuk.txt", content=TEXT, who="author"):
    client.force_login(getattr(cast, who))
    address = reverse("governance:proposal-import", args=[cast.region.slug])
    return client.post(address, {"file": SimpleUploadedFile(name, force_bytes(content))})


def as_sent(form):
    """What a browser sends for a form that nobody touched."""
    sent = {}
    for bound in form:
        value = bound.value()
        sent[bound.html_name] = "" if value in (None, False) else getattr(value, "pk", value)
    return sent


def all_text(proposal):
    version = proposal.working
    return "\n".join(
        [version.subject, version.addressed_to, version.decision_intro]
        + [point.text for point in version.points.all()]
        + [f"{s.heading}\n{to_plain_text(s.body)}" for s in version.sections.all()]
    )


def test_the_review_shows_what_was_read_beside_the_original_as_text(client, cast):
    response = client.get(send(client, cast).url)
    form = response.context["form"]
    assert form["subject"].value() == "Speelplekken in elke wijk"
    assert [(s.written, s.inferred, s.unknown) for s in form.stops()] == [
        ("Stuurgroep", True, False),
        ("Club van elf", True, True),
    ]
    page = response.content.decode()
    assert "Kinderen spelen &lt;script&gt;alert(1)&lt;/script&gt; minder buiten." in page
    assert "<script>alert" not in page
    assert "Het gremium ‘Club van elf’ is in deze regio niet bekend." in page
    assert Proposal.objects.count() == 0


def test_what_she_corrects_is_what_is_made_and_nothing_is_dropped(client, cast):
    address = send(client, cast).url
    sent = as_sent(client.get(address).context["form"])
    sent |= {
        "subject": "Speelplekken in iedere wijk",
        "stop-0-date": "12 maart 2024",
        "point-1": "Een bedrag van € 12.000 voor de telling.",
        "kind": "spending",
    }
    response = client.post(address, sent)
    made = Proposal.objects.get()
    assert response.url == reverse("governance:proposal-write", args=[cast.region.slug, 1])
    assert (str(made), made.kind, made.commissioned_by, made.working.dated) == (
        "Speelplekken in iedere wijk",
        "spending",
        cast.board,
        date(2024, 3, 4),
    )
    (step,) = made.steps.all()
    assert (step.body, step.meeting.starts_at.date()) == (cast.steering, date(2024, 3, 12))
    assert [p.text for p in made.working.points.all()] == [
        "Een telling van alle speelplekken.",
        "Een bedrag van € 12.000 voor de telling.",
    ]
    text = all_text(made)
    assert "Club van elf, 14 maart 2024" in text
    assert "Status: Concept" in text
    assert "<script>" not in made.working.sections.first().body
    assert made.source_file.name == "stuk.txt"


def test_once_made_the_review_leads_to_the_proposal(client, cast):
    address = send(client, cast).url
    sent = as_sent(client.get(address).context["form"])
    client.post(address, sent)
    client.post(address, sent)
    assert Proposal.objects.count() == 1
    assert client.get(address).status_code == 302


def test_bad_input_names_the_field_and_keeps_what_she_typed(client, cast):
    address = send(client, cast).url
    sent = as_sent(client.get(address).context["form"])
    sent |= {"subject": " ", "stop-0-date": "ergens in maart", "decision_intro": "Anders gevraagd"}
    form = client.post(address, sent).context["form"]
    assert sorted(form.errors) == ["stop-0-date", "subject"]
    assert form.errors["subject"] == ["In dit stuk staat geen onderwerp. Vul het in."]
    assert form["decision_intro"].value() == "Anders gevraagd"
    assert Proposal.objects.count() == 0


def test_what_she_was_typing_comes_back(client, cast):
    address = send(client, cast).url
    key = f"import:{StoredFile.objects.get().pk}"
    assert (may_write(cast.author, key), may_write(cast.coauthor, key)) == (True, False)
    data = {"subject": "Half aangepast"}
    save_draft(user=cast.author, key=key, data=data, base={}, base_revision=0, serial=1)
    assert client.get(address).context["form"]["subject"].value() == "Half aangepast"
    client.post(address, {"forget": "1"})
    assert client.get(address).context["form"]["subject"].value() == "Speelplekken in elke wijk"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("stuk.pdf", b"%PDF-1.4"),
        ("leeg.txt", b""),
        ("wit.txt", b" \n \n"),
        ("x.docx", b"PK\x03\x04"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_file_and_not_kept(client, cast, name, content):
    form = send(client, cast, name, content).context["form"]
    assert list(form.errors) == ["file"]
    assert StoredFile.objects.count() == 0


def test_a_word_file_is_read_too(client, cast):
    document, kept = Document(), io.BytesIO()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(kept)
    form = client.get(send(client, cast, "stuk.docx", kept.getvalue()).url).context["form"]
    assert form["subject"].value() == "Speelplekken in elke wijk"


@pytest.mark.parametrize(("who", "code"), [("secretary", 403), ("stranger", 404)])
def test_only_who_writes_may_read_in(client, cast, who, code):
    assert send(client, cast, who=who).status_code == code


def test_the_review_is_only_for_who_uploaded(client, cast):
    address = send(client, cast).url
    colleague = make.user("collega")
    make.member(cast.team, colleague)
    client.force_login(colleague)
    assert client.get(address).status_code == 404


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not here")
@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_the_real_documents_become_proposals_with_every_word(client, cast, number):
    path = next(SEEDS.glob(f"{number}_*.txt"))
    address = send(client, cast, path.name, path.read_bytes()).url
    response = client.get(address)
    form = response.context["form"]
    sent = as_sent(form) | {"personal_data_confirmed": "on"}
    if not sent["subject"].strip():
        sent["subject"] = "Zonder onderwerp"
    done = client.post(address, sent)
    errors = done.context["form"].errors if done.status_code == 200 else {}
    assert errors == {}
    text = " ".join(all_text(Proposal.objects.get()).split())
    text += " ".join(" ".join(p.text.split()) for p in Proposal.objects.get().advice.all())
    for section in form.imported.sections:
        for line in section.text.splitlines():
            # A list is numbered anew, so its numbers are left aside.
            words = re.sub(r"^[\s•*-]*(\d+[.)])?", "", line).split()[:4]
            assert " ".join(words) in text or "|" in line
