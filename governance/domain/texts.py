"""Writing a proposal: its header, sections, decision points and attachments.

Only the working version changes. What two people change at once is merged per field, or refused
with both texts (core.versioning.Conflict), so nothing typed is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model

from accounts.models import User
from core import guard, richtext
from core.models import StatusChange, StoredFile
from core.refusal import Refusal, Refused, require
from core.renditions import request_rendition
from core.transitions import locked
from core.versioning import Clash, Conflict, Revisioned, save_revision
from governance.enums import ProposalState
from governance.models import (
    Attachment,
    DecisionPoint,
    Proposal,
    ProposalVersion,
    Secrecy,
    Section,
)
from governance.rules import demand

HEADER_FIELDS = (
    "subject",
    "summary",
    "addressed_to",
    "drafted_by",
    "case_number",
    "dated",
    "cost",
    "cost_note",
    "decision_intro",
    "change_note",
)
WRITABLE = (ProposalState.CONCEPT, ProposalState.IN_ROUTE, ProposalState.POSTPONED)
SECTION_FIELDS = ("heading", "level", "body")
EMPTY_POINT = "Een beslispunt kan niet leeg zijn; haal het dan weg."
T = TypeVar("T", Section, DecisionPoint, Attachment)


def refuse_personal_data(texts: Mapping[str, Any]) -> None:
    """Refuse what may never be stored, such as a BSN, with the field it stands in."""
    hits = [
        Refusal(finding.message, field=field)
        for field, text in texts.items()
        if isinstance(text, str)
        for finding in guard.findings(richtext.to_plain_text(text))
        if finding.blocks
    ]
    require(*hits)


def refuse_unfit(model: type[Model], values: Mapping[str, Any]) -> None:
    """Refuse what its field cannot hold (too long, no date, below zero), before the database does.

    Nothing is cut off silently.
    """
    wrong = []
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        try:
            field.clean(value, None)
        except ValidationError as error:
            wrong += [Refusal(message, field=name) for message in error.messages]
    require(*wrong)


def refuse_header(values: Mapping[str, Any]) -> None:
    """Refuse header fields that cannot be stored, each with its own sentence."""
    unknown = set(values) - set(HEADER_FIELDS)
    if unknown:
        raise ValueError(f"not a header field: {sorted(unknown)}")
    refuse_personal_data(values)
    if "subject" in values and not str(values["subject"]).strip():
        raise Refused(Refusal("Vul een onderwerp in.", field="subject"))
    if len(str(values.get("summary", ""))) > 200:
        raise Refused(Refusal("De samenvatting telt hoogstens 200 tekens.", field="summary"))
    cost = values.get("cost")
    if cost is not None and cost < 0:
        raise Refused(Refusal("Een bedrag is nul of hoger.", field="cost"))
    refuse_unfit(ProposalVersion, values)


def _writable(version: ProposalVersion, by: User | None) -> ProposalVersion:
    """The version again under a lock, if this person may write it and it is not frozen."""
    current = locked(ProposalVersion.objects.select_related("proposal"), version.pk)
    demand(by, "proposal.write", current.proposal)
    if current.frozen_at:
        raise Refused(Refusal("Deze versie is vastgezet. Schrijf verder in een nieuwe versie."))
    if current.proposal.state not in WRITABLE:
        state = current.proposal.plain_state
        raise Refused(Refusal(f"Dit voorstel is {state}; de tekst verandert niet meer."))
    return current


def _writable_part(part: T, by: User | None) -> T:
    """A part again, with its version under a lock: version before part, so that no two writers
    wait for each other."""
    version = _writable(part.version, by)
    model: type[Any] = type(part)
    current: T | None = model.objects.select_for_update().filter(pk=part.pk).first()
    if current is None:
        raise Refused(Refusal(f"Deze {part._meta.verbose_name} is intussen weggehaald."))
    if isinstance(current, Attachment):
        demand(by, "attachment.read", current)
    current.version = version
    return current


@transaction.atomic
def edit_header(
    version: ProposalVersion,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Change fields of the working version; returns which changed. Raises Conflict or Refused."""
    current = _writable(version, by)
    refuse_header(values)
    return save_revision(current, dict(values), base=dict(base), base_revision=base_revision)


