"""Documents of our own for the reader: a text, and Word files put together part by part."""

import io
import re
import zipfile
from collections import Counter

from docx import Document

BODIES = {
    "programmateam": "programmateam",
    "programmteam": "programmateam",
    "stuurgroep wijken": "stuurgroep",
    "ambtelijk overleg wijken": "aow",
    "aow": "aow",
    "ab platform wijken": "ab",
}

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

PROPOSAL = """\
Aan: Alle wethouders in het AB platform wijken
Van: Programmateam wijken
Datum: 4 maart 2024
Onderwerp: Speelplekken in elke wijk

Status:\tConcept
Versie:\t4 maart
In opdracht van:\tAB platform wijken
Opgesteld door:\tProjectleider spelen
Te bespreken in:\tProgrammateam\t4 maart
\tStuurgroep wijken\t11 maart
\tAOW\t14 maart
\tAB platform wijken\t28 maart

AANLEIDING

Kinderen spelen minder buiten dan tien jaar geleden. Daarom vraagt het platform om een plan.

Wat er al is

Drie gemeenten hebben een speelplan. De andere gemeenten beginnen dit jaar.

BESLISPUNTEN

Wij vragen u in te stemmen met:

- Een telling van alle speelplekken (zie bijlage 1).
- Een bedrag van € 12.500 voor de telling.

ORGANISATIE

De stuurgroep wijken heeft het plan besproken op 19 februari jl. Het advies luidde:

- Begin bij de scholen.
- Vraag het de kinderen zelf.
- Houd het klein.

Daarna volgt een verslag.
"""


def words_in(*texts: str) -> Counter[str]:
    """Counted apart from the code under test, on purpose."""
    return Counter(word for text in texts for word in re.findall(r"[^\W_]+", text))


def words_out(read: dict) -> Counter[str]:
    """The words of every key that is counted, from the JSON form."""
    texts = [
        read[key]
        for key in (
            *("subject", "to", "from", "status", "version", "commissioned_by", "drafted_by"),
            *("case_number", "decision_intro"),
        )
    ]
    texts += [stop["body"] for stop in read["route"]]
    texts += [part[key] for part in read["sections"] for key in ("heading", "text")]
    texts += read["decision_points"] + read["unread"]
    texts += [point for advice in read["advice"] for point in advice["points"]]
    texts += [note["text"] for note in read["notes"]]
    return words_in(*texts)


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def package(
    body: str,
    *,
    parts: dict[str, str] | None = None,
    external: list[tuple[str, str]] | None = None,
    extra: dict[str, bytes] | None = None,
    head: str = "",
    types: str = TYPES,
) -> bytes:
    """A minimal .docx. `parts` maps 'footnotes' and the like to the XML inside their root."""
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}
    relations = ""
    members: dict[str, str | bytes] = {"[Content_Types].xml": types}
    for number, (name, inner) in enumerate((parts or {}).items()):
        kind = re.sub(r"\d", "", name)
        root = roots.get(kind, {"header": "hdr", "footer": "ftr"}.get(kind, kind))
        members[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"
        relations += f'<Relationship Id="p{number}" Type="{RELATION}{kind}" Target="{name}.xml"/>'
    for number, (kind, target) in enumerate(external or []):
        relations += (
            f'<Relationship Id="x{number}" Type="{RELATION}{kind}" Target="{target}" '
            'TargetMode="External"/>'
        )
    members["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="d" '
        f'Type="{RELATION}officeDocument" Target="word/document.xml"/></Relationships>'
    )
    members["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
    )
    members["word/document.xml"] = (
        f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | (extra or {})).items():
            archive.writestr(name, content)
    return stream.getvalue()
