"""Annotations: what the officials of a municipality advise their own alderman per item."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from core import clock
from core.models import StatusChange
from core.refusal import Answer, Refusal, require
from core.transitions import locked
from core.versioning import save_revision
from governance.domain.positions import preparing_answer
from governance.domain.texts import refuse_personal_data
from governance.models import AgendaItem, Annotation, Municipality
from governance.rules import demand

FIELDS = ("line", "text")
LONGEST_LINE, LONGEST_TEXT = 200, 10_000


@transaction.atomic
def annotate(
    item: AgendaItem,
    municipality: Municipality,
    *,
    values: Mapping[str, str],
    base: Mapping[str, str],
    base_revision: int,
    by: User,
) -> Annotation:
    """Write or change the annotation of one municipality: a line of at most 200 characters and a
    text. Two advisers at once lose nothing: what both changed raises Conflict with both texts."""
    current = locked(AgendaItem.objects.select_related("meeting__body"), item.pk)
    annotation = annotation_of(current, municipality)
    demand(by, "annotation.write", annotation)
    fresh = {name: values[name].strip() for name in FIELDS if name in values}
    refuse_personal_data(fresh)
    require(preparing_answer(current.meeting), *_fits({"line": annotation.line, **fresh}))
    annotation.changed_by, annotation.changed_at = by, clock.now()
    changed = save_revision(annotation, dict(fresh), base=dict(base), base_revision=base_revision)
    if changed:
        StatusChange.log(annotation, act="annotated", by=by)
    return annotation


def annotation_of(item: AgendaItem, municipality: Municipality) -> Annotation:
    """The annotation as it stands, or a new one that nobody wrote yet (revision 0)."""
    found = item.annotations.filter(municipality=municipality).first()
    annotation = found or Annotation(municipality=municipality, revision=0)
    annotation.item = item
    return annotation


def _fits(texts: Mapping[str, str]) -> list[Answer]:
    line, text = texts["line"], texts.get("text", "")
    wrong: list[Answer] = []
    if not line:
        wrong.append(Refusal("Geef uw advies in één regel.", "line"))
    if len(line) > LONGEST_LINE:
        wrong.append(Refusal(f"De regel telt hoogstens {LONGEST_LINE} tekens.", "line"))
    if len(text) > LONGEST_TEXT:
        wrong.append(Refusal("Deze toelichting is te lang. Maak haar korter.", "text"))
    return wrong
