"""The main job on any database: the example file read in, routed, decided, and its memo made.

No browser: the same pages, asked by Django's own client. On SQLite the worker shares a file.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import Document
from governance.enums import ProposalState
from governance.models import Body, BodyAlias, Decision, Proposal
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.verapdf import assert_valid
from tests.worker import wait_until

pytestmark = [pytest.mark.embedded, pytest.mark.worker]
EXAMPLE = Path(settings.BASE_DIR) / "docs" / "voorbeeld" / "voorstel.txt"


@pytest.fixture
def cast(transactional_db) -> Cast:
    cast = make_cast()
    for body, name in ((cast.aoj, "AOJ"), (cast.board, "AB platform jeugd")):
        BodyAlias.objects.create(body=body, region=cast.region, name=name)
    return cast


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def here(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=["waterland", *args])


def read_in(author: Client) -> Proposal:
    file = SimpleUploadedFile(EXAMPLE.name, EXAMPLE.read_bytes())
    review = author.post(here("proposal-import"), {"file": file}, follow=True)
    form = review.context["form"]
    data = {name: form[name].value() for name in form.fields}
    author.post(
        review.request["PATH_INFO"],
        {name: value for name, value in data.items() if value is not None},
    )
    return Proposal.objects.get()


def walk_to_the_board(cast: Cast, proposal: Proposal) -> None:
    """Every earlier stop handled; the board meets today and everybody is there."""
    *earlier, last = proposal.steps.select_related("body")
    for step in earlier:
        held = make.meeting(step.body, starts_at=clock.now() - timedelta(days=1))
        make.on_agenda(step, cast.author, held)
        make.handled(step, by=secretary_of(cast, step.body))
    today = make.meeting(last.body, starts_at=clock.now() - timedelta(hours=2))
    make.on_agenda(last, cast.author, today)


def secretary_of(cast: Cast, body: Body):
    return {
        cast.team: cast.author,
        cast.steering: cast.steering_secretary,
        cast.aoj: cast.aoj_secretary,
    }[body]


def decide(secretary: Client, proposal: Proposal) -> str:
    """Everything adopted without a vote, and made final; the address of the decision."""
    step = proposal.steps.select_related("meeting", "version").last()
    present = [member.pk for member in step.body.memberships.filter(has_vote=True)]
    secretary.post(here("meeting-attendance", step.meeting.pk), {"present": present})
    data = {"valid_from": "1 januari 2027"}
    for point in step.version.points.all():
        data |= {f"point-{point.pk}": "adopted", f"method-{point.pk}": "consensus"}
    secretary.post(here("decision-record", proposal.number, step.pk), data)
    made = here("decision-detail", Decision.objects.get().number)
    secretary.post(f"{made}definitief/")
    return made


def test_from_the_example_file_to_a_memo(cast, worker):
    author, secretary = browser_of(cast.author), browser_of(cast.secretary)
    with worker:
        proposal = read_in(author)
        assert [step.body for step in proposal.steps.order_by("order")] == [
            cast.team,
            cast.steering,
            cast.aoj,
            cast.board,
        ]
        proposal.working.summary = "Ouders krijgen sneller een weekend rust."
        proposal.working.save()
        author.post(here("proposal-submit", proposal.number))
        walk_to_the_board(cast, proposal)
        address = decide(secretary, proposal)
        document = Document.objects.get()
        wait_until(lambda: Document.objects.get().status == "ready", 40, "the memo")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ADOPTED
    page = browser_of(cast.alderman).get(address)
    download = reverse("core:document-download", args=[document.pk])
    assert download in page.content.decode()
    content = b"".join(browser_of(cast.alderman).get(download).streaming_content)
    assert_valid(content)
