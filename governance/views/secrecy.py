"""Secrecy: imposing, lifting, and who read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from core import clock
from core.components import Crumb
from governance.domain import secrecy as domain
from governance.forms.route import LiftForm, SecrecyForm
from governance.models import Attachment, Body, Decision, Proposal, Region, Secrecy
from governance.rules import KEEPS, visible_to
from governance.standing import standing_of
from governance.views.base import decision_or_404, in_region, proposal_or_404, readable
from governance.views.proposals import crumbs, shown_version
from governance.views.route import form_page

# Under its key in the form: how it is called there, and the paper itself.
Targets = dict[str, tuple[str, Proposal | Attachment | Decision]]


def _bodies_kept(request: HttpRequest, region: Region) -> list[Body]:
    bodies = Body.objects.filter(region=region, pk__in=standing_of(request.user).secretary_of)
    if not bodies:
        raise PermissionDenied(KEEPS)
    return bodies  # type: ignore[return-value]


@in_region
def impose_on_proposal(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """On the whole proposal, or on one of the attachments this secretary may read."""
    proposal = proposal_or_404(request, region, number)
    version = shown_version(request, proposal)
    targets: Targets = {"proposal": ("het hele voorstel", proposal)}
    for attachment in visible_to(request.user, Attachment).filter(version=version):
        targets[f"attachment-{attachment.pk}"] = (f"bijlage: {attachment}", attachment)
    return _impose(request, proposal, targets)


@in_region
def impose_on_attachment(
    request: HttpRequest, region: Region, number: int, pk: int
) -> HttpResponse:
    proposal = proposal_or_404(request, region, number)
    attachment = readable(request, Attachment, pk=pk, version__proposal=proposal)
    return _impose(request, proposal, {"attachment": (f"bijlage: {attachment}", attachment)})


@in_region
def impose_on_decision(request: HttpRequest, region: Region, number: str) -> HttpResponse:
    decision = decision_or_404(request, region, number)
    target = (f"besluit {decision.number}", decision)
    return _impose(request, decision.proposal, {"decision": target})


def _impose(request: HttpRequest, proposal: Proposal, targets: Targets) -> HttpResponse:
    bodies = _bodies_kept(request, proposal.region)
    form = SecrecyForm(
        request.POST or None,
        region=proposal.region,
        bodies=bodies,
        targets=targets,
        initial={"imposed_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            target, values = form.chosen()
            domain.impose_secrecy(target, by=request.user, **values)  # type: ignore[arg-type]
            messages.success(request, "De geheimhouding is vastgelegd. Inzage wordt bijgehouden.")
            return redirect("governance:proposal-detail", proposal.region.slug, proposal.number)
    only = next(iter(targets.values()))[0] if len(targets) == 1 else ""
    return form_page(
        request,
        proposal,
        title="Geheimhouding opleggen",
        lead=f"{proposal} ({only})" if only else str(proposal),
        form=form,
        button="Geheimhouding vastleggen",
    )


def _secrecy_or_404(request: HttpRequest, region: Region, pk: int) -> tuple[Secrecy, Proposal]:
    secrecy = get_object_or_404(Secrecy.objects.select_related("imposed_by"), region=region, pk=pk)
    if secrecy.pk not in standing_of(request.user).circles:
        raise Http404
    if secrecy.imposed_by_id not in standing_of(request.user).secretary_of:
        raise PermissionDenied(KEEPS)
    target = secrecy.proposal or secrecy.attachment or secrecy.decision
    proposal = target.version.proposal if isinstance(target, Attachment) else target
    return secrecy, getattr(proposal, "proposal", proposal)  # type: ignore[return-value]


@in_region
def lift(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    secrecy, proposal = _secrecy_or_404(request, region, pk)
    form = LiftForm(request.POST or None, initial={"lifted_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            domain.lift_secrecy(
                secrecy,
                body=secrecy.imposed_by,
                by=request.user,
                **form.cleaned_data,  # type: ignore[arg-type]
            )
            messages.success(request, "De geheimhouding is opgeheven.")
            return redirect("governance:proposal-detail", region.slug, proposal.number)
    return form_page(
        request,
        proposal,
        title="Geheimhouding opheffen",
        lead=secrecy.ground,
        form=form,
        button="Geheimhouding opheffen",
    )


@require_GET
@in_region
def readings(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    secrecy, proposal = _secrecy_or_404(request, region, pk)
    context = {
        "region": region,
        "secrecy": secrecy,
        "crumbs": crumbs(proposal, Crumb("Inzage")),
        "readings": secrecy.readings.select_related("user")[:500],
    }
    return render(request, "governance/secrecy_readings.html", context)
