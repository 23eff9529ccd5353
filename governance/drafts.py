"""Who may keep drafts under which key in this room (see core.drafts)."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from core.drafts import register_key
from core.models import StoredFile
from governance.models import AdvicePoint, ProposalVersion, RouteStep, Section
from governance.rules import may


def _step(user: User | AnonymousUser, rest: str) -> bool:
    step = RouteStep.objects.select_related("body").filter(pk=_pk(rest)).first()
    return step is not None and bool(may(user, "body.keep", step.body))


def _answer(user: User | AnonymousUser, rest: str) -> bool:
    point = AdvicePoint.objects.select_related("proposal").filter(pk=_pk(rest)).first()
    return point is not None and bool(may(user, "proposal.lead", point.proposal))


def _section(user: User | AnonymousUser, rest: str) -> bool:
    section = Section.objects.select_related("version__proposal").filter(pk=_pk(rest)).first()
    return section is not None and bool(may(user, "proposal.write", section.version.proposal))


def _version(user: User | AnonymousUser, rest: str) -> bool:
    version = ProposalVersion.objects.select_related("proposal").filter(pk=_pk(rest)).first()
    return version is not None and bool(may(user, "proposal.write", version.proposal))


def _upload(user: User | AnonymousUser, rest: str) -> bool:
    """The review of a file that was read: only for who uploaded it."""
    return StoredFile.objects.filter(pk=_pk(rest), uploaded_by=user.pk).exists()


def _pk(rest: str) -> int:
    return int(rest) if rest.isdecimal() and len(rest) < 19 else 0


def register() -> None:
    """Called once at start-up."""
    register_key("advice", _step)
    register_key("decision", _step)
    register_key("answer", _answer)
    register_key("section", _section)
    register_key("header", _version)
    register_key("points", _version)
    register_key("new-section", _version)
    register_key("import", _upload)
