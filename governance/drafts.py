"""Who may keep drafts under which key in this room (see core.drafts)."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from core.drafts import MayWrite, register_key
from core.models import StoredFile
from governance.models import (
    AdvicePoint,
    AgendaItem,
    Annotation,
    Decision,
    LocalStep,
    Meeting,
    Municipality,
    Proposal,
    ProposalVersion,
    Question,
    RouteStep,
    Section,
)
from governance.rules import may
from governance.standing import standing_of


def _step(user: User | AnonymousUser, rest: str) -> bool:
    step = RouteStep.objects.select_related("body").filter(pk=_pk(rest)).first()
    return step is not None and bool(may(user, "body.keep", step.body))


def _outside(user: User | AnonymousUser, rest: str) -> bool:
    """Advice outside the route: who keeps a body and may read the proposal."""
    proposal = Proposal.objects.filter(pk=_pk(rest)).first()
    return (
        proposal is not None
        and bool(may(user, "proposal.read", proposal))
        and bool(standing_of(user).secretary_of)
    )


def _answer(user: User | AnonymousUser, rest: str) -> bool:
    point = AdvicePoint.objects.select_related("proposal").filter(pk=_pk(rest)).first()
    return point is not None and bool(may(user, "proposal.lead", point.proposal))


def _section(user: User | AnonymousUser, rest: str) -> bool:
    section = Section.objects.select_related("version__proposal").filter(pk=_pk(rest)).first()
    return section is not None and bool(may(user, "proposal.write", section.version.proposal))


def _version(user: User | AnonymousUser, rest: str) -> bool:
    version = ProposalVersion.objects.select_related("proposal").filter(pk=_pk(rest)).first()
    return version is not None and bool(may(user, "proposal.write", version.proposal))


def _record(user: User | AnonymousUser, rest: str) -> bool:
    """The record of an item: who keeps the minutes and may read its paper."""
    item = (
        AgendaItem.objects.select_related("meeting__body", "step__proposal")
        .filter(pk=_pk(rest))
        .first()
    )
    return (
        item is not None
        and bool(may(user, "body.minute", item.meeting.body))
        and (item.step is None or bool(may(user, "proposal.read", item.step.proposal)))
    )


def _local(act: str) -> MayWrite:
    """The outcome of a municipality, or the answer of the region to it."""

    def ask(user: User | AnonymousUser, rest: str) -> bool:
        rows = LocalStep.objects.select_related("round__proposal")
        step = rows.filter(pk=_pk(rest)).first()
        asked = step.round if step and act == "local.lead" else step
        return asked is not None and bool(may(user, act, asked))

    return ask


def _asking(model: type[RouteStep] | type[Decision]) -> MayWrite:
    """A question to the municipalities that is not written down yet, about a stop or decision."""

    def ask(user: User | AnonymousUser, rest: str) -> bool:
        row = model._default_manager.select_related("proposal").filter(pk=_pk(rest)).first()
        return row is not None and bool(may(user, "proposal.lead", row.proposal))

    return ask


def _upload(user: User | AnonymousUser, rest: str) -> bool:
    """The review of a file that was read: only for who uploaded it."""
    return StoredFile.objects.filter(pk=_pk(rest), uploaded_by=user.pk).exists()


def _meeting(user: User | AnonymousUser, rest: str) -> bool:
    meeting = Meeting.objects.select_related("body").filter(pk=_pk(rest)).first()
    return meeting is not None and bool(may(user, "body.keep", meeting.body))


def _agenda_item(user: User | AnonymousUser, rest: str) -> bool:
    item = AgendaItem.objects.select_related("meeting__body").filter(pk=_pk(rest)).first()
    return item is not None and bool(may(user, "body.keep", item.meeting.body))


def _on_item(act: str) -> MayWrite:
    """What a reader types herself on the page of an item: her position, a question."""

    def ask(user: User | AnonymousUser, rest: str) -> bool:
        item = AgendaItem.objects.select_related("meeting__body").filter(pk=_pk(rest)).first()
        return item is not None and bool(may(user, act, item))

    return ask


def _question(user: User | AnonymousUser, rest: str) -> bool:
    rows = Question.objects.select_related("item__meeting__body")
    question = rows.filter(pk=_pk(rest)).first()
    return question is not None and bool(may(user, "question.answer", question))


def _annotation(user: User | AnonymousUser, rest: str) -> bool:
    item, _, home = rest.partition("-")
    found = AgendaItem.objects.select_related("meeting").filter(pk=_pk(item)).first()
    municipality = Municipality.objects.filter(pk=_pk(home)).first()
    if found is None or municipality is None:
        return False
    return bool(may(user, "annotation.write", Annotation(item=found, municipality=municipality)))


def _pk(rest: str) -> int:
    return int(rest) if rest.isdecimal() and len(rest) < 19 else 0


def register() -> None:
    """Called once at start-up."""
    register_key("advice", _step)
    register_key("advice-outside", _outside)
    register_key("decision", _step)
    register_key("answer", _answer)
    register_key("section", _section)
    register_key("header", _version)
    register_key("points", _version)
    register_key("new-section", _version)
    register_key("annotation", _annotation)
    register_key("position", _on_item("position.give"))
    register_key("question", _on_item("question.ask"))
    register_key("reply", _question)
    register_key("import", _upload)
    register_key("agenda-new", _meeting)
    register_key("agenda-item", _agenda_item)
    register_key("record", _record)
    register_key("local", _local("local.report"))
    register_key("local-answer", _local("local.lead"))
    register_key("local-before", _asking(RouteStep))
    register_key("local-after", _asking(Decision))
