"""One world for the proofs of security: a paper in every stage."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from accounts.models import User
from budget.models import Fund
from core import clock
from core.documents import document_of
from core.files import store_upload
from core.models import Document, StoredFile
from governance.documents import MEMO
from governance.domain import (
    advice,
    agenda_versions,
    attendance,
    ballots,
    decision_lists,
    decisions,
    local_reports,
    positions,
    proposals,
    questions,
    recusals,
    texts,
    written,
)
from governance.domain.secrecy import impose_secrecy
from governance.enums import Purpose
from governance.models import (
    ActionPoint,
    AgendaItem,
    Decision,
    DecisionList,
    LocalRound,
    Position,
    Proposal,
    Question,
    RouteTemplate,
    RouteTemplateStep,
    Secrecy,
    VoteRound,
    WrittenRound,
)
from nulmeting.models import Instrument, Round
from regioagenda.models import BlockLead, BuildingBlock
from tests import factories as make
from tests import local as walk
from tests.cast import Cast, make_cast
from tests.core import files_of_every_kind as files
from tests.security import (
    world_filling,
    world_fund,
    world_money,
    world_nulmeting,
    world_results,
)

ROLES = (
    *("anonymous", "stranger", "author", "coauthor", "secretary", "steering_secretary", "reader"),
    *("alderman", "official", "adviser", "provider", "admin", "superuser"),
)


def upload(by: User, name: str, content: bytes, kinds: Any = None) -> StoredFile:
    """A stored file with its bytes."""
    extra = {"kinds": kinds} if kinds else {}
    return store_upload(SimpleUploadedFile(name, content), by=by, **extra)


@dataclass
class World:
    """The cast, its papers by stage, and what hangs on them."""

    cast: Cast
    superuser: User
    concept: Proposal
    routed: Proposal
    recorded: Decision
    final: Decision
    published: Decision
    vote: VoteRound
    secrecy: Secrecy
    position: Position
    question: Question
    imported: StoredFile
    template: RouteTemplate
    block: BuildingBlock
    lead: BlockLead
    versions: Instrument
    plan: Round
    action: ActionPoint
    listed: DecisionList
    round: WrittenRound
    asked: LocalRound
    results: Round
    filling: world_filling.Filling
    fund: Fund
    money: world_money.Money

    @property
    def secret(self) -> Proposal:
        assert self.secrecy.proposal is not None
        return self.secrecy.proposal

    @property
    def item(self) -> AgendaItem:
        return AgendaItem.objects.get(step=self.routed.steps.last())

    def person(self, role: str) -> User | None:
        if role == "anonymous":
            return None
        return self.superuser if role == "superuser" else getattr(self.cast, role)

    def client(self, role: str, **options: Any) -> Client:
        browser = Client(**options)
        if person := self.person(role):
            browser.force_login(person)
        return browser


def make_world() -> World:
    cast = make_cast()
    world = World(
        cast=cast,
        superuser=make.user("beheerder van de installatie", is_staff=True, is_superuser=True),
        concept=_concept(cast),
        routed=_routed(cast),
        recorded=_decided(cast, 2),
        final=_decided(cast, 3, final=True),
        published=_decided(cast, 4, final=True),
        vote=_in_vote(cast),
        secrecy=None,  # type: ignore[arg-type]
        position=None,  # type: ignore[arg-type]
        question=None,  # type: ignore[arg-type]
        imported=upload(cast.author, "stuk.md", b"# Stuk\n\nTekst.", {StoredFile.Kind.TEXT}),
        template=RouteTemplate.objects.create(region=cast.region, name="Gewone route"),
        block=BuildingBlock.objects.create(region=cast.region, number=1, title="Lokale teams"),
        lead=None,  # type: ignore[arg-type]
        versions=None,  # type: ignore[arg-type]
        plan=None,  # type: ignore[arg-type]
        action=make.action(cast.board, cast.secretary),
        listed=None,  # type: ignore[arg-type]
        round=_in_writing(cast),
        asked=_asked(cast),
        results=None,  # type: ignore[arg-type]
        filling=None,  # type: ignore[arg-type]
        fund=None,  # type: ignore[arg-type]
        money=None,  # type: ignore[arg-type]
    )
    RouteTemplateStep.objects.create(
        template=world.template, order=1, body=cast.board, purpose=make.DECIDE
    )
    _with_passwords(world)
    world.published = decisions.publish_decision(world.published, by=cast.secretary)
    with clock.at(world.published.meeting.starts_at):
        made = make.listed(world.published.meeting, cast.secretary)
        world.listed = decision_lists.publish_list(made, by=cast.secretary)
    own = make.proposal(cast.author, cast.team, "Een stuk dat geheim is")
    world.secrecy = impose_secrecy(
        own,
        body=cast.team,
        ground="Bedrijfsgegevens.",
        imposed_on=clock.today(),
        circle_bodies=[cast.team],
        by=cast.author,
    )
    memo_ready(world.published)
    world.lead = BlockLead.objects.create(block=world.block, municipality=cast.municipality)
    world.versions = world_nulmeting.make_questions(cast, world.block)
    world.plan = world_nulmeting.make_plan(cast, world.versions)
    world.results = world_results.make_results(cast, world.block)
    world.filling = world_filling.make_filling(cast, world.results.instrument)
    world.fund = world_fund.make_fund(cast, world.concept)
    world.money = world_money.make_money(cast)
    _prepare(world)
    return world


def _in_writing(cast: Cast) -> WrittenRound:
    """The steering group is asked in writing to consent."""
    cast.steering.rules.written_round = True
    cast.steering.rules.save()
    stop = (cast.steering, Purpose.CONSENT)
    made = make.routed(cast.author, cast.team, stop, local_decisions=True)
    return written.open_round(
        made.steps.get(),
        reason="Dit kan niet wachten.",
        closes_on=clock.today() + timedelta(days=5),
        by=cast.steering_secretary,
    )


def _prepare(world: World) -> None:
    """The alderman let know her position on the paper of the board, and asked something."""
    by, item = world.cast.alderman, world.item
    world.position = positions.give_position(item, choice="agree_if", text="Begin klein.", by=by)
    world.question = questions.ask_question(item, text="Wie betaalt dit?", by=by)


def _with_passwords(world: World) -> None:
    """Nobody signs in without one; hashed once, because hashing is slow on purpose."""
    hashed = make_password("een lange zin voor de toets")
    for role in ROLES:
        if person := world.person(role):
            person.password = hashed
            person.save(update_fields=["password"])


def _concept(cast: Cast) -> Proposal:
    made = make.proposal(cast.author, cast.team, "Een stuk in concept")
    proposals.add_coauthor(made, cast.coauthor, by=cast.author)
    file = upload(cast.author, "plan.pdf", files.pdf())
    texts.add_attachment(made.working, file, title="Plan", by=cast.author)
    make.layout.add_step(made, body=cast.board, purpose=make.DECIDE, by=cast.author)
    return made


def _routed(cast: Cast) -> Proposal:
    """Advised by the steering group, on its way to the board; a new version is being written."""
    made = make.proposal(cast.author, cast.team, "Een stuk op weg")
    file = upload(cast.author, "begroting.pdf", files.pdf())
    texts.add_attachment(made.working, file, title="Begroting", by=cast.author)
    for body, purpose in [(cast.steering, make.ADVISE), (cast.board, make.DECIDE)]:
        make.layout.add_step(made, body=body, purpose=purpose, by=cast.author)
    proposals.enter_route(made, by=cast.author)
    first, last = made.steps.all()
    first = make.on_agenda(first, cast.author, make.meeting(cast.steering, 1))
    advice.record_advice(
        made,
        body=cast.steering,
        given_on=clock.today(),
        points=["Betrek de scholen."],
        by=cast.steering_secretary,
        step=first,
    )
    texts.working_version(made, by=cast.author)
    proposals.freeze_version(made, by=cast.author, change_note="Scholen erbij.")
    make.on_agenda(last, cast.author, make.meeting(cast.board, 5))
    agenda_versions.publish_agenda(last.items.get().meeting, by=cast.secretary)
    made.refresh_from_db()
    return made


def _decided(cast: Cast, days: int, *, final: bool = False) -> Decision:
    made = make.routed(
        cast.author, cast.team, (cast.board, make.DECIDE), subject=f"Een stuk van dag {days}"
    )
    step = make.on_agenda(made.steps.get(), cast.author, make.meeting(cast.board, days))
    decision = make.decided(step, cast.secretary)
    return decisions.finalise_decision(decision, by=cast.secretary) if final else decision


def _asked(cast: Cast) -> LocalRound:
    """The councils were asked; the one of Aardam reported, with its paper. A question to the
    colleges is being written."""
    asked = walk.asked(walk.to_board(cast, 30, subject="Een stuk voor de raden"), cast.author)
    local_reports.report_outcome(
        walk.step_of(asked, "Aardam"),
        walk.values(),
        paper=upload(cast.adviser, "raadsbesluit.pdf", files.pdf()),
        by=cast.adviser,
    )
    assert asked.step is not None
    walk.prepared(asked.step, cast.author, addressee="college")
    return asked


def _in_vote(cast: Cast) -> VoteRound:
    """A paper on which the board is voting, with one member who takes no part."""
    made = make.routed(
        cast.author, cast.team, (cast.board, make.DECIDE), subject="Een stuk in stemming"
    )
    step = make.on_agenda(made.steps.get(), cast.author, make.meeting(cast.board, 6))
    with clock.at(step.meeting.starts_at + timedelta(hours=1)):
        attendance.record_attendance(step.meeting, present=cast.board_members, by=cast.secretary)
        recusals.recuse(step, cast.board_members[2], reason="Eigen grond.", by=cast.secretary)
        point = step.version.points.first()
        return ballots.open_round(step, point, kind="roll_call", by=cast.secretary)


def memo_ready(decision: Decision) -> None:
    """Its memo as the worker leaves it."""
    document = document_of(MEMO, decision)
    assert document is not None
    document.status, document.file_sha256 = Document.Status.READY, "0" * 64
    document.pages, document.ready_at = 1, clock.now()
    document.file.save("memo.pdf", ContentFile(files.pdf()), save=False)
    document.save()


@contextmanager
def undone() -> Iterator[None]:
    """What a request does inside is taken back, so that every request meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
