"""What the home page says about questions to municipalities."""

from governance.domain import local, proposals
from governance.waiting import jobs_for
from tests import factories as make
from tests import local as walk


def titles(cast, person):
    return [job.title for job in jobs_for(person, [cast.region])]


def test_who_serves_two_municipalities_has_a_job_for_each_until_it_is_reported(cast):
    two = walk.official(walk.home("Beekzicht"))
    make.municipal_role(walk.home("Cotten"), two, "clerk")
    asked = walk.asked(walk.to_board(cast), cast.author)
    jobs = jobs_for(two, [cast.region])
    assert [(job.title, job.due) for job in jobs] == [
        ("Meld voor Beekzicht de zienswijze van de raad", asked.due_on),
        ("Meld voor Cotten de zienswijze van de raad", asked.due_on),
    ]
    assert jobs[0].url.endswith(f"/uitkomst/{walk.step_of(asked, 'Beekzicht').pk}/")
    walk.reported(walk.step_of(asked, "Cotten"), two)
    assert titles(cast, two) == ["Meld voor Beekzicht de zienswijze van de raad"]
    proposals.change_state(asked.proposal, "withdraw", by=cast.author, why="Van de baan.")
    assert titles(cast, two) == []


def test_who_sets_the_baseline_reports_nothing(cast):
    walk.asked(walk.to_board(cast), cast.author)
    assert titles(cast, walk.official(walk.home("Beekzicht"), "approver")) == []


def test_the_author_body_sends_answers_and_closes(cast):
    decision = walk.consented(cast)
    ask = f"Vraag de gemeenten om hun besluit na besluit {decision.number}"
    assert titles(cast, cast.author) == [ask]
    prepared = walk.prepared(decision, cast.author, addressee="college")
    assert titles(cast, cast.author) == ["Verstuur de vraag aan de gemeenten"]
    asked = local.ask_round(prepared, by=cast.author)
    assert titles(cast, cast.author) == []
    step = walk.reported(walk.step_of(asked, "Aardam"), cast.adviser, outcome="refused")
    assert titles(cast, cast.author) == ["Beantwoord 1 gemeente"]
    walk.answered(step, cast.author)
    for name in ("Beekzicht", "Cotten"):
        walk.reported(walk.step_of(asked, name), None, outcome="agreed", text="")
    assert titles(cast, cast.author) == ["Sluit de vraag aan de gemeenten"]
    local.close_round(asked, by=cast.author)
    assert titles(cast, cast.author) == []


def test_answers_press_by_the_day_of_the_board(cast):
    stop = walk.to_board(cast)
    asked = walk.asked(stop, cast.author)
    walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
    found = [j for j in jobs_for(cast.author, [cast.region]) if j.title.startswith("Beantwoord")]
    assert [job.due for job in found] == [stop.meeting.starts_at.date()]
