"""The one table of the region, and the page of one round."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from core.formats import long_date
from governance.domain.secrecy import impose_secrecy
from governance.models import LocalRound, ReadingLog
from tests import local as walk


@pytest.fixture
def asked(cast):
    made = walk.asked(walk.to_board(cast), cast.author)
    walk.reported(walk.step_of(made, "Beekzicht"), None)
    return made


def url(name, *args):
    return reverse(f"governance:local-{name}", args=["waterland", *args])


def test_the_table_shows_every_municipality_and_marks_ones_own(client, cast, asked):
    client.force_login(cast.adviser)
    page = client.get(url("table"))
    rows = [(r["name"], r["mine"], r["cells"][0]["text"]) for r in page.context["rows"]]
    assert rows == [
        ("Aardam", True, "Wacht op reactie"),
        ("Beekzicht", False, "Positief met opmerkingen"),
        ("Cotten", False, "Wacht op reactie"),
    ]
    report = url("report", asked.pk, walk.step_of(asked, "Aardam").pk)
    assert page.context["rows"][0]["cells"][0]["url"] == report
    assert "1 van de 3 raden heeft gereageerd" in page.content.decode()


def test_it_sorts_by_name_or_number_and_by_nothing_else(client, cast, asked):
    codes = {"Aardam": "9003", "Beekzicht": "9002", "Cotten": "9001"}
    for name, code in codes.items():
        home = walk.home(name)
        home.cbs_code = code
        home.save()
    client.force_login(cast.reader)

    def names(query):
        return [row["name"] for row in client.get(url("table") + query).context["rows"]]

    assert names("?op=nummer") == ["Cotten", "Beekzicht", "Aardam"]
    assert names("?op=uitkomst") == names("") == ["Aardam", "Beekzicht", "Cotten"]


def test_one_question_of_several_can_be_chosen(client, cast, asked):
    other = walk.asked(walk.to_board(cast, 90), cast.author, addressee="college")
    client.force_login(cast.reader)
    assert len(client.get(url("table")).context["columns"]) == 2
    page = client.get(f"{url('table')}?vraag={other.pk}")
    assert [c["title"] for c in page.context["columns"]] == ["Zienswijze van het college"]
    assert len(client.get(f"{url('table')}?vraag=999999").context["columns"]) == 2


def test_a_reader_without_the_paper_sees_the_outcome_and_not_the_text(client, cast, asked):
    client.force_login(cast.reader)
    page = client.get(url("round", asked.pk)).content.decode()
    assert "Positief met opmerkingen" in page
    assert "Let op de kosten." not in page
    client.force_login(cast.alderman)
    page = client.get(url("round", asked.pk)).content.decode()
    assert "Let op de kosten." in page
    assert "Nog geen antwoord" in page


def test_the_team_prepares_checks_sends_and_answers(client, cast):
    stop = walk.to_board(cast)
    client.force_login(cast.author)
    form = {
        "addressee": "council",
        "question": "Wat vindt uw raad?",
        "term_source": "own",
        "term_length": "4",
        "term_unit": "weeks",
        "term_note": "",
    }
    new = url("new-before", stop.proposal.number, stop.pk)
    assert "Noem waar de termijn vandaan komt" in client.post(new, form).content.decode()
    client.post(new, form | {"term_note": "Afspraak"})
    asked = LocalRound.objects.get()
    check = client.get(url("ask", asked.pk)).content.decode()
    assert "3 gemeenten krijgen de vraag" in check
    client.post(url("ask", asked.pk))
    step = walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
    page = client.get(url("round", asked.pk)).content.decode()
    assert "Antwoord op Aardam" in page
    stale = {"answer": "not", "reason": "Nee.", "revision": "1"}
    page = client.post(url("answer", asked.pk, step.pk), stale).content.decode()
    assert "Iemand anders wijzigde dit intussen." in page
    client.post(url("answer", asked.pk, step.pk), stale | {"revision": str(step.revision)})
    step.refresh_from_db()
    assert (step.answer, step.reason) == ("not", "Nee.")
    panel = client.get(
        reverse("governance:proposal-detail", args=["waterland", stop.proposal.number])
    ).content.decode()
    assert "1 van de 3 raden heeft gereageerd" in panel


def test_a_decision_says_in_how_many_municipalities_was_decided(client, cast):
    decision = walk.consented(cast)
    asked = walk.asked(decision, cast.author, addressee="college")
    walk.reported(walk.step_of(asked, "Aardam"), cast.adviser, outcome="agreed", text="")
    walk.reported(walk.step_of(asked, "Cotten"), None, outcome="not_treated", text="")
    client.force_login(cast.author)
    page = client.get(
        reverse("governance:decision-detail", args=["waterland", decision.number])
    ).content.decode()
    assert "Besloten in 1 van de 3 gemeenten" in page


def test_the_download_is_what_this_reader_may_see(client, cast, asked):
    client.force_login(cast.author)
    sheet = load_workbook(BytesIO(client.get(url("round-download", asked.pk)).content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[3], row[6]) for row in rows] == [
        ("Aardam", "Wacht op reactie", None),
        ("Beekzicht", "Positief met opmerkingen", "Let op de kosten."),
        ("Cotten", "Wacht op reactie", None),
    ]
    client.force_login(cast.reader)
    sheet = load_workbook(BytesIO(client.get(url("round-download", asked.pk)).content)).active
    assert {row[6] for row in sheet.iter_rows(min_row=2, values_only=True)} == {None}
    table = load_workbook(BytesIO(client.get(url("table-download")).content)).active
    assert [cell.value for cell in table[3]][2] == "Positief met opmerkingen"


def test_a_secret_round_is_not_there_and_reading_it_is_written_down(client, cast, asked):
    impose_secrecy(
        asked.proposal,
        body=cast.team,
        ground="Bedrijfsgegevens.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team],
        by=cast.author,
    )
    client.force_login(cast.adviser)
    assert client.get(url("round", asked.pk)).status_code == 404
    assert client.get(url("table")).context["rows"] == []
    client.force_login(cast.author)
    client.get(url("round", asked.pk))
    assert ReadingLog.objects.get().what == f"vraag aan de gemeenten {asked.pk}"


def test_a_term_that_ends_after_the_papers_go_out_is_warned_about(client, cast):
    stop = walk.to_board(cast, 45)
    asked = walk.asked(stop, cast.author)
    client.force_login(cast.author)
    page = client.get(url("round", asked.pk)).content.decode()
    assert f"De termijn loopt tot en met {long_date(asked.due_on)}, maar de stukken gaan" in page
