"""Two people in one text lose nothing; two acts at once give one result each."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import decisions, organisation, proposals, texts
from governance.models import Decision, Proposal, ProposalVersion, RegionRole
from tests import factories as make
from tests.cast import make_cast


@pytest.fixture
def section(cast):
    proposal = make.proposal(cast.author, cast.team)
    proposals.add_coauthor(proposal, cast.coauthor, by=cast.author)
    return proposal.working.sections.get()


def edit(section, by, base_revision=1, **values):
    base = {"heading": "Aanleiding", "body": "<p>Gezinnen wachten te lang.</p>", "level": 1}
    return texts.edit_section(section, values, base=base, base_revision=base_revision, by=by)


def test_different_fields_are_merged(cast, section):
    assert edit(section, cast.author, heading="Waarom nu") == ["heading"]
    assert edit(section, cast.coauthor, body="<p>Het kan beter.</p>") == ["body"]
    section.refresh_from_db()
    assert (section.heading, section.body) == ("Waarom nu", "<p>Het kan beter.</p>")
    assert section.revision == 3


def test_the_same_field_gives_both_texts_and_writes_nothing(cast, section):
    edit(section, cast.author, heading="Waarom nu")
    with pytest.raises(Conflict) as conflict:
        edit(section, cast.coauthor, heading="Waarom", body="<p>Anders.</p>")
    assert [(c.field, c.mine, c.theirs) for c in conflict.value.clashes] == [
        ("heading", "Waarom", "Waarom nu")
    ]
    section.refresh_from_db()
    assert section.body == "<p>Gezinnen wachten te lang.</p>"


def test_the_same_text_twice_is_no_conflict(cast, section):
    edit(section, cast.author, heading="Waarom nu")
    assert edit(section, cast.coauthor, heading="Waarom nu") == []


def test_a_part_taken_away_meanwhile_is_a_refusal(cast, section):
    texts.remove_part(section, by=cast.author)
    section.pk = 999_999_999
    for act in (
        lambda: edit(section, cast.author, heading="x"),
        lambda: texts.move_part(section, to=1, by=cast.author),
        lambda: texts.remove_part(section, by=cast.author),
    ):
        with pytest.raises(Refused, match="Deze paragraaf is intussen weggehaald"):
            act()


@pytest.mark.parametrize(
    ("values", "field"), [({"level": 5}, "level"), ({"heading": "x" * 201}, "heading")]
)
def test_what_the_database_cannot_hold_is_refused_first(cast, section, values, field):
    with pytest.raises(Refused) as refused:
        edit(section, cast.author, **values)
    assert [r.field for r in refused.value.refusals] == [field]


def test_only_its_own_fields_can_be_set(cast, section):
    with pytest.raises(ValueError, match="not a field of a section"):
        edit(section, cast.author, version_id=1)


# At the same moment: threads, so PostgreSQL. SQLite writes one at a time by itself. ---------------

at_once = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks")


def together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; their results or errors, in order."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@at_once
@pytest.mark.django_db(transaction=True)
def test_proposals_begun_at_once_get_their_own_numbers():
    cast = make_cast()
    act = lambda: make.proposal(cast.author, cast.team)  # noqa: E731
    assert [type(made) for made in together(*[act] * 4)] == [Proposal] * 4
    assert sorted(Proposal.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@at_once
@pytest.mark.django_db(transaction=True)
def test_decisions_recorded_at_once_get_their_own_numbers():
    cast = make_cast()
    steps = []
    for minute in range(3):
        proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
        meeting = make.meeting(cast.board, starts_at=make.moment(1, minute=minute))
        steps.append(make.on_agenda(proposal.steps.get(), cast.author, meeting))
    made = together(*[lambda s=s: make.decided(s, cast.secretary) for s in steps])
    assert [type(one) for one in made] == [Decision] * 3
    assert sorted(Decision.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    decision = made[0]
    both = together(*[lambda: decisions.finalise_decision(decision, by=cast.secretary)] * 2)
    assert sorted(type(one).__name__ for one in both) == ["Decision", "Refused"]


@at_once
@pytest.mark.django_db(transaction=True)
def test_two_begin_the_next_version_at_once_and_get_the_same():
    cast = make_cast()
    for _ in range(5):
        proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
        made = together(*[lambda p=proposal: texts.working_version(p, by=cast.author)] * 3)
        assert [getattr(v, "number", v) for v in made] == [2, 2, 2]
        assert proposal.versions.count() == 2


@at_once
@pytest.mark.django_db(transaction=True)
def test_freezing_while_somebody_writes_loses_nothing():
    cast = make_cast()
    for _ in range(5):
        proposal = make.proposal(cast.author, cast.team)
        version = proposal.working
        written, _ = together(
            lambda v=version: texts.edit_header(
                v, {"addressed_to": "Het bestuur"}, base={}, base_revision=1, by=cast.author
            ),
            lambda p=proposal: proposals.freeze_version(p, by=cast.author),
        )
        kept = ProposalVersion.objects.get(pk=version.pk)
        assert kept.frozen_at is not None
        if isinstance(written, Refused):
            assert kept.addressed_to == ""
        else:
            assert (written, kept.addressed_to) == (["addressed_to"], "Het bestuur")


@at_once
@pytest.mark.django_db(transaction=True)
def test_writing_and_removing_wait_for_each_other_without_a_deadlock():
    cast = make_cast()
    for _ in range(5):
        section = make.proposal(cast.author, cast.team).working.sections.get()
        results = together(
            lambda s=section: edit(s, cast.author, heading="Waarom"),
            lambda s=section: texts.remove_part(
                type(s).objects.select_related("version").get(pk=s.pk), by=cast.author
            ),
        )
        assert results[1] is None
        assert results[0] == ["heading"] or isinstance(results[0], Refused)


@at_once
@pytest.mark.django_db(transaction=True)
def test_the_same_role_given_twice_at_once_is_there_once():
    cast = make_cast()
    give = lambda: organisation.keep(  # noqa: E731
        RegionRole(region=cast.region, user=cast.reader, role="finance"),
        cast.region,
        by=cast.admin,
    )
    assert sorted(type(one).__name__ for one in together(give, give)) == ["Refused", "RegionRole"]
