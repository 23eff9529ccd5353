"""What the pages of a municipality show: its blocks as steps, what is ready, what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.components import Crumb, Fact
from core.formats import long_date
from core.refusal import Refusal
from governance.presenting import Act, Now
from governance.rules import may
from nulmeting.domain import approvers, submissions
from nulmeting.domain.rounds import can_fill_in
from nulmeting.enums import RoundState, SubmissionState
from nulmeting.models import Answer, BlockAnswer, Evidence, Item, Level, Submission
from nulmeting.queries import blocks_of
from regioagenda.models import BuildingBlock

TONES = {
    SubmissionState.NOT_STARTED: "inactive",
    SubmissionState.IN_PROGRESS: "neutral",
    SubmissionState.SUBMITTED: "warning",
    SubmissionState.RETURNED: "warning",
    SubmissionState.APPROVED: "success",
}


ACTS = {
    "begin": "Begonnen met invullen",
    "submit": "Ingediend",
    "take_back": "Teruggenomen door de invuller",
    "return": "Teruggegeven",
    "approve": "Vastgesteld",
    "change": "Een antwoord gewijzigd; de vaststelling vervalt",
    "reopen": "Heropend voor deze gemeente",
    "evidence_removed": "Bewijs weggehaald",
    "invite_sent": "Link om vast te stellen verstuurd",
    "paper_confirmed": "Vaststelling op papier bevestigd",
}
FILLING = (SubmissionState.NOT_STARTED, SubmissionState.IN_PROGRESS, SubmissionState.RETURNED)
WAITS = {
    SubmissionState.NOT_STARTED: "De invuller van de gemeente kan beginnen.",
    SubmissionState.IN_PROGRESS: "De invuller van de gemeente is bezig.",
    SubmissionState.SUBMITTED: "Ingediend. De vaststeller van de gemeente is aan zet.",
    SubmissionState.RETURNED: "Teruggegeven. De invuller van de gemeente is aan zet.",
    SubmissionState.APPROVED: "Vastgesteld door de gemeente.",
}

NOBODY = (
    "Ingediend, maar de gemeente heeft nog geen vaststeller. De invuller kan de wethouder een link "
    "sturen, of vaststellen op papier."
)
NOT_HANDED_IN = "Dien de nulmeting eerst in; daarna kan zij worden vastgesteld."
UNDONE = {
    SubmissionState.SUBMITTED: "Dit is ingediend. Wijzigt u een antwoord, dan dient u opnieuw in.",
    SubmissionState.APPROVED: "Dit is vastgesteld. Wijzigt u een antwoord, dan vervalt dat: het "
    "wordt opnieuw ingediend en vastgesteld.",
}


@dataclass(frozen=True)
class Step:
    """A block on the way through: its address, and whether it is ready, begun, or here."""

    block: BuildingBlock
    url: str
    answered: int
    asked: int
    now: bool = False
    ambition: bool = True

    @property
    def done(self) -> bool:
        return self.answered == self.asked and self.ambition

    @property
    def text(self) -> str:
        if self.done:
            return "klaar"
        if self.answered == self.asked:
            return "ambitie ontbreekt"
        return f"{self.answered} van {self.asked} vragen" if self.answered else "nog te doen"


def url_of(name: str, submission: Submission, *more: object) -> str:
    asked = submission.round
    return reverse(f"nulmeting:{name}", args=[asked.region.slug, asked.year, submission.pk, *more])


def steps_of(submission: Submission, here: BuildingBlock | None = None) -> list[Step]:
    """The blocks in order, with how far each is: four queries."""
    items = submission.round.instrument.items.values_list("block", flat=True)
    asked = Counter(items)
    answers = Answer.objects.filter(block__submission=submission)
    answered = Counter(answers.values_list("block__block", flat=True))
    scored = set(answers.filter(given="score").values_list("block__block", flat=True))
    aimed = set(
        BlockAnswer.objects.filter(
            submission=submission, ambition__isnull=False, ambition_year__isnull=False
        ).values_list("block", flat=True)
    )
    return [
        Step(
            block,
            url_of("block", submission, block.pk),
            answered[block.pk],
            asked[block.pk],
            here is not None and block.pk == here.pk,
            block.pk in aimed or block.pk not in scored,
        )
        for block in blocks_of(submission.round)
    ]


def scale_of(submission: Submission) -> dict[int, str]:
    """Per score the name of its level on the scale."""
    rows = Level.objects.filter(instrument=submission.round.instrument_id, block__isnull=True)
    return {row.score: row.name or row.text for row in rows}


@dataclass(frozen=True)
class Meaning:
    """What a score means on this block, under the name that it has on the scale."""

    score: int
    name: str
    text: str


def meanings_of(submission: Submission, block: BuildingBlock) -> list[Meaning]:
    names = scale_of(submission)
    rows = Level.objects.filter(instrument=submission.round.instrument_id, block=block)
    return [Meaning(row.score, names.get(row.score, ""), as_sentence(row.text)) for row in rows]


def as_sentence(text: str) -> str:
    """A description with a capital and a full stop, whether its writer typed them or not."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def evidence_for(submission: Submission, items: Iterable[Item]) -> list[Evidence]:
    """The pieces that serve any of these questions, each with all its questions."""
    wanted = [item.pk for item in items]
    rows = Evidence.objects.filter(submission=submission, items__in=wanted).distinct()
    return list(rows.select_related("file").prefetch_related("items__block"))


