"""The form of an official: for whom, by which rule, and nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.drafts import draft_of, save_draft
from core.formats import long_date
from core.models import StoredFile
from governance.models import LocalStep
from tests import factories as make
from tests import local as walk
from tests.core import files_of_every_kind as files


@pytest.fixture
def step(cast):
    return walk.step_of(walk.asked(walk.to_board(cast), cast.author), "Aardam")


def url(step, name="report"):
    return reverse(f"governance:local-{name}", args=["waterland", step.round_id, step.pk])


def filled(step, **more):
    return {
        "outcome": "remarks",
        "decided_on": long_date(clock.today()),
        "text": "Let op de kosten.",
        "source": "",
        "begun": "open",
        "base-revision": "1",
        "base-outcome": "",
        "base-decided_on": "",
        "base-text": "",
        "base-source": "",
    } | more


def test_the_form_says_for_whom_one_fills_in_and_what_else_is_open(client, cast, step):
    make.municipal_role(walk.home("Cotten"), cast.adviser, "editor")
    client.force_login(cast.adviser)
    page = client.get(url(step)).content.decode()
    assert "U vult in voor Aardam." in page
    assert "Meld voor Aardam" in page
    assert "Ook nog open:" in page
    assert ">Cotten</a>" in page


def test_reporting_with_a_paper(client, cast, step, media):
    client.force_login(cast.adviser)
    paper = SimpleUploadedFile("raadsbesluit.pdf", files.pdf())
    done = client.post(url(step), filled(step, file=paper))
    assert done.url == reverse("governance:local-round", args=["waterland", step.round_id])
    step.refresh_from_db()
    assert (step.outcome, step.paper.name) == ("remarks", "raadsbesluit.pdf")
    sent = client.get(url(step, "paper-download"))
    assert b"".join(sent.streaming_content)[:5] == b"%PDF-"
    client.force_login(cast.reader)
    assert client.get(url(step, "paper-download")).status_code == 403


def test_a_wrong_file_and_a_wrong_day_are_said_at_their_field(client, cast, step, media):
    client.force_login(cast.adviser)
    sheet = SimpleUploadedFile("cijfers.png", files.png())
    page = client.post(url(step), filled(step, file=sheet)).content.decode()
    assert "Kies een bestand van de soort pdf, docx of odt." in page
    page = client.post(url(step), filled(step, decided_on="1 januari 2099")).content.decode()
    assert "Deze datum ligt in de toekomst." in page
    assert "Let op de kosten." in page
    assert not StoredFile.objects.exists()


def test_another_municipality_is_not_there(client, cast, step):
    client.force_login(cast.adviser)
    other = walk.step_of(step.round, "Beekzicht")
    assert client.get(url(other)).status_code == 404
    assert client.post(url(other), filled(other)).status_code == 404


def test_two_at_once_see_both_texts_and_choose(client, cast, step):
    walk.reported(step, walk.official(step.municipality))
    client.force_login(cast.adviser)
    page = client.post(url(step), filled(step, text="Te duur."))
    assert [(b.label, b.mine, b.theirs) for b in page.context["form"].clashes()] == [
        ("Toelichting", "Te duur.", "Let op de kosten.")
    ]
    assert draft_of(cast.adviser, f"local:{step.pk}").data["text"] == "Te duur."
    choice = {"theirs-text": "Let op de kosten.", "keep-text": "mine"}
    client.post(url(step), filled(step, text="Te duur.", **choice))
    step.refresh_from_db()
    assert (step.text, step.outcome) == ("Te duur.", "remarks")
    assert draft_of(cast.adviser, f"local:{step.pk}") is None


def test_what_was_typed_comes_back_and_can_be_thrown_away(client, cast, step):
    key = f"local:{step.pk}"
    save_draft(
        user=cast.adviser, key=key, data={"text": "Half af"}, base={}, base_revision=1, serial=1
    )
    client.force_login(cast.adviser)
    assert "Half af" in client.get(url(step)).content.decode()
    client.post(url(step), {"forget": "1"})
    assert draft_of(cast.adviser, key) is None


def test_a_correction_asks_why(client, cast, step):
    walk.reported(step, cast.adviser)
    client.force_login(cast.adviser)
    begun = {
        "begun": "reported",
        "base-revision": "2",
        "base-outcome": "remarks",
        "base-decided_on": long_date(clock.today()),
        "base-text": "Let op de kosten.",
    }
    page = client.post(url(step), filled(step, text="Anders.", **begun))
    assert "why" in page.context["form"].errors
    client.post(url(step), filled(step, text="Anders.", why="Typefout.", **begun))
    assert LocalStep.objects.get(pk=step.pk).text == "Anders."
