"""Forms of the municipality: a block, a piece of evidence, handing in and approving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import guard
from core.forms import DutchDateField, add_refused
from core.models import Draft, StoredFile
from core.refusal import Refused
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea
from governance.views.base import is_key
from nulmeting.domain.content import KEPT, Earlier, kept_answer
from nulmeting.domain.filling import OWN, name_of
from nulmeting.enums import MAX_EXPLANATION, Given, Score
from nulmeting.models import Evidence, Item
from regioagenda.models import BuildingBlock

Kind = StoredFile.Kind
EVIDENCE_KINDS = (Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.PNG, Kind.JPEG)
NO_FAMILIES = "Vul niets in dat naar een kind of gezin te herleiden is."


def _area(label: str, help_text: str, rows: int = 4) -> forms.CharField:
    area = LimitedArea(rows)
    area.attrs["data-max-length"] = MAX_EXPLANATION
    return forms.CharField(
        label=label, required=False, max_length=MAX_EXPLANATION, help_text=help_text, widget=area
    )


class BlockForm(BasedForm):
    """One block: a choice per question, and what belongs to the block as a whole."""

    ambition = forms.TypedChoiceField(
        label="Waar wilt u naartoe?",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Kies een ambitie van 1 tot en met 5."},
    )
    ambition_year = forms.IntegerField(
        label="In welk jaar?",
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Vul een jaar in, bijvoorbeeld 2028.",
            "min_value": "Kies een jaar tussen 2000 en 2100.",
            "max_value": "Kies een jaar tussen 2000 en 2100.",
        },
    )
    explanation = _area("Toelichting", NO_FAMILIES)
    support = _area("Welke hulp van de regio is nodig?", NO_FAMILIES, 3)
    may_share = forms.BooleanField(
        label="Andere gemeenten mogen dit lezen als de uitkomsten zijn gepubliceerd",
        required=False,
    )
    shared = _area("Wat werkt bij u, waar anderen iets aan hebben?", NO_FAMILIES, 3)

    def __init__(
        self,
        *args: Any,
        items: Sequence[Item],
        earlier: Mapping[int, list[Earlier]],
        scale: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.earlier = list(items), earlier
        fields: Any = self.fields
        for item in self.items:
            fields[name_of(item)] = forms.ChoiceField(
                label=f"{item.number}. {item.text}",
                required=False,
                choices=_choices(earlier.get(item.pk, [])),
                widget=forms.RadioSelect,
                error_messages={
                    "invalid_choice": "Kies 1 tot en met 5, ‘weet niet’ of ‘niet van toepassing’."
                },
            )
        # They may be saved empty, but handing in asks for them.
        for name in ("ambition", "ambition_year"):
            fields[name].nlds_hide_optional = True
        levels = [(str(score), f"{score}, {name.lower()}") for score, name in scale.items()]
        fields["ambition"].choices = [("", "Nog niet gekozen"), *levels]
        self.based = (*OWN, *map(name_of, self.items))

    def questions(self) -> list[tuple[Item, Any, list[Earlier], bool]]:
        """Per question its field, the answers of last time, and whether those are one answer."""
        return [
            (
                item,
                self[name_of(item)],
                self.earlier.get(item.pk, []),
                kept_answer(self.earlier.get(item.pk, [])) is not None,
            )
            for item in self.items
        ]


def _choices(earlier: list[Earlier]) -> list[tuple[str, str]]:
    choices = [(str(score), str(score)) for score in Score.values]
    choices += [(kind.value, str(kind.label).capitalize()) for kind in Given if kind != Given.SCORE]
    kept = kept_answer(earlier)
    return [*choices, (KEPT, f"Geldt nog: {kept.label.lower()}")] if kept else choices


class _ByBlock(forms.ModelMultipleChoiceField):
    """Questions with the number of their block, so that a long list can be found through."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.block.number}.{obj.number} {obj.text}"


@dataclass
class Pick:
    """The questions of one block to choose from."""

    block: BuildingBlock
    options: list[Any] = field(default_factory=list)
    open: bool = False

    @property
    def chosen(self) -> int:
        return sum(bool(option.data["selected"]) for option in self.options)


