"""Who may what with the nulmeting (design.md, 'Who may what').

The programme team keeps instrument and rounds and sees where everybody stands; answers it reads
once they are approved. A municipality reads its own; editors write, approvers approve. Members of
internal bodies and other municipalities read scores after publication; everybody then reads the
figures of the region as a whole. Registered at start-up.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from rules.predicates import predicate

from core.rights import register as register_right
from governance.enums import Circle
from governance.models import Body, Region
from governance.models.dated import valid_on
from governance.rules import can_read, reads, writes_in_region
from governance.standing import Person, standing_of
from governance.visible import let_read
from nulmeting.enums import RoundState, SubmissionState
from nulmeting.models import Instrument, Round, Submission

# Lists ------------------------------------------------------------------------------------------


def visible_instruments(user: Person) -> QuerySet[Instrument]:
    """Of the regions in which somebody writes (the programme team)."""
    return Instrument.objects.filter(region__in=standing_of(user).author_regions)


def visible_rounds(user: Person) -> QuerySet[Round]:
    """For the team always; for municipalities that take part once it opened; for internal bodies
    once it is published."""
    standing = standing_of(user)
    return Round.objects.filter(
        Q(region__in=standing.author_regions)
        | (
            ~Q(state=RoundState.DRAFT)
            & Q(pk__in=Submission.objects.filter(of_homes(standing.municipalities)).values("round"))
        )
        | Q(state=RoundState.PUBLISHED, region__in=_inside(user))
    )


def public_rounds() -> QuerySet[Round]:
    """Of which everybody may read the figures of the region as a whole, without an account."""
    return Round.objects.filter(state=RoundState.PUBLISHED)


def visible_submissions(user: Person) -> QuerySet[Submission]:
    """Submissions whose answers may be read: one's own municipality, and for the team what was
    approved (a reopened one only once it is approved again)."""
    standing = standing_of(user)
    return Submission.objects.filter(
        of_homes(standing.municipalities) & ~Q(round__state=RoundState.DRAFT)
        | Q(state=SubmissionState.APPROVED, round__region__in=standing.author_regions)
    )


def scored_submissions(user: Person) -> QuerySet[Submission]:
    """Submissions of which scores, ambition and what is shared may be read: what one reads whole,
    and after publication everything that is approved, for who belongs inside the region."""
    return Submission.objects.filter(
        Q(pk__in=visible_submissions(user).values("pk"))
        | Q(
            state=SubmissionState.APPROVED,
            round__state=RoundState.PUBLISHED,
            round__region__in=_inside(user),
        )
    )


def of_homes(municipalities: Collection[int]) -> Q:
    """The own municipality, and those that merged into it: their answers went along."""
    return Q(municipality__in=municipalities) | Q(municipality__successor__in=municipalities)


def _inside(user: Person) -> QuerySet[Region]:
    """Regions in which somebody has a role inside: of a municipality, of the region, or as member
    of an internal body. A provider in a kerngroep is not inside."""
    standing = standing_of(user)
    internal = Body.objects.filter(pk__in=standing.bodies, circle=Circle.INTERNAL)
    return Region.objects.filter(
        Q(pk__in=internal.values("region"))
        | Q(pk__in=standing.author_regions | standing.admin_regions)
        | Q(
            valid_on(prefix="participations__"),
            participations__municipality__in=standing.municipalities,
        )
    )


# Acts -------------------------------------------------------------------------------------------


@predicate
def leads(user: Person, obj: Instrument | Round | Submission | None) -> bool:
    """Sits in the programme team of the region that it belongs to."""
    if obj is None:
        return False
    region = obj.round.region_id if isinstance(obj, Submission) else obj.region_id
    return region in standing_of(user).author_regions


@predicate
def edits(user: Person, submission: Submission | None) -> bool:
    """Fills in for this municipality."""
    return submission is not None and submission.municipality_id in standing_of(user).edits_for


@predicate
def approves(user: Person, submission: Submission | None) -> bool:
    """May stand for the answers of this municipality."""
    return submission is not None and submission.municipality_id in standing_of(user).approves_for


def gives_back(user: Person, submission: Submission) -> bool:
    """May return answers with remarks: an approver of the municipality, and the team."""
    return bool(approves(user, submission) or leads(user, submission))


@predicate
def belongs(user: Person, submission: Submission | None) -> bool:
    """Serves this municipality in any role: sees where its submission stands."""
    return submission is not None and submission.municipality_id in standing_of(user).municipalities


@predicate
def follows(user: Person, submission: Submission | None) -> bool:
    """Sees the state of a submission: the own municipality, or the team."""
    return bool(belongs(user, submission) or leads(user, submission))


@predicate
def reads_scores(user: Person, submission: Submission | None) -> bool:
    """The row is among those that `scored_submissions` gives."""
    return submission is not None and scored_submissions(user).filter(pk=submission.pk).exists()


@predicate
def reads_results(user: Person, asked: Round | None) -> bool:
    """Figures of a round: the team at any time, others after publication."""
    return asked is not None and (
        leads(user, asked) or (asked.state == RoundState.PUBLISHED and can_read(user, asked))
    )


@predicate
def reads_answers(user: Person, asked: Round | None) -> bool:
    """There is a submission in this round that one reads whole: the own one, or for the team what
    was approved."""
    return asked is not None and (
        leads(user, asked) or visible_submissions(user).filter(round=asked).exists()
    )


TEAM = "Dit kan alleen iemand van het programmateam van deze regio."

ANSWERS = "Antwoorden leest u alleen van uw eigen gemeente."


def register() -> None:
    """Called once at start-up."""
    let_read(Instrument, visible_instruments)
    let_read(Round, visible_rounds)
    let_read(Submission, visible_submissions)
    register_right("nulmeting.prepare", writes_in_region, TEAM)
    register_right("nulmeting.lead", leads, TEAM)
    register_right("nulmeting.round", reads, "U heeft geen toegang tot deze nulmeting.")
    register_right("nulmeting.results", reads_results, "De uitkomsten zijn nog niet gepubliceerd.")
    register_right("nulmeting.answers", reads_answers, ANSWERS)
    register_right("nulmeting.follow", follows, "Dit is de inzending van een andere gemeente.")
    register_right("nulmeting.read", reads, "U leest deze antwoorden als ze zijn vastgesteld.")
    register_right("nulmeting.scores", reads_scores, "Deze scores zijn nog niet gepubliceerd.")
    register_right("nulmeting.edit", edits, "Dit kan alleen een invuller van deze gemeente.")
    register_right("nulmeting.approve", approves, "Dit kan alleen een vaststeller van de gemeente.")
