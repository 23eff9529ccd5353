"""What a document says and no field can hold stays readable in the proposal."""

from datetime import date

import pytest

result = pytest.importorskip("governance.importing.result")
from governance.domain.importing import import_proposal  # noqa: E402


def test_what_does_not_fit_or_is_not_known_is_kept(cast):
    long = "Een lang onderwerp " * 15
    read = result.ImportedProposal(
        subject=long,
        from_="Werkgroep Onbekend",
        status="concept",
        version="0.3",
        route=[
            result.Stop("Raad van Elf", None, date(2027, 6, 1)),
            result.Stop("stuurgroep", "stuurgroep", date(2027, 6, 23)),
            result.Stop("AOJ", "aoj", date(2027, 6, 14)),
            result.Stop("bestuur", "bestuur", date(2027, 7, 2)),
        ],
        sections=[result.Section("Kop " * 60, 7, "Tekst.")],
        decision_points=["Het plan vast te stellen."],
        unread=["Los woord."],
    )
    proposal = import_proposal(read, region=cast.region, source=None, by=cast.author)
    proposal.refresh_from_db()
    assert [
        (s.order, s.body.slug, s.meeting and s.meeting.starts_at.date())
        for s in proposal.steps.all()
    ] == [
        (1, "stuurgroep", date(2027, 6, 23)),
        (2, "aoj", None),
        (3, "bestuur", date(2027, 7, 2)),
    ]
    first, unplaced = proposal.working.sections.all()
    assert (first.level, "Kop " * 59 in first.body) == (4, True)
    for words in (
        long.strip(),
        "Van: Werkgroep Onbekend",
        "Status: concept",
        "Versie: 0.3",
        "Te bespreken in: Raad van Elf, 1 juni 2027",
        "Te bespreken in: AOJ, 14 juni 2027 (die datum past niet in de route)",
        "Los woord.",
    ):
        assert words in unplaced.body