class EvidenceForm(BasedForm):
    """Title, date, and a link or a file; the same piece may serve several questions."""

    based = ("title", "dated_on", "url")

    title = forms.CharField(
        label="Titel van het stuk",
        max_length=160,
        help_text="Bijvoorbeeld: preventieplan 2026-2029.",
    )
    dated_on = DutchDateField(label="Datum van het stuk", help_text="Bijvoorbeeld 22-11-2026.")
    url = forms.URLField(
        label="Link",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Dit is geen webadres. Het begint met https://."},
    )
    file = forms.FileField(label="Bestand", required=False)
    items = _ByBlock(
        label="Bij welke vragen hoort dit?",
        queryset=Item.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies bij welke vraag dit hoort."},
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        items: Any,
        piece: Evidence | None = None,
        chosen: Any = (),
        here: int = 0,
        draft: Draft | None = None,
    ) -> None:
        """`here` is the block that the writer comes from: its questions are in sight."""
        start: dict[str, Any] = {"items": list(chosen)}
        if piece is not None:
            start = {name: getattr(piece, name) for name in self.based}
            start["items"] = [item.pk for item in piece.items.all()]
        super().__init__(data, start=start, draft=draft, files=files)
        if draft is not None:
            self.initial["items"] = draft.data.get("items", "").split()
        fields: Any = self.fields
        fields["items"].queryset = items
        self.questions, self.here = list(items), here
        label = self.questions[0].block.region.block_label if self.questions else "onderdeel"
        fields["items"].help_text = f"Open een {label} en kies de vragen; meer dan één mag."
        kinds = ", ".join(kind.value for kind in EVIDENCE_KINDS)
        now = f"Nu: {piece.file.name}. Een nieuw bestand vervangt dit. " if _has_file(piece) else ""
        fields["file"].help_text = f"{now}Soorten: {kinds}."

    def by_block(self) -> list["Pick"]:
        """The choices in the order of the questions; open where something is chosen, and here. With
        nothing chosen at all the first block is open."""
        options: Any = self["items"].subwidgets
        picks: dict[int, Pick] = {}
        for item, option in zip(self.questions, options, strict=True):
            picks.setdefault(item.block_id, Pick(item.block)).options.append(option)
        found = list(picks.values())
        for pick in found:
            pick.open = bool(pick.chosen) or pick.block.pk == self.here
        if found and not any(pick.open for pick in found):
            found[0].open = True
        return found

    def guarded_fields(self) -> list[str]:
        """Also the link: an address of a person can stand in it."""
        return [*super().guarded_fields(), "url"]

    def clean_file(self) -> Any:
        return _without_bsn(self.cleaned_data["file"])

    def hidden_bases(self) -> list[tuple[str, str]]:
        return [*super().hidden_bases(), ("base-items", "\n".join(map(str, self._began())))]

    def base(self) -> dict[str, Any]:
        return super().base() | {"items": self._began()}

    def _began(self) -> list[int]:
        """The questions that were ticked when the writer began."""
        if self.is_bound:
            began = str(self.data.get("base-items", "")).split()
        elif self.draft:
            began = str(self.draft.base.get("items", "")).split()
        else:
            return list(self.start["items"])
        return [int(key) for key in began if is_key(key)]


def _without_bsn(upload: Any) -> Any:
    """The name of a file is shown with it, so it is looked at too."""
    for hit in guard.findings(upload.name) if upload else ():
        if hit.blocks:
            raise ValidationError(f"In de naam van het bestand: {hit.message}")
    return upload


def _has_file(piece: Evidence | None) -> bool:
    return piece is not None and piece.file is not None


class RemarksForm(BasedForm):
    """What the editor should change."""

    based = ("remarks",)

    remarks = forms.CharField(
        label="Wat moet er anders?",
        help_text="De invuller leest dit. " + NO_FAMILIES,
        widget=LimitedArea(4),
    )


class PaperForm(DomainForm):
    """The paper on which the college approved."""

    paper_date = DutchDateField(label="Datum van het collegebesluit")
    file = forms.FileField(label="Het besluit", help_text="Soorten: pdf, docx, odt.")

    def clean_file(self) -> Any:
        return _without_bsn(self.cleaned_data["file"])


class InviteForm(DomainForm):
    """Who is asked to approve without an account."""

    email = forms.EmailField(
        label="E-mailadres",
        error_messages={"invalid": "Vul een geldig e-mailadres in, zoals naam@gemeente.nl."},
    )
    office = forms.CharField(
        label="Functie", max_length=120, help_text="Bijvoorbeeld: wethouder jeugd."
    )


class CodeForm(forms.Form):
    """The code that came by telephone."""

    code = forms.CharField(
        label="Code",
        max_length=12,
        help_text="Zes cijfers. U kreeg ze van de invuller van uw gemeente.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class SheetForm(DomainForm):
    """The spreadsheet that comes back."""

    file = forms.FileField(label="Ingevuld rekenblad", help_text="Het rekenblad van deze pagina.")

    @property
    def confirmed(self) -> bool:
        """Whether the writer said that the personal data in it may stay."""
        return self._confirmed()

    def ask_first(self, refused: Refused) -> None:
        """Name what was found, with the question whether it may stay."""
        add_refused(self, refused)
        self.add_error("file", "Mag dit blijven staan? Kies het bestand opnieuw, met het vinkje.")
        self._show_confirmation()