def crumbs(submission: Submission, *more: Crumb) -> list[Crumb]:
    asked = submission.round
    overview = reverse("nulmeting:round-list", args=[asked.region.slug])
    here = Crumb(submission.municipality.name, url_of("submission", submission) if more else "")
    return [Crumb("Nulmeting", overview), Crumb(str(asked.year)), here, *more]


def progress(submission: Submission, steps: list[Step]) -> str:
    """How far it is; once it was handed in, since when."""
    if submission.state == SubmissionState.SUBMITTED:
        return f"Sinds {long_date(submission.submitted_at)}."
    if submission.state == SubmissionState.APPROVED:
        return ""
    done = sum(step.done for step in steps)
    until = submission.round.closes_on
    if submission.reopened_until and submission.reopened_until > until:
        until = submission.reopened_until
    return (
        f"{done} van {len(steps)} klaar. Indienen kan tot en met {long_date(until, weekday=True)}."
    )


def now_for(submission: Submission, reader: Any, steps: list[Step]) -> Now:
    """Whose turn it is, and the one act that comes first for this reader."""
    fill = can_fill_in(submission)
    state = SubmissionState(submission.state)
    edits = bool(may(reader, "nulmeting.edit", submission))
    approves = bool(may(reader, "nulmeting.approve", submission))
    waits = waits_for_approver(submission)
    now = Now("Op dit moment", what=NOBODY if waits else WAITS[state])
    if edits and fill and state in FILLING:
        _to_fill_in(now, submission, steps)
    elif approves and state == SubmissionState.SUBMITTED and not _handed_in(submission, reader):
        _to_approve(now, submission)
    elif may(reader, "nulmeting.lead", submission):
        _to_lead(now, submission)
    elif edits and state == SubmissionState.SUBMITTED:
        _to_have_approved(now, submission, waits=waits, own=approves, fill=bool(fill))
    if isinstance(fill, Refusal) and edits and state in FILLING:
        now.what = fill.reason
    return now


def waits_for_approver(submission: Submission) -> bool:
    """Whether it was handed in and nobody can approve."""
    return submission.state == SubmissionState.SUBMITTED and approvers.nobody_for(submission)


def not_to_approve(submission: Submission) -> str:
    """Why nothing can be approved now, for a page that is opened; empty when it can."""
    answer = submissions.STATES.answer(submission, "approve")
    if not isinstance(answer, Refusal):
        return ""
    return {
        SubmissionState.SUBMITTED: answer.reason,
        SubmissionState.APPROVED: "De antwoorden zijn al vastgesteld.",
    }.get(SubmissionState(submission.state), NOT_HANDED_IN)


def _handed_in(submission: Submission, reader: Any) -> bool:
    return submission.submitted_by_id == reader.pk


def _to_have_approved(
    now: Now, submission: Submission, *, waits: bool, own: bool, fill: bool
) -> None:
    """For who fills in, after handing in: how somebody else comes to approve. `waits`: nobody can;
    `own`: she could, had she not handed in herself."""
    link = Act("Stuur de wethouder een link", url_of("invite", submission))
    now.others.append(Act("Vastgesteld op papier", url_of("on-paper", submission)))
    if fill:
        now.others.append(Act("Toch nog wijzigen", url_of("check", submission)))
    if waits:
        now.head, now.what, now.primary = "U bent aan zet", "Kies wie de antwoorden vaststelt", link
        return
    now.others.insert(0, link)
    if own:
        now.what = "U diende dit zelf in. Een andere vaststeller van uw gemeente stelt het vast."


