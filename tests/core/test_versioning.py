"""Keeping both texts of a clash: theirs, with below it what I wrote."""

import pytest

from core.versioning import joined


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("", "Van mij.", "Van hen.", "Van hen.\nVan mij."),
        ("Een.", "Een. Twee.", "Een. Drie.", "Een. Drie.\nTwee."),
        ("Een. Vier.", "Een. Twee. Vier.", "Een. Vier. Vijf.", "Een. Vier. Vijf.\nTwee."),
        ("Een.", "Anders.", "Een. Drie.", "Een. Drie.\nAnders."),
        ("Een.", "Een. Twee.", "", "Twee."),
        ("Een ", "Een.", "Een en twee.", "Een en twee.\n."),
    ],
    ids=[
        "from nothing",
        "added at the end",
        "added inside",
        "rewritten",
        "they emptied it",
        "a space went",
    ],
)
def test_both_texts_stand_once(base, mine, theirs, both):
    assert joined(base, mine, theirs) == both
