"""The words by which the header of a proposal is known, in their many spellings."""

import re

from core.formats import sort_key

_NAMES = {
    "to": "aan, t.a.v., tav, ter attentie van, geadresseerde, geadresseerden,"
    " geadresseerd aan, gericht aan, bestemd voor",
    "from_": "van, afzender, afkomstig van",
    "date": "datum, dagtekening, datum stuk, d.d.",
    "subject": "onderwerp, betreft, betr., titel, inzake",
    "status": "status",
    "version": "versie, versienummer",
    "commissioned_by": "in opdracht van, opdrachtgever, opdracht van",
    "drafted_by": "opgesteld door, opsteller, opstellers, auteur, steller, door",
    "case_number": "zaaknummer, zaaknr, zaaknr., kenmerk, ons kenmerk, dossiernummer, referentie",
    "route": "te bespreken in, bespreken in, te behandelen in, ter bespreking in, route,"
    " consultatieroute, besluitvormingsroute, behandeling in, bespreking in",
    "attachments": "bijlage, bijlagen, bijlage(n)",
}
LABELS = {name.strip(): key for key, names in _NAMES.items() for name in names.split(",")}
_BARE = {"aan", "van", "datum", "onderwerp", "betreft", "status", "versie"}
BODY_HEADS = {"overleg", "gremium", "orgaan", "bespreken in", "te bespreken in", "route"}

_LINE = re.compile(r"^\s*(?P<label>[^\W\d][\w .()]{1,28}?)\s*(?::|\t)\s*(?P<value>.*)$", re.DOTALL)
UNKNOWN = re.compile(r"^\s*[A-Z][\w /()-]{1,34}?\s*:\s*\S.{0,120}$")


def key_of(cell: str) -> str | None:
    """Which key a label cell means: 'Ons kenmerk :' is the case number."""
    return LABELS.get(sort_key(cell).rstrip(" :"))


def split_label(line: str) -> tuple[str, str, str] | None:
    """(key, label as written, value) of 'Aan : het AB'; None when the line is no header line."""
    match = _LINE.match(line)
    key = key_of(match["label"]) if match else None
    return (key, match["label"], match["value"].strip()) if match and key else None


def split_bare(line: str) -> tuple[str, str, str] | None:
    """The same for a label that lost its colon: 'Aan Alle wethouders'."""
    first, _, value = line.strip().partition(" ")
    if first[:1].isupper() and first.lower() in _BARE and value.strip() and len(line) < 120:
        return LABELS[first.lower()], first, value.strip()
    return None
