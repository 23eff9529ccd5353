import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.files import store_upload
from core.models import StoredFile
from governance.domain import proposals, secrecy, texts
from governance.models import Attachment, ReadingLog
from tests import factories as make
from tests.core.files_of_every_kind import pdf

PDF = pdf()


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def routed(cast):
    stops = (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    made = make.proposal(cast.author, cast.team)
    file = store_upload(SimpleUploadedFile("schema.pdf", PDF), by=cast.author)
    texts.add_attachment(made.working, file, title="Schema", by=cast.author)
    for body, purpose in stops:
        make.layout.add_step(made, body=body, purpose=purpose, by=cast.author)
    proposals.enter_route(made, by=cast.author)
    make.on_agenda(made.steps.first(), cast.author)
    return made


def url(proposal, name="attachment-download", *rest):
    return reverse(f"governance:{name}", args=[proposal.region.slug, proposal.number, *rest])


@pytest.mark.parametrize(
    ("who", "code"),
    [("author", 200), ("reader", 200), ("provider", 404), ("admin", 404), ("stranger", 404)],
)
def test_who_gets_the_file(client, cast, routed, who, code):
    client.force_login(getattr(cast, who))
    response = client.get(url(routed, "attachment-download", Attachment.objects.get().pk))
    assert response.status_code == code
    if code == 200:
        assert b"".join(response.streaming_content) == PDF


def test_secrecy_closes_the_file_at_once_and_every_reading_is_logged(client, cast, routed):
    attachment = Attachment.objects.get()
    secrecy.impose_secrecy(
        attachment,
        body=cast.steering,
        ground="Onderhandeling",
        imposed_on=clock.today(),
        circle_bodies=[cast.steering],
        by=cast.steering_secretary,
    )
    address = url(routed, "attachment-download", attachment.pk)
    client.force_login(cast.author)
    assert client.get(address).status_code == 404
    client.force_login(cast.reader)
    assert b"".join(client.get(address).streaming_content) == PDF
    assert [(log.user, log.what) for log in ReadingLog.objects.all()] == [
        (cast.reader, "bijlage Schema")
    ]


def test_an_attachment_is_added_with_its_own_mark(client, cast):
    proposal = make.proposal(cast.author, cast.team)
    client.force_login(cast.author)
    file = SimpleUploadedFile("begroting.pdf", PDF)
    client.post(url(proposal, "attachment-add"), {"file": file, "confidential": "on"})
    added = Attachment.objects.get()
    assert (added.title, added.confidential, added.version) == (
        "begroting.pdf",
        True,
        proposal.working,
    )


@pytest.mark.parametrize(
    ("name", "content", "title", "field"),
    [
        ("virus.exe", b"MZ\x90", "Iets", "file"),
        ("leeg.pdf", b"", "Iets", "file"),
        ("goed.pdf", PDF, "BSN 111222333", "title"),
    ],
)
def test_what_is_refused_names_its_field_and_leaves_no_file(
    client, cast, name, content, title, field
):
    proposal = make.proposal(cast.author, cast.team)
    client.force_login(cast.author)
    response = client.post(
        url(proposal, "attachment-add"),
        {"file": SimpleUploadedFile(name, content), "title": title},
    )
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form["title"].value() == title
    assert StoredFile.objects.count() == 0


def test_the_source_is_for_who_writes(client, cast, routed):
    assert routed.source_file is None
    client.force_login(cast.author)
    assert client.get(url(routed, "proposal-source")).status_code == 404
    file = store_upload(SimpleUploadedFile("stuk.pdf", PDF), by=cast.author)
    routed.source_file = file
    routed.save()
    assert b"".join(client.get(url(routed, "proposal-source")).streaming_content) == PDF
    client.force_login(cast.reader)
    assert client.get(url(routed, "proposal-source")).status_code == 403
