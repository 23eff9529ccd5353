import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.refusal import Refused
from core.versioning import Conflict
from governance.domain import annotations
from governance.models import Annotation
from tests import factories as make
from tests.preparing import MONDAY, on_board

EMPTY = {"line": "", "text": ""}


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def item(cast):
    return on_board(cast)


def annotate(item, cast, by=None, base=EMPTY, revision=0, home=None, **values):
    return annotations.annotate(
        item,
        home or cast.municipality,
        values=values,
        base=base,
        base_revision=revision,
        by=by or cast.adviser,
    )


def test_the_adviser_annotates_for_the_own_municipality(cast, item):
    annotate(item, cast, line="Stem in. ", text="Past in onze begroting.")
    annotation = Annotation.objects.get()
    assert (annotation.line, annotation.text) == ("Stem in.", "Past in onze begroting.")
    assert (annotation.revision, annotation.changed_by) == (1, cast.adviser)
    other = cast.board_members[1].seat.municipality
    with pytest.raises(PermissionDenied):
        annotate(item, cast, line="Stem in.", home=other)
    with pytest.raises(PermissionDenied):
        annotate(item, cast, line="Stem in.", by=cast.alderman)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "Geef uw advies in één regel."),
        ("a" * 201, "De regel telt hoogstens 200 tekens."),
        ("bsn 111222333", "burgerservicenummer"),
    ],
)
def test_what_does_not_fit_is_refused(cast, item, line, said):
    with pytest.raises(Refused, match=said):
        annotate(item, cast, line=line)
    assert Annotation.objects.count() == 0


def test_two_advisers_at_once_lose_nothing(cast, item):
    colleague = make.user("tweede adviseur van Aardam")
    make.municipal_role(cast.municipality, colleague)
    annotate(item, cast, line="Stem in.", text="Past in onze begroting.")
    with pytest.raises(Conflict) as conflict:
        annotate(item, cast, by=colleague, line="Stem tegen.", text="")
    assert [(c.field, c.mine, c.theirs) for c in conflict.value.clashes] == [
        ("line", "Stem tegen.", "Stem in.")
    ]
    assert Annotation.objects.get().line == "Stem in."
    # Different fields never clash: each kept what she wrote.
    base = {"line": "Stem in.", "text": "Past in onze begroting."}
    annotate(item, cast, line="Stem in, mits kleiner.", text=base["text"], base=base, revision=1)
    annotate(item, cast, by=colleague, line="Stem in.", text="Te duur.", base=base, revision=1)
    annotation = Annotation.objects.get()
    assert (annotation.line, annotation.text) == ("Stem in, mits kleiner.", "Te duur.")


def test_once_the_meeting_has_begun_it_is_late(cast, item):
    with clock.at(item.meeting.starts_at), pytest.raises(Refused, match="al begonnen"):
        annotate(item, cast, line="Stem in.")
