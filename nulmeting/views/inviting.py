"""Approving with a link and a code: asked by the editor, done without an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.components import Crumb
from core.refusal import Refusal, Refused
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region, not_kept
from nulmeting import filling_page as page
from nulmeting.domain import content, invites
from nulmeting.forms.filling import CodeForm, InviteForm, RemarksForm
from nulmeting.models import ApprovalInvite
from nulmeting.views.base import submission_or_404


@in_region
def invite(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """Send the link; the code is shown once, on the page that follows."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    must(request.user, "nulmeting.edit", submission)
    user: Any = request.user
    if request.method == "POST" and "withdraw" in request.POST:
        invites.withdraw(submission, by=user)
        messages.success(request, "De link werkt niet meer.")
        return redirect(page.url_of("submission", submission))
    form = InviteForm(request.POST or None)
    context = {
        "region": region,
        "submission": submission,
        "crumbs": page.crumbs(submission, Crumb("Link om vast te stellen")),
        "form": form,
        "back": page.url_of("submission", submission),
        "refused": "" if request.method == "POST" else page.not_to_approve(submission),
    }
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            email, office = form.cleaned_data["email"], form.cleaned_data["office"]
            sent, _, code = invites.send_invite(submission, email=email, office=office, by=user)
            context |= {"sent": sent, "code": f"{code[:3]} {code[3:]}"}
    context["open"] = invites.open_invite(submission)
    return render(request, "nulmeting/invite.html", context)


def by_link(request: HttpRequest, region: str, token: str) -> HttpResponse:
    """First the code, then the answers; approving or returning uses the link up."""
    found = invites.invite_of(token)
    if found is None or found.submission.round.region.slug != region:
        raise Http404
    answer = invites.can_use(found)
    if isinstance(answer, Refusal):
        return _page(request, found, refused=answer.reason)
    known = f"nulmeting-invite-{found.pk}"
    if not request.session.get(known):
        return _ask_code(request, found, known)
    if request.method == "POST" and "code" not in request.POST:
        return _act(request, found)
    return _answers(request, found)


def _ask_code(request: HttpRequest, found: ApprovalInvite, known: str) -> HttpResponse:
    """Remarks that were sent after the session ended go along, and come back behind the code."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    typed = request.POST.get("remarks", "")
    if request.method == "POST" and form.is_valid():
        try:
            if invites.try_code(found, form.cleaned_data["code"]):
                request.session[known] = True
                return _answers(request, found) if typed else redirect(request.path)
        except Refused as refused:
            return _page(request, found, refused=str(refused))
        form.add_error("code", "Deze code klopt niet. Na vijf keer werkt de link niet meer.")
    return _page(request, found, form=form, typed=typed)


def _act(request: HttpRequest, found: ApprovalInvite) -> HttpResponse:
    if "remarks" in request.POST:
        form = RemarksForm(request.POST)
        if form.is_valid():
            with form.refusals():
                invites.give_back(found, remarks=form.cleaned_data["remarks"])
                return _page(request, found, done="Teruggegeven. De invuller leest uw opmerkingen.")
        return _answers(request, found, form)
    try:
        invites.approve(found, seen_sha256=request.POST.get("gezien", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    done = f"Vastgesteld. De nulmeting van {found.submission.municipality} is klaar. Dank u wel."
    return _page(request, found, done=done)


def _answers(
    request: HttpRequest, found: ApprovalInvite, form: RemarksForm | None = None
) -> HttpResponse:
    submission = found.submission
    typed = request.POST.get("remarks", "")
    return _page(
        request,
        found,
        parts=page.answers_of(submission),
        without=content.without_evidence(submission),
        seen=content.sha256_of(submission),
        form=form or RemarksForm(start={"remarks": typed}),
    )


def _page(request: HttpRequest, found: ApprovalInvite, **more: Any) -> HttpResponse:
    submission = found.submission
    context = {"submission": submission, "region": submission.round.region, "invite": found, **more}
    return not_kept(render(request, "nulmeting/by_link.html", context))
