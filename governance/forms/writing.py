"""Forms of the pages on which a proposal is written."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from core.forms import DutchDateField
from core.money import EuroFormField
from core.richtext_field import RichTextField
from governance.domain import texts
from governance.domain.texts import HEADER_FIELDS
from governance.enums import ProposalKind, ProposalState
from governance.forms.base import DomainForm
from governance.forms.based import BasedForm, LimitedArea
from governance.models import Body, Membership, Proposal, ProposalVersion, Region, Section
from governance.models.dated import valid_on
from governance.standing import standing_of

LEVELS = [(1, "Hoofdstuk"), (2, "Paragraaf"), (3, "Onderdeel"), (4, "Klein onderdeel")]
MOST = Decimal("1_000_000_000_000")


def writing_bodies(region: Region, user: Any) -> Any:
    """Bodies of the region that write proposals; those of the writer first."""
    rows = Body.objects.current().filter(region=region, writes_proposals=True).order_by("order")
    mine = rows.filter(pk__in=standing_of(user).bodies)
    return mine if mine.exists() else rows


def commissioners(region: Region) -> Any:
    return Body.objects.current().filter(region=region).order_by("order")


class NewProposalForm(DomainForm):
    """What is needed to begin; the rest is written afterwards."""

    kind = forms.ChoiceField(
        label="Wat voor stuk wordt het?", choices=ProposalKind.choices, widget=forms.RadioSelect
    )
    subject = forms.CharField(
        label="Onderwerp",
        max_length=200,
        help_text="Zeg in één regel waar het over gaat. U kunt dit later aanpassen.",
        widget=LimitedArea(2),
    )
    author_body = forms.ModelChoiceField(label="Van", queryset=None, empty_label=None)
    commissioned_by = forms.ModelChoiceField(
        label="In opdracht van", queryset=None, required=False, empty_label="niemand"
    )

    def __init__(self, *args: Any, region: Region, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["author_body"].queryset = writing_bodies(region, user)
        fields["commissioned_by"].queryset = commissioners(region)


class HeaderForm(BasedForm):
    """The header of the working version; while it is a concept also what kind of paper it is."""

    subject = forms.CharField(label="Onderwerp", max_length=200, widget=LimitedArea(2))
    summary = forms.CharField(
        label="Samenvatting",
        max_length=200,
        required=False,
        help_text="Wat verandert er en voor wie? Hoogstens 200 tekens.",
        widget=LimitedArea(3),
    )
    kind = forms.ChoiceField(label="Soort", choices=ProposalKind.choices)
    addressed_to = forms.CharField(label="Aan", max_length=200, required=False)
    commissioned_by = forms.ModelChoiceField(
        label="In opdracht van", queryset=None, required=False, empty_label="niemand"
    )
    drafted_by = forms.CharField(
        label="Opgesteld door",
        max_length=120,
        required=False,
        help_text="Noem een functie, geen naam.",
    )
    case_number = forms.CharField(label="Zaaknummer", max_length=40, required=False)
    dated = DutchDateField(label="Datum van het stuk", required=False)
    cost = EuroFormField(
        label="Gevraagd bedrag in euro",
        required=False,
        help_text="Bijvoorbeeld 33.000. Laat leeg als het stuk geen geld vraagt.",
    )
    cost_note = forms.CharField(label="Toelichting op de kosten", max_length=200, required=False)
    decision_intro = forms.CharField(
        label="Inleiding bij de beslispunten",
        required=False,
        help_text="Bijvoorbeeld: Wij stellen u voor te besluiten om:",
        widget=LimitedArea(3),
    )
    change_note = forms.CharField(
        label="Wat is er veranderd sinds de vorige versie?", max_length=200, required=False
    )
    local_decisions = forms.BooleanField(label="Daarna besluit elke gemeente zelf", required=False)

    CONCEPT_ONLY = ("kind", "commissioned_by", "local_decisions")

    def __init__(self, *args: Any, version: ProposalVersion, **kwargs: Any) -> None:
        proposal = version.proposal
        start = {name: getattr(version, name) for name in HEADER_FIELDS}
        start |= {
            "kind": proposal.kind,
            "commissioned_by": proposal.commissioned_by_id,
            "local_decisions": proposal.local_decisions,
        }
        super().__init__(*args, start=start, revision=version.revision, **kwargs)
        field: Any = self.fields["commissioned_by"]
        field.queryset = commissioners(proposal.region)
        self.based = HEADER_FIELDS
        if version.number == 1:
            del self.fields["change_note"]
            self.based = tuple(name for name in self.based if name != "change_note")
        if proposal.state == ProposalState.CONCEPT:
            self.based += self.CONCEPT_ONLY
        else:
            for name in self.CONCEPT_ONLY:
                del self.fields[name]

    def clean_cost(self) -> Decimal | None:
        cost: Decimal | None = self.cleaned_data["cost"]
        if cost is not None and not 0 <= cost < MOST:
            raise ValidationError("Vul een bedrag in van nul euro of meer.")
        return cost


class SectionForm(BasedForm):
    """One section: its heading, how deep it stands, and its text."""

    heading = forms.CharField(label="Kop", max_length=200, required=False)
    level = forms.TypedChoiceField(label="Niveau van de kop", choices=LEVELS, coerce=int)
    body = RichTextField(label="Tekst", required=False)

    based = ("heading", "level", "body")
    rich = True

    def __init__(self, *args: Any, section: Section | None = None, **kwargs: Any) -> None:
        start = {"heading": "", "level": 1, "body": ""}
        if section is not None:
            start = {name: getattr(section, name) for name in self.based}
        revision = section.revision if section else 0
        super().__init__(*args, start=start, revision=revision, **kwargs)


class PointsForm(BasedForm):
    """All decision points in one form, and room for new ones; empty new fields are left out."""

    MORE = 2

    def __init__(self, data: Any = None, *, version: ProposalVersion, **kwargs: Any) -> None:
        self.points = list(version.points.all())
        start = {f"point-{point.pk}": point.text for point in self.points}
        draft = kwargs.get("draft")
        sent = data if data is not None else (draft.data if draft else {})
        super().__init__(data, start=start, **kwargs)
        for number, point in enumerate(self.points, start=1):
            field = _point_field(f"Beslispunt {number}")
            field.required = True
            field.error_messages["required"] = texts.EMPTY_POINT
            self.fields[f"point-{point.pk}"] = field
        self.based = tuple(start)
        filled = [name for name in sent if name.startswith("new-") and sent[name].strip()]
        count = max(self.MORE, *(_number(name) for name in filled), 0)
        for number in range(1, min(count, 50) + 1):
            self.fields[f"new-{number}"] = _point_field(f"Nieuw beslispunt {number}")
        self._keep_what_is_gone(sent)

    def _keep_what_is_gone(self, sent: Any) -> None:
        """Points that somebody else took away while this writer changed them stay as new ones."""
        self.gone = []
        for name in sorted(sent):
            if not name.startswith("point-") or name in self.based or not sent[name].strip():
                continue
            base = self.draft.base.get(name, "") if self.draft else ""
            base = sent.get(f"base-{name}", base)
            if sent[name].split() == base.split():
                continue
            label = "Weggehaald beslispunt, als nieuw punt"
            self.fields[name] = _point_field(label)
            self.gone.append(name)

    def edits(self) -> dict[int, str]:
        values = self.values()
        return {_number(name): values[name] for name in self.based if name in values}

    def bases(self) -> dict[int, str]:
        return {_number(name): text for name, text in self.base().items()}

    def added(self) -> list[str]:
        """New points that hold something, after those that were gone."""
        new = [name for name in self.fields if name.startswith("new-")]
        return [text for name in [*self.gone, *new] if (text := self.cleaned_data[name])]


def _point_field(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=LimitedArea(3))


def _number(name: str) -> int:
    rest = name.rpartition("-")[2]
    return int(rest) if rest.isdecimal() and len(rest) < 19 else 0


class AttachmentForm(DomainForm):
    """A file that comes along with the proposal."""

    file = forms.FileField(
        label="Bestand",
        help_text="Pdf, Word, Excel, PowerPoint, OpenDocument (.odt), png of jpg. "
        f"Hoogstens {settings.MAX_UPLOAD_MB} MB.",
    )
    title = forms.CharField(
        label="Titel",
        max_length=160,
        required=False,
        help_text="Zonder titel gebruiken we de naam van het bestand.",
    )
    confidential = forms.BooleanField(
        label="Vertrouwelijk: ga er zorgvuldig mee om",
        required=False,
        help_text="Dit is een aanduiding. Geheimhouding is een besluit van een gremium.",
    )


class CoAuthorForm(DomainForm):
    """Somebody with a seat in the region who writes along on this proposal."""

    user = forms.ModelChoiceField(label="Wie schrijft mee?", queryset=None, empty_label="Kies")

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sitting = Membership.objects.filter(
            valid_on(), body__region=proposal.region, shielded=False
        )
        writers = sitting.filter(body__writes_proposals=True)
        field: Any = self.fields["user"]
        field.queryset = (
            get_user_model()
            .objects.filter(pk__in=sitting.values("user"), is_active=True)
            .exclude(pk__in=writers.values("user"))
            .exclude(pk__in=proposal.coauthors.values("user"))
            .order_by("office")
        )
