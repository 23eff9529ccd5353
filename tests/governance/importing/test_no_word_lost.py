"""Whatever the blocks are: every word comes out, none is added."""

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.importing import read_proposal
from governance.importing.counting import words
from tests.governance.importing.documents import BODIES, package, paragraph, words_in, words_out

WORDS = st.sampled_from(
    [
        *("het", "kind", "speelt", "Wijk", "AANLEIDING", "Beslispunten", "advies", "luidde:"),
        *("bijlage", "14", "juni", "2021", "maart", "jl.", "2", "1.", "Postbus", "3000 KS"),
        *("stuurgroep wijken", "AOW", "en", "van", "Plan.", "www.wijk.nl", "€", "=", "(niet)"),
        *("¹", "⁴", "4.2", "op"),
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
PREFIX = st.sampled_from(["", "", "", "- ", "  - ", "1. ", "2. ", "# ", "| ", "¹ ", "* "])
TEXT = st.lists(st.tuples(PREFIX, LINE, st.sampled_from(["\n", "\n\n"])), max_size=25).map(
    lambda rows: "".join(prefix + line + end for prefix, line, end in rows)
)
LABEL = st.sampled_from(["Status", "Betreft", "Portefeuille", "Van", "Bijlage", "Opsteller"])
HEADED = st.tuples(st.lists(st.tuples(LABEL, LINE), max_size=5), TEXT)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_text_without_a_header(text):
    if not words([text]):
        return
    read = read_proposal(text.encode(), "stuk.txt", BODIES).as_json()
    # The number before a point is structure; nothing else may be missing, nothing is added.
    missing = words_in(text) - words_out(read)
    assert words_out(read) - words_in(text) == {}
    assert set(missing) <= {"1", "2"}


@settings(max_examples=150, deadline=None)
@given(HEADED)
def test_text_with_a_header(parts):
    lines, text = parts
    whole = "".join(f"{label}: {value}\n" for label, value in lines) + "\n" + text
    if not words([whole]):
        return
    read = read_proposal(whole.encode(), "stuk.txt", BODIES).as_json()
    labels = {"1", "2", "Status", "Betreft", "Van", "Bijlage", "Opsteller"}
    assert words_out(read) - words_in(whole) == {}
    assert set(words_in(whole) - words_out(read)) <= labels


WRAPPED = st.sampled_from(
    [
        "{p}",
        "<w:ins>{p}</w:ins>",
        "<w:sdt><w:sdtContent>{p}</w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc>{p}</w:tc><w:tc>{p}</w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:txbxContent>{p}</w:txbxContent></w:r></w:p>",
        "<w:customXml><w:ins>{p}</w:ins></w:customXml>",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(WRAPPED, LINE), min_size=1, max_size=12))
def test_word(parts):
    body = "".join(frame.replace("{p}", paragraph(line)) for frame, line in parts)
    written = [line for frame, line in parts for _ in range(frame.count("{p}"))]
    if not words(written):
        return
    read = read_proposal(package(body), "stuk.docx", BODIES).as_json()
    assert words_out(read) - words_in(*written) == {}
    assert set(words_in(*written) - words_out(read)) <= {"1", "2"}
