import time
from itertools import pairwise

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


def test_words_that_changed_side_by_side_are_one_change():
    assert compare("Wij gaan nu vier weken uit.", "Wij gaan straks vaker ver uit.") == [
        Piece("same", "Wij gaan "),
        Piece("removed", "nu vier weken"),
        Piece("added", "straks vaker ver"),
        Piece("same", " uit."),
    ]


@given(st.text(), st.text())
def test_the_pieces_hold_both_texts_whole(old, new):
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_pieces_of_one_kind_are_joined():
    pieces = compare("Een. Twee. Drie.", "Een! Vier. Drie.")
    assert all(a.kind != b.kind for a, b in pairwise(pieces))


def test_a_changed_sentence_leaves_the_others_alone():
    assert compare("Een.\nTwee is goed. Drie.\n", "Nul.\nEen.\nTwee is beter. Drie.\n") == [
        Piece("added", "Nul.\n"),
        Piece("same", "Een.\nTwee is "),
        Piece("removed", "goed"),
        Piece("added", "beter"),
        Piece("same", ". Drie.\n"),
    ]


def test_long_texts_that_repeat_much_are_compared_in_decent_time():
    words = [f"w{n % 500}" for n in range(4000)]
    changed = ["nieuw" if n % 40 == 0 else word for n, word in enumerate(words)]
    began = time.perf_counter()
    for end in " ", ". ", "\n":
        old, new = end.join(words), end.join(changed)
        assert "".join(p.text for p in compare(old, new) if p.kind != "removed") == new
    assert compare("a\n" * 9000, "a\n" * 9000 + "b") == [
        Piece("same", "a\n" * 9000),
        Piece("added", "b"),
    ]
    assert time.perf_counter() - began < 10
