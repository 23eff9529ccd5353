"""What waits about a nulmeting on the home page, and that the general reminder leaves it alone."""

from datetime import timedelta

import pytest

from core import clock
from core.models import OutboxMail
from governance import news
from governance.enums import MunicipalRoleKind
from governance.standing import standing_of
from governance.waiting import jobs_for
from nulmeting import waiting
from nulmeting.domain import reminding, rounds, submissions
from nulmeting.models import Submission
from tests import baseline
from tests import factories as make

pytestmark = pytest.mark.django_db
YEAR = clock.today().year


def waits(person, cast):
    """Title and day of what waits for somebody about a nulmeting."""
    found = jobs_for(person, [cast.region])
    return [(job.title, job.due) for job in found if "/nulmeting/" in job.url]


def test_the_editor_fills_in_until_the_last_day(cast, submission, editor):
    last = submission.round.closes_on
    assert waits(editor, cast) == [(f"Vul de nulmeting {YEAR} in voor Aardam", last)]
    (job,) = jobs_for(editor, [cast.region])
    assert job.note.startswith("0 van 4 vragen beantwoord. Dat kan tot en met")
    baseline.fill(submission, editor)
    assert jobs_for(editor, [cast.region])[0].note.startswith("Alles is beantwoord.")


def test_the_approver_stands_for_what_another_handed_in(cast, submission, editor, approver):
    assert waits(approver, cast) == []
    make.municipal_role(cast.municipality, editor, MunicipalRoleKind.APPROVER)
    handed_in = baseline.submitted(submission, editor)
    title = f"Stel de nulmeting {YEAR} vast voor Aardam"
    assert waits(approver, cast) == [(title, submission.round.closes_on)]
    assert waits(editor, cast) == []
    submissions.give_back(handed_in, remarks="Anders.", by=approver)
    assert waits(approver, cast) == []
    assert waits(editor, cast)[0][0] == f"Pas de nulmeting {YEAR} van Aardam aan"


def test_who_serves_three_municipalities_sees_three(cast, submission):
    person = make.user("invuller van drie")
    for row in Submission.objects.all():
        make.municipal_role(row.municipality, person, MunicipalRoleKind.EDITOR)
    assert [title[-6:] for title, _ in waits(person, cast)] == ["Aardam", "kzicht", "Cotten"]


def test_nothing_waits_when_it_has_not_begun_or_is_closed(cast, editor, submission):
    asked = submission.round
    asked.opens_on = clock.today() + timedelta(days=1)
    asked.save()
    assert waits(editor, cast) == []
    rounds.close_round(asked, by=cast.author)
    assert waits(editor, cast) == []
    row = baseline.of(asked, "Aardam")
    until = clock.today() + timedelta(days=4)
    rounds.reopen_for(row, until=until, why="Ziekte.", by=cast.author)
    assert waits(editor, cast) == [(f"Vul de nulmeting {YEAR} in voor Aardam", until)]


def test_the_team_confirms_paper(cast, submission, editor):
    handed_in = baseline.submitted(submission, editor)
    approval = submissions.approve_on_paper(
        handed_in,
        paper=make.stored_file("besluit.pdf", uploaded_by=editor),
        paper_date=clock.today(),
        by=editor,
    )
    assert waits(cast.author, cast) == [("Bevestig de vaststelling op papier van Aardam", None)]
    submissions.confirm_paper(approval, by=cast.author)
    assert waits(cast.author, cast) == []


def test_the_team_reminds_when_the_last_day_comes_near(cast):
    asked = baseline.opened(cast, closes_on=clock.today() + timedelta(days=21))
    baseline.editor(cast.municipality)
    assert waits(cast.author, cast) == [
        (f"Herinner 3 gemeenten aan de nulmeting {YEAR}", asked.closes_on)
    ]
    reminding.remind(asked, by=cast.author)
    assert waits(cast.author, cast) == []
    with clock.at(clock.now() + timedelta(days=6)):
        assert len(waits(cast.author, cast)) == 1


def test_early_in_a_round_nobody_is_to_be_reminded(cast, submission):
    assert waits(cast.author, cast) == []


def test_the_team_opens_what_was_prepared_and_publishes_what_is_closed(
    cast, submission, editor, approver
):
    baseline.approved(submission, editor, approver)
    rounds.close_round(submission.round, by=cast.author)
    title = f"Publiceer de uitkomsten van de nulmeting {YEAR}"
    assert waits(cast.author, cast) == [(title, None)]
    begins = clock.today() + timedelta(days=5)
    baseline.prepared(cast, submission.round.instrument, year=YEAR + 1, opens_on=begins)
    assert waits(cast.author, cast)[0] == (f"Open de nulmeting {YEAR + 1}", begins)


def test_the_general_reminder_leaves_it_to_the_nulmeting(cast):
    with clock.at(clock.now().replace(year=2026, month=11, day=23)):
        editor = baseline.editor(cast.municipality)
        baseline.opened(cast, closes_on=clock.today() + timedelta(days=1))
        assert len(waits(editor, cast)) == 1
        assert news.remind(editor) == 0
    assert not OutboxMail.objects.filter(subject__startswith="Herinnering").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_is_fixed(cast, rows, django_assert_num_queries):
    instrument = baseline.fixed(cast)
    person = make.user("invuller")
    homes = [make.municipality(in_region=cast.region) for _ in range(rows)]
    for home in homes:
        make.municipal_role(home, person, MunicipalRoleKind.EDITOR)
    for number in range(rows):
        baseline.opened(
            cast, instrument, year=YEAR - number, closes_on=clock.today() + timedelta(days=9)
        )
    slugs = {cast.region.pk: cast.region.slug}
    standings = {each: standing_of(each) for each in (person, cast.author, cast.admin)}
    with django_assert_num_queries(2):
        assert len(list(waiting.jobs(person, standings[person], slugs))) == rows * rows
    with django_assert_num_queries(6):
        assert len(list(waiting.jobs(cast.author, standings[cast.author], slugs))) == rows
    with django_assert_num_queries(1):
        assert list(waiting.jobs(cast.admin, standings[cast.admin], slugs)) == []
