"""The report of a municipality, as plain values: its own answers, scores, ambition and evidence,
and the region beside it after publication."""

from dataclasses import dataclass, field
from datetime import datetime

from core import clock
from core.formats import long_date
from governance.printing import Fact
from nulmeting import own_results, region_figures
from nulmeting.enums import ApprovalWay
from nulmeting.figures import Spread, shown
from nulmeting.method import METHOD
from nulmeting.models import Approval, BlockAnswer, Evidence, Submission
from nulmeting.region_figures import is_public
from nulmeting.reports.basis import letterhead, own_basis_of


@dataclass(frozen=True)
class OwnQuestion:
    number: str
    text: str
    answer: str
    before: list[str]
    median: str


@dataclass(frozen=True)
class OwnBlock:
    """One block of the municipality: score, ambition, last round, region, and its own words."""

    number: int
    title: str
    score: float | None
    ambition: int | None
    ambition_year: int | None
    before: list[str]
    region: Spread
    questions: list[OwnQuestion]
    explanation: str
    support: str
    shared: str
    may_share: bool


@dataclass(frozen=True)
class OwnEvidence:
    title: str
    date: str
    questions: str
    where: str


@dataclass(frozen=True)
class OwnReport:
    """Everything the report of a municipality holds; `compares` when the region stands beside it,
    which is after publication."""

    created: datetime
    basis: str
    title: str
    year: int
    municipality: str
    region: str
    legal_name: str
    address: list[str]
    block_label: str
    example: bool
    compares: bool
    last_year: int | None
    facts: list[Fact]
    blocks: list[OwnBlock]
    evidence: list[OwnEvidence]
    method: list[str] = field(default_factory=lambda: list(METHOD))


def build_own(submission: Submission) -> OwnReport:
    """Gather the report of a municipality whose answers are approved."""
    asked, region = submission.round, submission.round.region
    compares = is_public(asked)
    figures = region_figures.figures_of(asked) if compares else region_figures.RegionFigures()
    rows = {row.block_id: row for row in BlockAnswer.objects.filter(submission=submission)}
    stands = own_results.stands_of(submission, figures, with_last=True)
    legal_name, address = letterhead(region)
    return OwnReport(
        created=clock.now(),
        basis=own_basis_of(submission),
        title=f"Nulmeting {asked.year}, {submission.municipality}",
        year=asked.year,
        municipality=submission.municipality.name,
        region=region.name,
        legal_name=legal_name,
        address=address,
        block_label=region.block_label,
        example=asked.example,
        compares=compares,
        last_year=asked.compared_with.year if asked.compared_with else None,
        facts=_own_facts(submission, compares),
        blocks=[_own_block(each, rows.get(each.pk), compares) for each in stands],
        evidence=_own_evidence(submission),
    )


def _own_block(each: own_results.BlockStand, row: BlockAnswer | None, compares: bool) -> OwnBlock:
    return OwnBlock(
        number=each.number,
        title=each.title,
        score=each.score,
        ambition=each.ambition,
        ambition_year=each.ambition_year,
        before=[before.text for before in each.before],
        region=each.region,
        questions=[
            OwnQuestion(
                question.number,
                question.text,
                question.answer,
                [before.text for before in question.before],
                shown(question.region.median) if compares else "",
            )
            for question in each.questions
        ],
        explanation=row.explanation if row else "",
        support=row.support if row else "",
        shared=row.shared if row else "",
        may_share=bool(row and row.may_share),
    )


def _own_facts(submission: Submission, compares: bool) -> list[Fact]:
    asked = submission.round
    facts = [Fact("Vragenlijst", str(asked.instrument))]
    approval = submission.approvals.filter(lapsed_at__isnull=True).first()
    if approval is not None:
        facts.append(Fact("Vastgesteld", _approved(approval)))
    beside = (
        f"De regio staat ernaast; gepubliceerd op {long_date(asked.published_at)}."
        if compares
        else "De regio staat er nog niet naast: de uitkomsten zijn nog niet gepubliceerd."
    )
    return [*facts, Fact("Vergelijking", beside)]


def _approved(approval: Approval) -> str:
    """When and how, by office; people have no name on paper."""
    how = str(ApprovalWay(approval.way).label)
    if approval.way == ApprovalWay.PAPER:
        seen = "bevestigd door de regio" if approval.confirmed_at else "nog niet bevestigd"
        return f"{long_date(approval.paper_date)}, {how} ({seen})"
    office = f", door {approval.office}" if approval.office else ""
    return f"{long_date(approval.at)}, {how}{office}"


def _own_evidence(submission: Submission) -> list[OwnEvidence]:
    rows = Evidence.objects.filter(submission=submission).select_related("file")
    found = []
    for row in rows.prefetch_related("items__block"):
        served = sorted((item.block.number, item.number) for item in row.items.all())
        where = [row.file.name] if row.file else []
        found.append(
            OwnEvidence(
                row.title,
                long_date(row.dated_on),
                ", ".join(f"{block}.{item}" for block, item in served),
                "; ".join([*where, *([row.url] if row.url else [])]),
            )
        )
    return found
