"""What people type is shown as they typed it, and does nothing: in every field, on every page."""

from html import escape

import pytest

from core import clock
from governance.models import (
    ActionPoint,
    AgendaItem,
    Annotation,
    Body,
    ItemRecord,
    LocalRound,
    LocalStep,
    Meeting,
    Municipality,
    Position,
    Proposal,
    Question,
    Recusal,
    RoundAnswer,
    Section,
    VoteRound,
    WrittenRound,
)
from tests.security.addresses import address
from tests.security.test_headers import Live
from tests.security.test_role_matrix import EXPECTED

pytestmark = pytest.mark.django_db

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> \"'onmouseover=alert(1) {{7*7}} "
    "{% debug %} file:///etc/passwd <a href=javascript:alert(1)>x</a> http://kwaad.example/a.png"
)
RICH = (
    "<p>Tekst {{7*7}}<script>alert(1)</script><img src='http://kwaad.example/a.png' onerror='x'>"
    "<a href='javascript:alert(1)' onclick='x'>klik</a><a href='file:///etc/passwd'>lees</a>"
    "<svg onload='x'></svg><iframe src='//kwaad.example'></iframe><b style='color:red'>vet</b></p>"
)
BIDI = "\u202egeheim\u2066"
# What is typed before, in and after a meeting, by members, secretaries and municipalities.
TYPED = (
    *(ActionPoint, AgendaItem, Annotation, ItemRecord, LocalRound, LocalStep, Municipality),
    *(Position, Question, Recusal, RoundAnswer, VoteRound, WrittenRound),
)


def fill(row, skip=()):
    """Hostile words in every text field of a row, as if every form had let them through."""
    for field in row._meta.concrete_fields:
        if field.get_internal_type() not in {"CharField", "TextField"} or field.choices:
            continue
        if field.name in {"slug", "cbs_code", "password", "email", "act", *skip}:
            continue
        if isinstance(row, ActionPoint) and row.owner_id and field.name == "office":
            continue  # either a member or an office
        value = RICH if isinstance(row, Section) and field.name == "body" else HOSTILE + BIDI
        setattr(row, field.name, value[: field.max_length] if field.max_length else value)
    row.save()


@pytest.fixture(scope="module")
def hostile(world):
    cast = world.cast
    fill(cast.region)
    Question.objects.update(answer="x", answered_at=clock.now())  # an answer has its moment
    for rows in (
        Body.objects.filter(region=cast.region),
        Meeting.objects.all(),
        *(paper.advice.all() for paper in Proposal.objects.all()),
        *(paper.steps.all() for paper in Proposal.objects.all()),
        *(version.points.all() for version in world.concept.versions.all()),
        *(version.sections.all() for version in world.concept.versions.all()),
        *(version.attachments.all() for version in world.concept.versions.all()),
        world.concept.versions.all(),
        [cast.municipality, world.template, world.block, world.imported],
        [world.published, *world.published.points.all()],
        [person for role in ("author", "secretary", "coauthor") if (person := world.person(role))],
        *(model.objects.all() for model in TYPED),
    ):
        for row in rows:
            fill(row, skip={"content", "sha256", "kind", "number"})
    return world


@pytest.mark.parametrize(
    "role", ["author", "secretary", "coauthor", "alderman", "adviser", "admin"]
)
def test_nothing_typed_is_alive_on_any_page(hostile, role):
    browser, alive, shown = hostile.client(role), {}, 0
    for name, on, method in EXPECTED:
        if method != "GET" or "download" in name or name in ("components", "account_logout"):
            continue
        response = browser.get(address(hostile, name, on))
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        html = response.content.decode()
        nonce = html.partition('nonce="')[2].partition('"')[0]
        found = Live(html, nonce).found
        if found or "<script>alert" in html or "49" in html.partition("Tekst ")[2][:2]:
            alive[name, on] = found
        shown += escape("<script>alert(1)</script>") in html
    assert alive == {}
    assert shown >= 5


def test_the_text_of_a_section_keeps_its_words_and_loses_what_acts(hostile):
    page = hostile.client("author").get(address(hostile, "governance:proposal-detail", "concept"))
    html = page.content.decode()
    assert "Tekst {{7*7}}" in html
    assert "klik" in html
    assert "kwaad.example" not in html.partition("Tekst {{7*7}}")[2][:200]
