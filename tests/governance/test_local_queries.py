"""Twenty municipalities cost the same queries as three: the table, a round, and their downloads."""

import pytest
from django.urls import reverse

from governance.local_queries import without_reporter
from tests import factories as make
from tests import local as walk

LONG = "Noordoostelijk Rivierenland aan de Oude Maas en Waal"
# What each page asks of the database, for the adviser of one municipality.
PAGES = {
    "local-table": 16,
    "local-table-download": 13,
    "local-round": 19,
    "local-round-download": 16,
}


@pytest.mark.parametrize("many", [3, 20])
@pytest.mark.parametrize("name", list(PAGES))
def test_the_same_queries_for_three_and_for_twenty(
    cast, client, name, many, django_assert_num_queries
):
    for number in range(many - 3):
        make.municipality(f"{LONG} {number:02}", in_region=cast.region)
    asked = walk.asked(walk.to_board(cast), cast.author)
    for step in asked.steps.all():
        walk.reported(step, None, source="Brief")
    args = [cast.region.slug, *([asked.pk] if "round" in name else [])]
    client.force_login(cast.adviser)
    client.get(reverse(f"governance:{name}", args=args))
    with django_assert_num_queries(PAGES[name]):
        answer = client.get(reverse(f"governance:{name}", args=args))
    if "download" not in name:
        assert answer.content.decode().count("Positief met opmerkingen") >= many


def test_who_has_nobody_to_report_is_named_before_the_question_is_sent(cast, client):
    assert [str(home) for home in without_reporter(cast.region)] == ["Beekzicht", "Cotten"]
    walk.official(walk.home("Cotten"), "approver")
    walk.official(walk.home("Beekzicht"), "clerk")
    assert [str(home) for home in without_reporter(cast.region)] == ["Cotten"]
    asked = walk.prepared(walk.to_board(cast), cast.author)
    client.force_login(cast.author)
    page = client.get(reverse("governance:local-ask", args=[cast.region.slug, asked.pk]))
    assert "voor Cotten is nog niemand ingevoerd" in page.content.decode()


def test_before_it_is_sent_both_dates_are_there(cast, client):
    """The board meets on 1 July 2027; the papers go ten working days before."""
    cast.board.delivery_days = 10
    cast.board.save()
    stop = walk.to_board(cast)
    meeting = stop.meeting
    meeting.starts_at = meeting.starts_at.replace(year=2027, month=7, day=1)
    meeting.save()
    client.force_login(cast.author)
    url = reverse(
        "governance:local-new-before", args=[cast.region.slug, stop.proposal.number, stop.pk]
    )
    form = client.get(url).content.decode()
    assert "vergadert op 1 juli 2027 en krijgt de stukken op 17 juni 2027" in form
    assert "Uiterlijk versturen op 25 maart 2027" in form  # twelve weeks before 17 June
    assert "Uiterlijk versturen op 22 april 2027" in form  # eight weeks
    asked = walk.prepared(stop, cast.author, term=walk.BUDGET)
    page = client.get(reverse("governance:local-round", args=[cast.region.slug, asked.pk]))
    text = page.content.decode()
    for shown in (
        "25 maart 2027",
        "8 april 2027",
        "het bestuur van de regio",
        "Nog niet verstuurd",
    ):
        assert shown in text
