"""What waits for who reads: member, adviser, external member, and who does nothing of these."""

from datetime import timedelta

import pytest

from core import clock
from governance.domain import secrecy, texts
from governance.enums import MemberRole, MunicipalRoleKind
from tests import factories as make
from tests.regiovisie.home import MONDAY, page, papers

SUMMARY = "Gezinnen krijgen sneller hulp in de buurt."
TITLE = "Meer hulp dichtbij huis"


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def routed(cast):
    """On the agenda of the board, while the steering group has not advised yet."""
    routed = make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )
    make.on_agenda(routed.steps.last(), cast.author, make.meeting(cast.board, 3))
    return routed


def test_the_alderman_reads_the_meeting_that_comes(client, cast, routed):
    response = page(client, cast.alderman, cast.region)
    assert (response.context["title"], response.context["lead"]) == (
        "Uw standpunt wordt gevraagd",
        "Bestuur, donderdag 5 november 2026, 9.30 uur. "
        "Nog uw standpunt te geven, tot woensdag 4 november, 12.00 uur.",
    )
    note = f"Besluiten. {SUMMARY} Advies volgt van Stuurgroep."
    expected = [("Bestuur", [("Wo 4 november", TITLE, note)])]
    assert papers(client, cast.alderman, cast.region) == expected
    assert [(h.name, h.roles) for h in response.context["homes"]] == [
        ("Aardam", ["lid van Bestuur"])
    ]
    (link,) = response.context["meetings"]
    assert (link.label, link.note) == ("Bestuur", "do 5 november, 9.30 uur")


def test_the_adviser_reads_the_same_for_each_municipality(client, cast, routed):
    beekzicht = cast.board_members[1].seat.municipality
    make.municipal_role(beekzicht, cast.adviser, MunicipalRoleKind.ADVISER)
    response = page(client, cast.adviser, cast.region)
    assert [(h.name, h.roles) for h in response.context["homes"]] == [
        ("Aardam", ["adviseur van de wethouder", "leest de stukken van Bestuur"]),
        ("Beekzicht", ["adviseur van de wethouder", "leest de stukken van Bestuur"]),
    ]
    assert [head for head, _ in papers(client, cast.adviser, cast.region)] == ["Bestuur"]


def test_what_is_written_after_the_papers_were_sent_stays_inside(client, cast, routed):
    version = texts.working_version(routed, by=cast.author)
    version.subject = "Een nieuw onderwerp"
    version.save()
    assert "Een nieuw onderwerp" not in page(client, cast.alderman, cast.region).content.decode()


def test_an_external_member_reads_the_papers_of_that_body_only(client, cast, routed):
    assert papers(client, cast.provider, cast.region) == []
    asked = make.routed(
        cast.author,
        cast.team,
        (cast.core_group, make.ADVISE),
        (cast.board, make.DECIDE),
        subject="Praat mee",
    )
    make.on_agenda(asked.steps.first(), cast.author, make.meeting(cast.core_group, 1))
    expected = [("Kerngroep", [("Vandaag", "Praat mee", f"Adviseren. {SUMMARY}")])]
    assert papers(client, cast.provider, cast.region) == expected
    assert (
        page(client, cast.provider, cast.region).context["title"] == "Uw standpunt wordt gevraagd"
    )
    with clock.at(MONDAY + timedelta(hours=5)):  # the deadline was at noon
        expected = [("Kerngroep", [("Adviseren", "Praat mee", SUMMARY)])]
        assert papers(client, cast.provider, cast.region) == expected
        title = page(client, cast.provider, cast.region).context["title"]
    assert title == "Uw vergadering is morgen"


def test_a_secret_paper_is_not_there_outside_its_circle(client, cast, routed):
    secrecy.impose_secrecy(
        routed,
        body=cast.board,
        ground="Er wordt nog onderhandeld.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.alderman, cast.secretary],
        by=cast.secretary,
    )
    assert [head for head, _ in papers(client, cast.alderman, cast.region)] == ["Bestuur"]
    for other in (cast.adviser, cast.board_members[1].user, cast.author):
        assert TITLE not in page(client, other, cast.region).content.decode()


def test_who_is_secretary_elsewhere_gets_one_list(client, cast, routed):
    make.member(cast.steering, cast.alderman, role=MemberRole.SECRETARY)
    make.on_agenda(routed.steps.first(), cast.author, make.meeting(cast.steering, 0))
    with clock.at(MONDAY + timedelta(hours=4)):
        response = page(client, cast.alderman, cast.region)
    assert [(task.due, task.title, task.now) for task in response.context["tasks"]] == [
        ("Vandaag", "Leg vast wat Stuurgroep meegaf", True),
        ("Vandaag", "Leg vast wie er waren bij Stuurgroep", False),
        ("Wo 4 november", "Geef uw standpunt voor Bestuur", False),
    ]


@pytest.mark.parametrize("who", ["official", "provider", "reader"])
def test_where_nothing_waits_the_page_says_so(client, cast, who):
    response = page(client, getattr(cast, who), cast.region)
    assert response.context["title"] == "Er wacht niets op u"
    assert response.content.decode().count("U bent bij.") == 1


def test_the_admin_finds_the_organisation(client, cast):
    assert "Beheer van de regio" in page(client, cast.admin, cast.region).content.decode()
    assert "Beheer van de regio" not in page(client, cast.reader, cast.region).content.decode()