@transaction.atomic
def edit_section(
    section: Section,
    values: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    base_revision: int,
    by: User | None,
) -> list[str]:
    """Change heading, level or text of a section. The text is cleaned here, whoever calls."""
    current = _writable_part(section, by)
    unknown = set(values) - set(SECTION_FIELDS)
    if unknown:
        raise ValueError(f"not a field of a section: {sorted(unknown)}")
    refuse_personal_data(values)
    _refuse_level(values.get("level", 1))
    refuse_unfit(Section, values)
    cleaned = dict(values)
    if "body" in cleaned:
        cleaned["body"] = richtext.clean(str(cleaned["body"]))
    before = {key: richtext.clean(str(v)) if key == "body" else v for key, v in base.items()}
    return save_revision(current, cleaned, base=before, base_revision=base_revision)


@transaction.atomic
def add_section(
    version: ProposalVersion,
    *,
    by: User | None,
    heading: str = "",
    body: str = "",
    level: int = 1,
) -> Section:
    """Add a section at the end of the working version."""
    current = _writable(version, by)
    return _new_section(current, _next_order(current.sections), heading, level, body)


@transaction.atomic
def add_parts(
    version: ProposalVersion,
    *,
    sections: Iterable[tuple[str, int, str]] = (),
    points: Iterable[str] = (),
    by: User | None,
) -> None:
    """Add many sections (heading, level, body) and points at the end, as a document brings them.

    Refuses what `add_section` and `add_point` refuse; asks the right and the lock only once.
    """
    current = _writable(version, by)
    for order, (heading, level, body) in enumerate(sections, _next_order(current.sections)):
        _new_section(current, order, heading, level, body)
    for order, text in enumerate(points, _next_order(current.points)):
        _new_point(current, order, text)


def _new_section(
    version: ProposalVersion, order: int, heading: str, level: int, body: str
) -> Section:
    refuse_personal_data({"heading": heading, "body": body})
    _refuse_level(level)
    refuse_unfit(Section, {"heading": heading})
    return Section.objects.create(
        version=version,
        order=order,
        heading=heading.strip(),
        body=richtext.clean(body),
        level=level,
    )


def _refuse_level(level: Any) -> None:
    if level not in (1, 2, 3, 4):
        raise Refused(Refusal("Een kop heeft niveau 1 tot en met 4.", field="level"))


@transaction.atomic
def add_point(version: ProposalVersion, *, text: str, by: User | None) -> DecisionPoint:
    """Add a decision point at the end. Refuses an empty one."""
    current = _writable(version, by)
    return _new_point(current, _next_order(current.points), text)


def _new_point(version: ProposalVersion, order: int, text: str) -> DecisionPoint:
    refuse_personal_data({"text": text})
    if not text.strip():
        raise Refused(Refusal("Vul de tekst van het beslispunt in.", field="text"))
    return DecisionPoint.objects.create(version=version, order=order, text=text.strip())


@transaction.atomic
def edit_point(
    point: DecisionPoint, *, text: str, base: str, base_revision: int, by: User | None
) -> list[str]:
    """Change the text of a decision point. Raises Conflict when somebody else did so meanwhile."""
    current = _writable_part(point, by)
    refuse_personal_data({"text": text})
    if not text.strip():
        raise Refused(Refusal(EMPTY_POINT, field="text"))
    return save_revision(
        current, {"text": text.strip()}, base={"text": base.strip()}, base_revision=base_revision
    )


@transaction.atomic
def save_points(
    version: ProposalVersion,
    edits: Mapping[int, str],
    *,
    base: Mapping[int, str],
    added: Sequence[str] = (),
    by: User | None,
) -> int:
    """Save many points (by pk) and add new ones, all or nothing; returns how many changed.

    A point that somebody else changed, and this writer too, raises Conflict with field 'point-PK'.
    """
    current = _writable(version, by)
    points = {point.pk: point for point in current.points.all()}
    clashes, changed = [], 0
    for pk, text in edits.items():
        mine, start = text.strip(), base.get(pk, "").strip()
        if mine == start:
            continue
        try:
            if pk not in points:
                raise Conflict([Clash("text", mine, "")], 0)
            # Revision 0 compares the texts themselves: a form of many points has many revisions.
            changed += len(edit_point(points[pk], text=mine, base=start, base_revision=0, by=by))
        except Conflict as conflict:
            clashes += [Clash(f"point-{pk}", each.mine, each.theirs) for each in conflict.clashes]
        except Refused as refused:
            fields = (Refusal(each.reason, f"point-{pk}") for each in refused.refusals)
            raise Refused(*fields) from None
    if clashes:
        raise Conflict(clashes, current.revision)
    for text in added:
        add_point(current, text=text, by=by)
    return changed + len(added)


