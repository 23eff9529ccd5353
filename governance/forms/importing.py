"""Forms with which a document is read in and what was read is put right."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField

from core.formats import sort_key
from core.forms import DutchDateField
from core.models import Draft
from governance.domain.importing import Corrections, guess_author, guess_kind
from governance.enums import ProposalKind
from governance.forms.base import DomainForm
from governance.forms.based import LimitedArea
from governance.forms.writing import LEVELS, commissioners, writing_bodies
from governance.importing.aliases import aliases_of
from governance.importing.result import Advice, ImportedProposal, Note, Section, Stop
from governance.models import Body, Region


class UploadForm(DomainForm):
    """A document to be read."""

    file = forms.FileField(
        label="Word-bestand of tekstbestand",
        help_text="Een bestand dat eindigt op .docx of .txt. "
        f"Hoogstens {settings.MAX_UPLOAD_MB} MB.",
    )


@dataclass(frozen=True)
class ReadStop:
    """One stop on the page: how it stands in the document, and the two fields to put it right."""

    written: str
    inferred: bool
    unknown: bool
    body: BoundField
    day: BoundField


@dataclass(frozen=True)
class ReadAdvice:
    """Advice on the page: who gave it, and its points."""

    written: str
    unknown: bool
    body: BoundField
    day: BoundField
    points: list[BoundField]


class ReviewForm(DomainForm):
    """Everything that was read, each in a field; `corrected` gives it back as it was put right."""

    # Nearly everything may stay empty; the page says so once.
    nlds_hide_optional = True
    HEADER = ("subject", "to", "date", "drafted_by", "case_number")

    kind = forms.ChoiceField(label="Soort", choices=ProposalKind.choices)
    subject = forms.CharField(
        label="Onderwerp",
        max_length=200,
        widget=LimitedArea(2),
        error_messages={"required": "In dit stuk staat geen onderwerp. Vul het in."},
    )
    author_body = forms.ModelChoiceField(label="Van", queryset=None, empty_label=None)
    commissioned_by = forms.ModelChoiceField(
        label="In opdracht van", queryset=None, required=False, empty_label="niemand"
    )
    to = forms.CharField(label="Aan", required=False, widget=LimitedArea(2))
    date = DutchDateField(label="Datum van het stuk", required=False)
    drafted_by = forms.CharField(
        label="Opgesteld door",
        max_length=120,
        required=False,
        help_text="Noem een functie, geen naam.",
    )
    case_number = forms.CharField(label="Zaaknummer", max_length=40, required=False)

    def __init__(
        self,
        *args: Any,
        imported: ImportedProposal,
        region: Region,
        user: Any,
        draft: Draft | None = None,
        **kwargs: Any,
    ) -> None:
        self.imported, self.region, self.draft = imported, region, draft
        names = aliases_of(region)
        commissioned = region.bodies.filter(
            slug=names.get(sort_key(imported.commissioned_by)) or ""
        ).first()
        initial = {name: getattr(imported, name) for name in self.HEADER}
        initial |= {
            "kind": guess_kind(imported),
            "author_body": guess_author(imported, region),
            "commissioned_by": commissioned,
            **(draft.data if draft else {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        fields: Any = self.fields
        if imported.date_inferred:
            fields["date"].help_text = "Het jaar staat niet in het stuk. Klopt het?"
        fields["author_body"].queryset = writing_bodies(region, user)
        fields["commissioned_by"].queryset = commissioners(region)
        self._add_route()
        self._add_text()
        self._add_advice()

    # The fields ---------------------------------------------------------------------------------

    def _add_route(self) -> None:
        for n, stop in enumerate(self.imported.route):
            self._add_body(f"stop-{n}-body", "Gremium", stop.body_matched)
            self._add(f"stop-{n}-date", DutchDateField(label="Datum", required=False), stop.date)

    def _add_text(self) -> None:
        read = self.imported
        self._add_text_field("decision_intro", "Inleiding bij de beslispunten", read.decision_intro)
        for n, point in enumerate(read.decision_points):
            self._add_text_field(f"point-{n}", f"Beslispunt {n + 1}", point)
        for n, section in enumerate(read.sections):
            heading = forms.CharField(label="Kop", required=False)
            level = forms.TypedChoiceField(label="Niveau", choices=LEVELS, coerce=int)
            self._add(f"section-{n}-heading", heading, section.heading)
            self._add(f"section-{n}-level", level, min(max(section.level, 1), 4))
            self._add_text_field(f"section-{n}-text", "Tekst", section.text)
        for n, note in enumerate(read.notes):
            self._add_text_field(f"note-{n}", f"Noot {n + 1}", note.text)
        for n, text in enumerate(read.unread):
            self._add_text_field(f"unread-{n}", f"Niet geplaatst {n + 1}", text)

    def _add_advice(self) -> None:
        for n, advice in enumerate(self.imported.advice):
            self._add_body(f"advice-{n}-body", "Gremium", advice.body_matched)
            day = DutchDateField(label="Datum van het advies", required=False)
            self._add(f"advice-{n}-date", day, advice.date)
            for m, point in enumerate(advice.points):
                self._add_text_field(f"advice-{n}-point-{m}", f"Adviespunt {m + 1}", point)

    def _add(self, name: str, field: forms.Field, initial: Any) -> None:
        self.fields[name] = field
        self.initial.setdefault(name, initial)

    def _add_text_field(self, name: str, label: str, text: str) -> None:
        rows = min(12, max(2, text.count("\n") + 1 + len(text) // 70))
        field = forms.CharField(label=label, required=False, widget=LimitedArea(rows))
        self._add(name, field, text)

    def _add_body(self, name: str, label: str, slug: str | None) -> None:
        bodies = Body.objects.filter(region=self.region).order_by("order")
        field = forms.ModelChoiceField(
            label=label,
            queryset=bodies,
            required=False,
            to_field_name="slug",
            empty_label="geen: niet overnemen",
        )
        self._add(name, field, slug)

    # What the page shows ------------------------------------------------------------------------

    def header(self) -> list[BoundField]:
        return [self[name] for name in type(self).base_fields]

    def stops(self) -> Iterator[ReadStop]:
        for n, stop in enumerate(self.imported.route):
            yield ReadStop(
                stop.body,
                stop.date_inferred,
                stop.body_matched is None,
                self[f"stop-{n}-body"],
                self[f"stop-{n}-date"],
            )

    def guessed_stops(self) -> int:
        """How many stops have a date whose year the document does not give."""
        return sum(stop.date_inferred for stop in self.imported.route)

    def advice_count(self) -> int:
        return sum(len(advice.points) for advice in self.imported.advice)

    def unread_words(self) -> int:
        return sum(len(text.split()) for text in self.imported.unread)

    def points(self) -> list[BoundField]:
        return [self["decision_intro"], *self._numbered("point", self.imported.decision_points)]

    def sections(self) -> Iterator[list[BoundField]]:
        for n, _ in enumerate(self.imported.sections):
            yield [self[f"section-{n}-{part}"] for part in ("heading", "level", "text")]

    def advice(self) -> Iterator[ReadAdvice]:
        for n, advice in enumerate(self.imported.advice):
            yield ReadAdvice(
                advice.body,
                advice.body_matched is None,
                self[f"advice-{n}-body"],
                self[f"advice-{n}-date"],
                self._numbered(f"advice-{n}-point", advice.points),
            )

    def notes(self) -> list[BoundField]:
        return self._numbered("note", self.imported.notes)

    def unread(self) -> list[BoundField]:
        return self._numbered("unread", self.imported.unread)

    def _numbered(self, prefix: str, items: list[Any]) -> list[BoundField]:
        return [self[f"{prefix}-{n}"] for n, _ in enumerate(items)]

    # What is saved ------------------------------------------------------------------------------

    def corrections(self) -> Corrections:
        values = self.cleaned_data
        return Corrections(values["kind"], values["author_body"], values["commissioned_by"])

    def corrected(self) -> ImportedProposal:
        """What was read, as this person put it right; what she emptied is left out."""
        read, values = self.imported, self.cleaned_data
        return replace(
            read,
            **{name: values[name] for name in self.HEADER},
            route=[
                Stop(stop.body, self._slug(f"stop-{n}-body"), values[f"stop-{n}-date"])
                for n, stop in enumerate(read.route)
            ],
            sections=list(self._corrected_sections()),
            decision_intro=values["decision_intro"],
            decision_points=self._texts("point", read.decision_points),
            advice=list(self._corrected_advice()),
            notes=[
                Note(note.kind, text)
                for n, note in enumerate(read.notes)
                if (text := values[f"note-{n}"])
            ],
            unread=self._texts("unread", read.unread),
        )

    def _corrected_sections(self) -> Iterator[Section]:
        for n, _ in enumerate(self.imported.sections):
            heading, level, text = (
                self.cleaned_data[f"section-{n}-{part}"] for part in ("heading", "level", "text")
            )
            if heading or text:
                yield Section(heading, level, text)

    def _corrected_advice(self) -> Iterator[Advice]:
        for n, advice in enumerate(self.imported.advice):
            points = self._texts(f"advice-{n}-point", advice.points)
            if points:
                day = self.cleaned_data[f"advice-{n}-date"]
                yield Advice(advice.body, self._slug(f"advice-{n}-body"), day, points)

    def _slug(self, name: str) -> str | None:
        body = self.cleaned_data[name]
        return body.slug if body else None

    def _texts(self, prefix: str, items: list[Any]) -> list[str]:
        texts = (self.cleaned_data[f"{prefix}-{n}"] for n, _ in enumerate(items))
        return [text for text in texts if text]
