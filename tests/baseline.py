"""A nulmeting of the cast's region, reached through the domain."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from core import clock
from governance.enums import MunicipalRoleKind
from governance.models import Municipality, Region
from nulmeting.domain import filling, instruments, rounds, submissions
from nulmeting.domain.content import sha256_of
from nulmeting.models import Approval, Instrument, Round, Submission
from regioagenda.models import BuildingBlock
from tests import factories as make
from tests.cast import Cast

QUESTIONS = 2


def block(region: Region, number: int = 1, title: str = "Preventie") -> BuildingBlock:
    return BuildingBlock.objects.create(region=region, number=number, title=title)


def drafted(cast: Cast, blocks: int = 2) -> Instrument:
    """Two blocks with two questions and five levels each, and the scale."""
    instrument = instruments.begin_instrument(cast.region, title="Nulmeting", by=cast.author)
    made = [block(cast.region, number, f"Bouwsteen {number}") for number in range(1, blocks + 1)]
    for part in [None, *made]:
        for score in range(1, 6):
            instruments.keep_level(
                instrument, part, score, text=f"niveau {score}", name="", by=cast.author
            )
    for part in made:
        for number in range(1, QUESTIONS + 1):
            instruments.add_item(instrument, part, text=f"Vraag {number}?", by=cast.author)
    return instrument


def fixed(cast: Cast, blocks: int = 2) -> Instrument:
    return instruments.fix_instrument(drafted(cast, blocks), by=cast.author)


def prepared(cast: Cast, instrument: Instrument | None = None, **fields: Any) -> Round:
    today = clock.today()
    return rounds.prepare_round(
        cast.region,
        year=fields.pop("year", today.year),
        instrument=instrument or fixed(cast),
        opens_on=fields.pop("opens_on", today),
        closes_on=fields.pop("closes_on", today + timedelta(days=60)),
        by=cast.author,
        **fields,
    )


def opened(cast: Cast, instrument: Instrument | None = None, **fields: Any) -> Round:
    return rounds.open_round(prepared(cast, instrument, **fields), by=cast.author)


def of(asked: Round, name: str) -> Submission:
    return Submission.objects.select_related("round__instrument", "municipality").get(
        round=asked, municipality__name=name
    )


def editor(home: Municipality) -> User:
    return _with_role(home, MunicipalRoleKind.EDITOR, "invuller")


def approver(home: Municipality) -> User:
    return _with_role(home, MunicipalRoleKind.APPROVER, "vaststeller")


def _with_role(home: Municipality, role: str, office: str) -> User:
    person = make.user(f"{office} {home}")
    make.municipal_role(home, person, role)
    return person


def fill(submission: Submission, by: User, score: int = 2, blocks: Any = None, **own: Any) -> None:
    """Give every question of every block the same score, with an ambition of one more."""
    items = submission.round.instrument.items.select_related("block")
    wanted = {item.block for item in items} if blocks is None else blocks
    for part in wanted:
        values, revision = filling.values_of(submission, part)
        answers = {name: str(score) for name in values if name.startswith("item-")}
        more = {"ambition": min(score + 1, 5), "ambition_year": clock.today().year + 2} | own
        filling.save_block(
            submission, part, answers | more, base=values, base_revision=revision, by=by
        )


def submitted(submission: Submission, by: User, **fields: Any) -> Submission:
    fill(submission, by, **fields)
    return submissions.submit(submission, by=by)


def approved(submission: Submission, by: User, stands: User, **fields: Any) -> Approval:
    handed_in = submitted(submission, by, **fields)
    return submissions.approve(handed_in, seen_sha256=sha256_of(handed_in), by=stands)
