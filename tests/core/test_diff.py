from hypothesis import given
from hypothesis import strategies as st

from core.diff import Piece, compare


def test_a_changed_word_is_shown_between_what_stayed():
    assert compare("De raad stemt in.", "De raad stemt niet in.") == [
        Piece("same", "De raad stemt "),
        Piece("added", "niet "),
        Piece("same", "in."),
    ]


def test_a_replaced_word_is_removed_and_added():
    assert compare("per 2021", "per 2022") == [
        Piece("same", "per "),
        Piece("removed", "2021"),
        Piece("added", "2022"),
    ]


@given(st.text(), st.text())
def test_the_pieces_hold_both_texts_whole(old, new):
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_very_long_texts_are_compared_by_line():
    old = "woord woord woord\n" * 5000
    assert compare(old, old + "nieuw\n") == [Piece("same", old), Piece("added", "nieuw\n")]
