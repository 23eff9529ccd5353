"""What the reader of proposals made of one file."""

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Stop:
    """One stop of the consultation route: the body as written, and the body of the region."""

    body: str
    body_matched: str | None = None
    date: datetime.date | None = None
    date_inferred: bool = False


@dataclass
class Section:
    """A heading with its text. Lists stand as '- ' lines, a table as markdown rows."""

    heading: str
    level: int
    text: str


@dataclass
class Advice:
    """The points that a body advised. `body` and `date` quote the sentence that leads them in."""

    body: str
    body_matched: str | None = None
    date: datetime.date | None = None
    points: list[str] = field(default_factory=list)


@dataclass
class Note:
    """What stands beside the text. `kind` is one of the constants in `blocks.NoteKind`."""

    kind: str
    text: str


@dataclass
class ImportedProposal:
    """Everything in the file, each word in exactly one key.

    `date_inferred` says that the year of `date` is not in the document; it is no key of the JSON.
    Quoted, so not counted: `date`, the dates and `body_matched` of stops and advice, the `body`
    of advice, `attachments_mentioned` and `warnings`. See `counting` for the whole rule.
    """

    subject: str = ""
    to: str = ""
    from_: str = ""
    date: datetime.date | None = None
    date_inferred: bool = False
    status: str = ""
    version: str = ""
    commissioned_by: str = ""
    drafted_by: str = ""
    case_number: str = ""
    route: list[Stop] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    decision_intro: str = ""
    decision_points: list[str] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    attachments_mentioned: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain data with ISO dates, fit for json.dumps; the key of the sender is 'from'."""
        return {
            "subject": self.subject,
            "to": self.to,
            "from": self.from_,
            "date": _iso(self.date),
            "status": self.status,
            "version": self.version,
            "commissioned_by": self.commissioned_by,
            "drafted_by": self.drafted_by,
            "case_number": self.case_number,
            "route": [
                {
                    "body": stop.body,
                    "body_matched": stop.body_matched,
                    "date": _iso(stop.date),
                    "date_inferred": stop.date_inferred,
                }
                for stop in self.route
            ],
            "sections": [
                {"heading": part.heading, "level": part.level, "text": part.text}
                for part in self.sections
            ],
            "decision_intro": self.decision_intro,
            "decision_points": list(self.decision_points),
            "advice": [
                {
                    "body": advice.body,
                    "body_matched": advice.body_matched,
                    "date": _iso(advice.date),
                    "points": list(advice.points),
                }
                for advice in self.advice
            ],
            "attachments_mentioned": list(self.attachments_mentioned),
            "notes": [{"kind": note.kind, "text": note.text} for note in self.notes],
            "warnings": list(self.warnings),
            "unread": list(self.unread),
        }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
