"""Forms of a vote: opening it, voting, entering what was said, the second look."""

from typing import Any

from django import forms

from governance.agenda import member_label
from governance.domain.attendance import deputies, sitting_members
from governance.domain.electorate import Electorate, Voter
from governance.domain.round_count import tied_names
from governance.enums import Choice, VoteKind
from governance.forms.base import DomainForm
from governance.forms.meetings import MomentForm
from governance.models import DecisionPoint, Meeting, Membership, RouteStep, VoteOption, VoteRound

SPOKEN = [Choice.FOR, Choice.AGAINST]
SPOKEN_ALOUD = (
    "Bij een hoofdelijke stemming zegt ieder lid de stem hardop (Gemeentewet, artikel 32). "
    "Stemmen op een eigen apparaat helpt bij het tellen; het komt daar niet voor in de plaats."
)
CANDIDATES_ABSTAIN = (
    " Staat een lid zelf op de voordracht, leg dan eerst vast dat dit lid niet meestemt "
    "(Gemeentewet, artikel 28)."
)


class OpenRoundForm(DomainForm):
    """How is voted on a point: by roll call on its text, or secretly on persons."""

    kind = forms.ChoiceField(label="Hoe wordt er gestemd?", widget=forms.RadioSelect)
    text = forms.CharField(
        label="Nieuwe tekst van het beslispunt",
        help_text="Alleen als de vergadering over een gewijzigde tekst stemt.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    names = forms.CharField(
        label="Op wie kan worden gestemd?",
        help_text="Alleen bij een stemming over personen. Eén naam per regel; blanco kan altijd.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    unguarded = frozenset({"names"})

    def __init__(self, *args: Any, step: RouteStep, point: DecisionPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = step.body.rules
        allowed = {
            VoteKind.ROLL_CALL: rules.may_call_roll,
            VoteKind.SECRET: rules.may_vote_secretly,
        }
        kinds = [(kind.value, kind.label.capitalize()) for kind, may in allowed.items() if may]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["kind"].initial = kinds[0][0] if kinds else ""
        if rules.by_law:
            self.fields["kind"].help_text = SPOKEN_ALOUD
            self.fields["names"].help_text += CANDIDATES_ABSTAIN
        tied = tied_names(step, step.meeting, point)
        if tied:
            self.fields["kind"].initial = VoteKind.SECRET
            self.fields["names"].initial = "\n".join(tied)
        if not rules.may_vote_secretly:
            del self.fields["names"]

    def candidates(self) -> list[str]:
        """The names, one a line."""
        return str(self.cleaned_data.get("names", "")).splitlines()


class VoteForm(forms.Form):
    """What a member votes; `voter` is set when it is for who gave her a proxy."""

    def __init__(self, *args: Any, vote_round: VoteRound, voter: Voter, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"stem-{voter.member.pk}", **kwargs)
        self.fields["choice"] = forms.ChoiceField(
            label="Uw stem" if voter.holder is None else f"Uw stem voor {voter.member.shown_as}",
            help_text=_what_follows(vote_round, voter),
            choices=_choices(vote_round),
            widget=forms.RadioSelect,
        )


def _what_follows(vote_round: VoteRound, voter: Voter) -> str:
    """What becomes of the vote, in the words of who casts it."""
    if vote_round.secret:
        what = "Niemand kan zien wat u stemt. Wel is te zien dat u hebt gestemd."
    else:
        what = "Uw stem staat bij het besluit."
    if not vote_round.secret and vote_round.meeting.body.rules.by_law:
        what = f"Zeg uw stem ook hardop. {what}"
    weight = f" Uw stem telt voor {voter.weight}." if vote_round.weighted else ""
    return f"{what}{weight} U kunt haar daarna niet meer veranderen."


def _choices(vote_round: VoteRound) -> list[tuple[str, str]]:
    if vote_round.secret:
        return [(str(option.pk), option.label) for option in vote_round.options.all()]
    known = list(SPOKEN)
    if vote_round.meeting.body.rules.abstaining:
        known.append(Choice.ABSTAIN)
    return [(choice.value, choice.label.capitalize()) for choice in known]


class RollForm(forms.Form):
    """What the secretary hears at a roll call, for every member who has not voted herself."""

    def __init__(self, *args: Any, vote_round: VoteRound, waiting: list[Voter], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        away = (Choice.AWAY.value, Choice.AWAY.label.capitalize())
        for voter in waiting:
            self.fields[f"lid-{voter.member.pk}"] = forms.ChoiceField(
                label=_named(voter, vote_round),
                choices=[*_choices(vote_round), away],
                widget=forms.RadioSelect,
                required=False,
            )

    def choices(self) -> dict[Membership, str]:
        """Only what was filled in: the rest can follow."""
        return {
            voter.member: self.cleaned_data[f"lid-{voter.member.pk}"]
            for voter in self.waiting
            if self.cleaned_data[f"lid-{voter.member.pk}"]
        }


class BallotsForm(DomainForm):
    """A vote on paper: who handed in a ballot, and how many each name got."""

    handed_in = forms.MultipleChoiceField(
        label="Wie leverden een briefje in?", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, vote_round: VoteRound, waiting: list[Voter], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {str(voter.member.pk): voter.member for voter in waiting}
        self.options = {f"briefjes-{row.pk}": row for row in vote_round.options.all()}
        field: Any = self.fields["handed_in"]
        field.choices = [(pk, member_label(member)) for pk, member in self.members.items()]
        field.initial = list(self.members)
        for name, option in self.options.items():
            whose = "blanco of niet goed ingevuld" if option.blank else f"voor {option.label}"
            self.fields[name] = forms.IntegerField(
                label=f"Briefjes {whose}",
                min_value=0,
                max_value=999,
                widget=forms.NumberInput(attrs={"data-width": "short"}),
            )

    def counts(self) -> dict[VoteOption, int]:
        return {option: self.cleaned_data[name] for name, option in self.options.items()}

    def who(self) -> list[Membership]:
        return [self.members[pk] for pk in self.cleaned_data["handed_in"]]


def _named(voter: Voter, vote_round: VoteRound) -> str:
    """'wethouder jeugd Rotterdam, 14 stemmen': who is called, and how heavy her vote is."""
    name = member_label(voter.membership)
    if not vote_round.weighted or voter.weight is None:
        return name
    return f"{name}, {voter.weight} {'stem' if voter.weight == 1 else 'stemmen'}"


class LotForm(DomainForm):
    """Whom the lot pointed at, after a second tie on persons."""

    lot = forms.ModelChoiceField(
        label="Wie wees het lot aan?",
        queryset=VoteOption.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, vote_round: VoteRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = vote_round.options.filter(blank=False)  # type: ignore[attr-defined]


class MemberField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return member_label(obj)


class RecusalForm(DomainForm):
    """Who takes no part in the vote on a paper, and why."""

    membership = MemberField(label="Wie doet niet mee?", queryset=None, empty_label="kies een lid")
    reason = forms.CharField(
        label="Waarom?",
        help_text="Kort, zonder persoonlijke bijzonderheden. Bijvoorbeeld: bestuurslid van de "
        "aanbieder.",
        max_length=300,
    )

    def __init__(self, *args: Any, step: RouteStep, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voting = [*sitting_members(step.body, meeting), *deputies(step.body, meeting)]
        out = step.recusals.values_list("membership", flat=True)
        self.fields["membership"].queryset = _members(m.pk for m in voting if m.pk not in out)  # type: ignore[attr-defined]


class ProxyForm(DomainForm):
    """Who is absent, and who votes for her."""

    giver = MemberField(label="Wie is er niet?", queryset=None, empty_label="kies een lid")
    holder = MemberField(
        label="Wie stemt voor dit lid?", queryset=None, empty_label="kies een aanwezig lid"
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = dict(meeting.attendances.values_list("membership", "present"))
        for name, there in (("giver", False), ("holder", True)):
            keys = [pk for pk, present in rows.items() if present is there]
            self.fields[name].queryset = _members(keys)  # type: ignore[attr-defined]


def _members(keys: Any) -> Any:
    return (
        Membership.objects.filter(pk__in=list(keys))
        .select_related("user", "seat__municipality", "deputy_of__user")
        .order_by("seat__municipality__sort_name", "pk")
    )


class SecondCallForm(MomentForm):
    """When and where the body meets again."""


def waiting_voters(vote_round: VoteRound, electorate: Electorate) -> list[Voter]:
    """Who may still vote."""
    voted = set(vote_round.votes.values_list("member_id", flat=True))
    return [voter for voter in electorate.voters if voter.member.pk not in voted]