@transaction.atomic
def remove_part(part: Section | DecisionPoint | Attachment, *, by: User | None) -> None:
    """Take a section, point or attachment out of the working version; history keeps its text.

    The trail names its kind and place only: more people read the trail than the working text.
    Refuses an attachment on which a secrecy was laid: that record must last.
    """
    current: Any = _writable_part(part, by)  # type: ignore[type-var]
    version = current.version
    if isinstance(current, Attachment) and Secrecy.objects.filter(attachment=current).exists():
        raise Refused(
            Refusal(
                "Over deze bijlage is een besluit tot geheimhouding genomen; zij blijft bij deze "
                "versie. Zet de versie vast en haal de bijlage weg uit de volgende."
            )
        )
    siblings = list(type(current).objects.filter(version=version))
    place = siblings.index(current) + 1
    StatusChange.log(
        version.proposal, act="part_removed", by=by, why=f"{current._meta.verbose_name} {place}"
    )
    siblings.remove(current)
    current.delete()
    _renumber(siblings)


@transaction.atomic
def move_part(part: T, *, to: int, by: User | None) -> None:
    """Put a section, point or attachment at place `to` (1 is first) and renumber its siblings."""
    moved = _writable_part(part, by)
    model: type[Any] = type(part)
    siblings = list(model.objects.filter(version=moved.version))
    siblings.remove(moved)
    siblings.insert(max(0, min(to - 1, len(siblings))), moved)
    _renumber(siblings)


@transaction.atomic
def order_parts(
    version: ProposalVersion, model: type[T], keys: Sequence[int], *, by: User | None
) -> None:
    """Put all sections, points or attachments of the working version in the order of `keys`.

    Refuses keys that are not exactly the ones there are: somebody else added or removed one.
    """
    current = _writable(version, by)
    rows: Any = model._default_manager
    parts = {part.pk: part for part in rows.filter(version=current)}
    if sorted(keys) != sorted(parts):
        raise Refused(
            Refusal("Iemand anders veranderde de lijst intussen. Laad de bladzijde opnieuw.")
        )
    _renumber(parts[pk] for pk in keys)


def _renumber(parts: Iterable[Any]) -> None:
    for order, item in enumerate(parts, start=1):
        if item.order != order:
            item.order = order
            item.save()


@transaction.atomic
def add_attachment(
    version: ProposalVersion,
    file: StoredFile,
    *,
    title: str,
    confidential: bool = False,
    by: User | None,
) -> Attachment:
    """Add a stored file to the working version, with its own confidentiality."""
    current = _writable(version, by)
    refuse_personal_data({"title": title})
    if len(title.strip()) > 160:
        raise Refused(Refusal("Een titel telt hoogstens 160 tekens.", field="title"))
    if file.scan == StoredFile.Scan.INFECTED:
        raise Refused(Refusal("In dit bestand is een virus gevonden.", field="file"))
    request_rendition(file)
    return Attachment.objects.create(
        version=current,
        order=_next_order(current.attachments),
        title=(title.strip() or file.name)[:160],
        file=file,
        confidential=confidential,
    )


@transaction.atomic
def working_version(proposal: Proposal, *, by: User | None) -> ProposalVersion:
    """The version that can be written: the present one, or a copy of the newest frozen one."""
    current = locked(Proposal.objects.select_related("working"), proposal.pk)
    demand(by, "proposal.write", current)
    newest = current.working
    if newest is None:
        raise ValueError("a proposal always has a version")
    if newest.frozen_at is None:
        return newest
    if current.state not in WRITABLE:
        state = current.plain_state
        raise Refused(Refusal(f"Dit voorstel is {state}; de tekst verandert niet meer."))
    copy = ProposalVersion(proposal=current, number=newest.number + 1)
    for name in HEADER_FIELDS:
        setattr(copy, name, getattr(newest, name))
    copy.change_note = ""
    copy.save()
    _copy_parts(newest, copy)
    current.working = copy
    current.save()
    return copy


def _copy_parts(old: ProposalVersion, new: ProposalVersion) -> None:
    parts: list[Model] = [*old.sections.all(), *old.points.all(), *old.attachments.all()]
    for part in parts:
        part.pk = None
        part._state.adding = True
        part.version = new  # type: ignore[attr-defined]
        if isinstance(part, Revisioned):
            part.revision = 1
        part.save()


def _next_order(parts: Any) -> int:
    return int(parts.aggregate(last=Max("order"))["last"] or 0) + 1