def _to_fill_in(now: Now, submission: Submission, steps: list[Step]) -> None:
    now.others.append(Act("Verder in een rekenblad", url_of("offline", submission)))
    first = next((step for step in steps if not step.done), None)
    if first is None:
        now.head, now.what = "U bent aan zet", "Alles is ingevuld. Kijk het na en dien het in."
        now.primary = Act("Controleren en indienen", url_of("check", submission))
        return
    begun = any(step.answered for step in steps)
    now.head = "U bent aan zet"
    now.what = f"{'Ga verder' if begun else 'Begin'} bij ‘{first.block.title}’."
    now.primary = Act("Verder invullen" if begun else "Begin met invullen", first.url)
    now.others.insert(0, Act("Controleren en indienen", url_of("check", submission)))


def _to_approve(now: Now, submission: Submission) -> None:
    now.head, now.what = "U bent aan zet", "Lees de antwoorden en stel ze vast, of geef ze terug."
    now.primary = Act("Lezen en vaststellen", url_of("approve", submission))
    now.others.append(Act("Teruggeven", url_of("give-back", submission)))
    now.others.append(Act("Vastgesteld op papier", url_of("on-paper", submission)))


def _to_lead(now: Now, submission: Submission) -> None:
    paper = submission.approvals.filter(
        lapsed_at__isnull=True, way="paper", confirmed_at__isnull=True
    )
    if paper.exists():
        now.head, now.what = "U bent aan zet", "Bekijk het stuk en bevestig de vaststelling."
        now.primary = Act("Bevestigen", url_of("paper-confirm", submission), posts=True)
        now.others.append(Act("Het stuk", url_of("paper-download", submission)))
    if submission.state in (SubmissionState.SUBMITTED, SubmissionState.APPROVED):
        now.others.append(Act("Teruggeven", url_of("give-back", submission)))
    asked = submission.round
    if asked.state == RoundState.CLOSED and not can_fill_in(submission):
        url = reverse("nulmeting:round-reopen", args=[asked.region.slug, asked.year])
        now.others.append(Act("Heropenen", f"{url}?gemeente={submission.pk}"))


def facts(submission: Submission) -> list[Fact]:
    """Who did what, for beside the page."""
    found = [Fact("Vragenlijst", str(submission.round.instrument))]
    if submission.submitted_at:
        found.append(Fact("Ingediend", long_date(submission.submitted_at)))
    approval = submission.approvals.filter(lapsed_at__isnull=True).first()
    if approval:
        who = approval.office or str(approval.by)
        found.append(Fact("Vastgesteld", long_date(approval.at), note=who))
        if approval.way == "paper":
            seen = "bevestigd" if approval.confirmed_at else "nog niet bevestigd door de regio"
            found.append(Fact("Op papier", long_date(approval.paper_date), note=seen))
    return found


@dataclass(frozen=True)
class Said:
    """One question with its answer in words, and the evidence that serves it."""

    item: Item
    answer: str
    evidence: tuple[Evidence, ...]
    kept: bool = False


@dataclass(frozen=True)
class Part:
    """One block to read: its questions, and what belongs to it as a whole."""

    block: BuildingBlock
    row: BlockAnswer | None
    said: tuple[Said, ...]
    ambition: str
    url: str


def answers_of(submission: Submission) -> list[Part]:
    """Everything that was answered, by block: six queries, whatever the number of answers."""
    names = scale_of(submission)
    answers = {
        answer.item_id: answer for answer in Answer.objects.filter(block__submission=submission)
    }
    rows = {row.block_id: row for row in BlockAnswer.objects.filter(submission=submission)}
    pieces: dict[int, list[Evidence]] = {}
    for piece in (
        Evidence.objects.filter(submission=submission)
        .select_related("file")
        .prefetch_related("items")
    ):
        for item in piece.items.all():
            pieces.setdefault(item.pk, []).append(piece)
    items: dict[int, list[Item]] = {}
    for item in submission.round.instrument.items.all():
        items.setdefault(item.block_id, []).append(item)
    return [
        Part(
            block,
            rows.get(block.pk),
            tuple(
                Said(
                    item,
                    _in_words(answers.get(item.pk), names),
                    tuple(pieces.get(item.pk, ())),
                    bool(answers[item.pk].kept) if item.pk in answers else False,
                )
                for item in items.get(block.pk, [])
            ),
            _ambition(rows.get(block.pk), names),
            url_of("block", submission, block.pk),
        )
        for block in blocks_of(submission.round)
    ]


def _in_words(answer: Answer | None, names: dict[int, str]) -> str:
    if answer is None:
        return ""
    if answer.score is None:
        return str(answer.get_given_display())
    return f"{answer.score}, {names.get(answer.score, '').lower()}"


def _ambition(row: BlockAnswer | None, names: dict[int, str]) -> str:
    if row is None or not row.ambition:
        return ""
    year = f" in {row.ambition_year}" if row.ambition_year else ""
    return f"{row.ambition}, {names.get(row.ambition, '').lower()}{year}"
