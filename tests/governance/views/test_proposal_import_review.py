"""The review of what was read: what it says first, and documents of any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.domain.importing import import_proposal
from governance.importing.result import ImportedProposal, Section
from governance.models import Proposal
from tests.governance.views.test_proposal_import import TEXT, as_sent, send


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_it_says_at_once_what_was_read_and_what_was_guessed(client, cast):
    response = client.get(send(client, cast).url)
    form = response.context["form"]
    assert (form.guessed_stops(), form.advice_count(), form.unread_words()) == (2, 0, 0)
    assert form["date"].help_text == ""
    undated = TEXT.replace("4 maart 2024", "4 maart", 1)
    response = client.get(send(client, cast, content=undated).url)
    assert response.context["form"]["date"].help_text == (
        "Het jaar staat niet in het stuk. Klopt het?"
    )
    assert response.content.decode().count("(niet verplicht)") == 0


def test_a_plan_with_hundreds_of_headings_comes_in_whole(client, cast):
    text = "Onderwerp: Veel\nAan: leden\n\n"
    text += "\n\n".join(f"# Deel {number}\n\nTekst {number}." for number in range(400))
    address = send(client, cast, content=text).url
    sent = as_sent(client.get(address).context["form"])
    assert client.post(address, sent).status_code == 302
    assert Proposal.objects.get().working.sections.count() == 400


def test_a_part_more_costs_only_its_own_rows(cast):
    def cost(count):
        read = ImportedProposal(
            subject="Plan",
            sections=[Section(f"Deel {n}", 1, "Tekst.") for n in range(count)],
            decision_points=[f"Punt {n}." for n in range(count)],
        )
        with CaptureQueriesContext(
            connection,
        ) as seen:
            import_proposal(read, region=cast.region, source=None, by=cast.author)
        return len(seen)

    cost(1)
    # A section or a point is one row, and one row of its history.
    assert cost(11) - cost(1) == 10 * 2 * 2
