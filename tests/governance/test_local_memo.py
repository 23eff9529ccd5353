"""The memo prints every zienswijze of before the decision with the region's answer."""

from core.formats import long_date
from governance.documents import build_memo
from tests import factories as make
from tests import local as walk


def test_the_memo_prints_who_said_what_and_what_the_region_answered(cast):
    stop = walk.to_board(cast)
    asked = walk.asked(stop, cast.author)
    step = walk.reported(walk.step_of(asked, "Aardam"), cast.adviser)
    walk.answered(step, cast.author)
    walk.reported(walk.step_of(asked, "Beekzicht"), None, outcome="none", text="")
    (printed,) = build_memo(make.decided(stop, cast.secretary)).consulted
    assert printed.title == "Zienswijzen van de raden"
    assert printed.intro == (
        f"Gevraagd op {long_date(asked.asked_on)}; reageren kon tot en met "
        f"{long_date(asked.due_on)} (6 weken: Afspraak in het bestuur). "
        "1 geen zienswijze, 1 positief met opmerkingen, 1 reageerde niet."
    )
    assert [(r.who, r.outcome, r.text, r.label, r.reason) for r in printed.rows] == [
        (
            "Aardam",
            "Positief met opmerkingen",
            "Let op de kosten.",
            "Niet overgenomen",
            "Het geld is er.",
        ),
        ("Beekzicht", "Geen zienswijze", "", "", ""),
        ("Cotten", "Geen reactie binnen de termijn", "", "", ""),
    ]


def test_without_a_question_the_memo_says_nothing_of_it(cast):
    assert build_memo(make.decided(walk.to_board(cast, 2), cast.secretary)).consulted == []
