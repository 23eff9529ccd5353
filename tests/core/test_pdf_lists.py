"""A list in a PDF goes on where the text says, also when a paragraph stands in between."""

import subprocess

from tests.core.test_pdf import make
from tests.verapdf import assert_valid


def test_a_list_that_goes_on_keeps_its_numbers_on_paper(tmp_path):
    body = "<ol><li>eerst</li></ol><p>Tussendoor.</p>"
    body += '<ol start="2"><li><p>daarna</p><ol><li>binnen</li></ol></li><li>slot</li></ol>'
    pdf = make(body)
    assert_valid(pdf.content)
    path = tmp_path / "stuk.pdf"
    path.write_bytes(pdf.content)
    shown = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    words = shown.stdout.split()
    pairs = {word: words[at - 1] for at, word in enumerate(words)}
    assert [pairs[word] for word in ("eerst", "daarna", "binnen", "slot")] == [
        *("1.", "2.", "1.", "3."),
    ]
