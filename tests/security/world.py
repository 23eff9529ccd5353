"""One world for the proofs of security: a paper in every stage, and every address of the portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from core import clock
from core.documents import document_of
from core.files import store_upload
from core.models import Document, StoredFile
from governance.documents import MEMO
from governance.domain import advice, decisions, proposals, texts
from governance.domain.secrecy import impose_secrecy
from governance.models import Decision, Proposal, RouteTemplate, RouteTemplateStep, Secrecy
from regioagenda.models import BuildingBlock
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.core import files_of_every_kind as files

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
    secrecy: Secrecy
    imported: StoredFile
    template: RouteTemplate
    block: BuildingBlock

    @property
    def secret(self) -> Proposal:
        assert self.secrecy.proposal is not None
        return self.secrecy.proposal

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
        secrecy=None,  # type: ignore[arg-type]
        imported=upload(cast.author, "stuk.md", b"# Stuk\n\nTekst.", {StoredFile.Kind.TEXT}),
        template=RouteTemplate.objects.create(region=cast.region, name="Gewone route"),
        block=BuildingBlock.objects.create(region=cast.region, number=1, title="Lokale teams"),
    )
    RouteTemplateStep.objects.create(
        template=world.template, order=1, body=cast.board, purpose=make.DECIDE
    )
    _with_passwords(world)
    world.published = decisions.publish_decision(world.published, by=cast.secretary)
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
    return world


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
    made.refresh_from_db()
    return made


def _decided(cast: Cast, days: int, *, final: bool = False) -> Decision:
    made = make.routed(
        cast.author, cast.team, (cast.board, make.DECIDE), subject=f"Een stuk van dag {days}"
    )
    step = make.on_agenda(made.steps.get(), cast.author, make.meeting(cast.board, days))
    decision = make.decided(step, cast.secretary)
    return decisions.finalise_decision(decision, by=cast.secretary) if final else decision


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


# Addresses ----------------------------------------------------------------------------------------


def names_of(resolver: URLResolver | None = None, prefix: str = "") -> dict[str, str]:
    """Every named address of the portal with its pattern; the admin as one."""
    found: dict[str, str] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found[f"{prefix}{entry.name}"] = str(entry.pattern)
        elif entry.namespace == "admin":
            found["admin"] = str(entry.pattern)
        else:
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            found |= names_of(entry, prefix + namespace)
    return found


def address(world: World, name: str, on: str) -> str:
    """The address of a name, about one of the papers of the world."""
    return reverse(name, kwargs=_arguments(world, name, on))


def _arguments(world: World, name: str, on: str) -> dict[str, Any]:
    region = {"region": world.cast.region.slug}
    if name in PLAIN:
        return dict(PLAIN[name])
    if name.startswith("core:document"):
        return {"pk": document_of(MEMO, getattr(world, on)).pk}  # type: ignore[union-attr]
    if on == "-":
        return region
    if on in ("person", "body", "template", "block") or on.startswith("gremia"):
        return region | _of_organisation(world, on)
    if on == "import":
        return region | {"pk": world.imported.pk}
    if on == "secrecy":
        return region | {"pk": world.secrecy.pk}
    if name.startswith("governance:meeting-"):
        stop = {"board": world.routed.steps.last(), "steering": world.routed.steps.first()}.get(on)
        meeting = stop.meeting if stop else world.recorded.meeting
        return region | {"pk": meeting.pk}
    if name in ABOUT_DECISION:
        return region | {"number": getattr(world, on).number}
    return region | _of_proposal(world, name, on)


def _of_organisation(world: World, on: str) -> dict[str, Any]:
    kind, _, part = on.partition(".")
    if kind == "gremia":
        own = {
            "": {},
            "row": {"pk": world.cast.board.pk},
            "parent": {"parent": world.cast.board.pk},
        }
        return {"kind": "andere-namen" if part == "parent" else kind, **own[part]}
    rows = {
        "person": world.cast.author,
        "body": world.cast.board,
        "template": world.template,
        "block": world.block,
    }
    return {"pk": rows[kind].pk}


def _of_proposal(world: World, name: str, on: str) -> dict[str, Any]:
    paper, _, part = on.partition(".")
    target = getattr(world, paper)
    proposal = target if isinstance(target, Proposal) else target.proposal
    number = {"number": proposal.number}
    working = proposal.working
    steps = {"first": proposal.steps.first(), "last": proposal.steps.last()}
    parts = {
        "": None,
        "section": lambda: working.sections.first().pk,
        "point": lambda: working.points.first().pk,
        "attachment": lambda: working.attachments.first().pk,
        "coauthor": lambda: proposal.coauthors.get().pk,
        "advice": lambda: proposal.advice.first().pk,
        "first": lambda: steps["first"].pk,
        "last": lambda: steps["last"].pk,
    }
    if part == "v1":
        return number | {"version": 1}
    if part == "v1v2":
        return number | {"old": 1, "new": 2}
    if part in ("postpone", "withdraw", "resume"):
        return number | {"act": part}
    return number if not part else number | {"pk": parts[part]()}


ABOUT_DECISION = {
    "governance:secrecy-decision",
    *(f"governance:decision-{act}" for act in ("detail", "finalise", "publish", "replace", "memo")),
}
PLAIN: dict[str, dict[str, Any]] = {
    "home": {},
    "health": {},
    "robots-txt": {},
    "security-txt": {},
    "accessibility": {},
    "privacy": {},
    "help": {},
    "components": {},
    "core:draft-save": {},
    "accounts:invitation": {"token": "niet-bekend"},
    "accounts:second-factor": {},
    "accounts:device-forget": {"pk": 1},
    "account_login": {},
    "account_logout": {},
    "account_inactive": {},
    "account_reauthenticate": {},
    "account_change_password": {},
    "account_set_password": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key_done": {},
    "account_reset_password_from_key": {"uidb36": "1", "key": "niet-bekend"},
    "mfa_index": {},
    "mfa_authenticate": {},
    "mfa_reauthenticate": {},
    "mfa_activate_totp": {},
    "mfa_deactivate_totp": {},
    "mfa_view_recovery_codes": {},
    "mfa_generate_recovery_codes": {},
}
