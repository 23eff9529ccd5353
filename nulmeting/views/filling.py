"""Filling in: the overview of a municipality, one page per block, evidence, and the check."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.components import Crumb
from core.drafts import committed, discard, draft_of, settle
from core.formats import clock_time
from core.models import StatusChange
from core.refusal import Refusal
from governance.models import Region
from governance.queries import trail_of
from governance.rules import may, must
from governance.views.base import in_region, refusals_shown
from nulmeting import filling_page as page
from nulmeting.domain import approvers, content, filling, submissions
from nulmeting.domain.rounds import can_fill_in
from nulmeting.enums import EVIDENCE_FROM, SubmissionState
from nulmeting.forms.filling import BlockForm
from nulmeting.models import Submission
from nulmeting.queries import blocks_of
from nulmeting.views.base import submission_or_404
from regioagenda.models import BuildingBlock

NEXT, CHECK, HERE = "volgende", "controle", "hier"
AFTER = "Daarna leest de vaststeller van uw gemeente de antwoorden."
AFTER_ALONE = "Daarna kiest u hoe de antwoorden worden vastgesteld."


@require_GET
@in_region
def overview(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """Where the submission stands, what this person can do now, and the blocks."""
    submission = submission_or_404(request, region, year, pk)
    reads = bool(may(request.user, "nulmeting.read", submission))
    steps = page.steps_of(submission) if reads else []
    context = {
        "region": region,
        "submission": submission,
        "crumbs": page.crumbs(submission),
        "tone": page.TONES[SubmissionState(submission.state)],
        "status": page.progress(submission, steps) if reads else "",
        "now": page.now_for(submission, request.user, steps),
        "waits": page.waits_for_approver(submission),
        "edits": bool(may(request.user, "nulmeting.edit", submission)),
        "steps": steps,
        "facts": page.facts(submission),
        "trail": trail_of(StatusChange.of(submission)[:50], page.ACTS),
    }
    return render(request, "nulmeting/submission_detail.html", context)


@in_region
def block(request: HttpRequest, region: Region, year: int, pk: int, block: int) -> HttpResponse:
    """One block. The script sends the same form after a while of silence and asks for JSON."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    here = _block_or_404(submission, block)
    if not may(request.user, "nulmeting.edit", submission):
        return _read_only(request, submission, here)
    key = f"nulmeting:{submission.pk}-{here.pk}"
    if request.method != "POST":
        return _block_page(request, submission, here, _form(request, submission, here, key), key)
    if request.POST.get("forget"):
        discard(request.user, key)
        messages.success(request, "De tekst die nog niet was opgeslagen, is weg.")
        return redirect(page.url_of("block", submission, here.pk))
    form = _form(request, submission, here, key, data=request.POST)
    done = form.is_valid() and _save(request, submission, here, form, key)
    if request.headers.get("Accept") == "application/json":
        return _as_json(request, submission, here, form, key if done else "")
    if not done:
        kept = form.keep(request.user, key)
        return _block_page(request, submission, here, form, key, kept=kept)
    committed(request, key)
    messages.success(request, f"‘{here.title}’ is opgeslagen voor {submission.municipality}.")
    return redirect(_onward(submission, here, request.POST.get("naar", "")))


def _form(
    request: HttpRequest,
    submission: Submission,
    here: BuildingBlock,
    key: str,
    data: Any = None,
) -> BlockForm:
    start, revision = filling.values_of(submission, here)
    return BlockForm(
        data,
        start=start,
        revision=revision,
        draft=None if data is not None else draft_of(request.user, key),
        items=list(submission.round.instrument.items.filter(block=here)),
        earlier=content.earlier_answers(submission),
        scale=page.scale_of(submission),
    )


def _save(
    request: HttpRequest, submission: Submission, here: BuildingBlock, form: BlockForm, key: str
) -> bool:
    user: Any = request.user

    def newest() -> dict[str, Any]:
        return filling.values_of(submission, here)[0]

    with form.saving(user, key, newest), transaction.atomic():
        filling.save_block(
            submission,
            here,
            form.values(),
            base=form.base(),
            base_revision=form.revision,
            by=user,
        )
        return True
    return False


def _as_json(
    request: HttpRequest, submission: Submission, here: BuildingBlock, form: BlockForm, key: str
) -> JsonResponse:
    """What block.js takes over: see the head of that file. `key` is that of the draft, if saved."""
    values, revision = filling.values_of(submission, here)
    now = {name: form.as_text(name, values[name]) for name in form.based}
    if key:
        sent = {name: str(form.data.get(name, "")) for name in form.based}
        settle(request.user, key, sent, now)
    return JsonResponse(
        {
            "revision": revision,
            "saved": now if key else {},
            "clashes": [both.label for both in form.clashes()],
            "errors": [str(error) for errors in form.errors.values() for error in errors],
            "saved_at": clock_time(clock.now()),
        }
    )


def _onward(submission: Submission, here: BuildingBlock, to: str) -> str:
    """Where somebody goes after saving: the next block, the check, a block by its key, or here."""
    blocks = [each.pk for each in blocks_of(submission.round)]
    if to == NEXT:
        place = blocks.index(here.pk) + 1
        return (
            page.url_of("block", submission, blocks[place])
            if place < len(blocks)
            else page.url_of("check", submission)
        )
    if to == CHECK:
        return page.url_of("check", submission)
    if to.isdecimal() and int(to) in blocks:
        return page.url_of("block", submission, int(to))
    return page.url_of("block", submission, here.pk)


def _block_page(
    request: HttpRequest,
    submission: Submission,
    here: BuildingBlock,
    form: BlockForm,
    key: str,
    *,
    kept: bool = False,
) -> HttpResponse:
    """The page to fill in; `kept`: what was sent and refused is kept as a draft."""
    fill = can_fill_in(submission)
    steps = page.steps_of(submission, here)
    place = [step.block.pk for step in steps].index(here.pk)
    pieces = page.evidence_for(submission, form.items)
    shown = {item.pk for piece in pieces for item in piece.items.all()}
    high = [
        item
        for item, field, _, _ in form.questions()
        if item.pk not in shown and _score(field.value()) >= EVIDENCE_FROM
    ]
    context = {
        "region": request.region,  # type: ignore[attr-defined]
        "submission": submission,
        "part": here,
        "leads": here.leads.current().select_related("municipality"),
        "crumbs": page.crumbs(submission, Crumb(here.title)),
        "pre": f"Nulmeting {submission.round.year} · {submission.municipality} · "
        f"{here.region.block_label} {place + 1} van {len(steps)}",
        "tone": page.TONES[SubmissionState(submission.state)],
        "status": page.progress(submission, steps),
        "closed": fill.reason if isinstance(fill, Refusal) else "",
        "undone": page.UNDONE.get(SubmissionState(submission.state), "") if fill else "",
        "steps": steps,
        "previous": steps[place - 1] if place else None,
        "last": place == len(steps) - 1,
        "meanings": page.meanings_of(submission, here),
        "form": form,
        "draft": draft_of(request.user, key) if kept else form.draft,
        "draft_key": key,
        "kept": kept,
        "pieces": pieces,
        "without": high,
    }
    return render(request, "nulmeting/block_form.html", context)


def _score(value: Any) -> int:
    return int(value) if str(value).isdecimal() else 0


def _read_only(request: HttpRequest, submission: Submission, here: BuildingBlock) -> HttpResponse:
    """The answers of one block, for who reads them but does not fill in."""
    return redirect(f"{page.url_of('answers', submission)}#blok-{here.pk}")


def _block_or_404(submission: Submission, pk: int) -> BuildingBlock:
    used = submission.round.instrument.items.values("block")
    return get_object_or_404(BuildingBlock.objects.select_related("region"), pk=pk, pk__in=used)


# Check and hand in --------------------------------------------------------------------------------


@in_region
def check(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """The last look: every answer, what is missing, what has no evidence; and handing in."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    must(request.user, "nulmeting.edit", submission)
    if request.method == "POST":
        with refusals_shown(request):
            done = submissions.submit(submission, by=_user(request))
            _tell_handed_in(request, done)
            return redirect(page.url_of("submission", submission))
        return redirect(page.url_of("check", submission))
    submit = submissions.can_submit(submission)
    alone = not approvers.other_than(_user(request), submission)
    context = {
        "region": region,
        "submission": submission,
        "crumbs": page.crumbs(submission, Crumb("Controleren en indienen")),
        "handed_in": page.UNDONE.get(SubmissionState(submission.state), ""),
        "refused": submit.reason if isinstance(submit, Refusal) else "",
        "missing": content.unanswered(submission),
        "alone": alone,
        "after": AFTER_ALONE if alone else AFTER,
        "approves": bool(may(request.user, "nulmeting.approve", submission)),
        "without": content.without_evidence(submission),
        "parts": page.answers_of(submission),
        "steps": page.steps_of(submission),
    }
    return render(request, "nulmeting/submission_check.html", context)


def _tell_handed_in(request: HttpRequest, submission: Submission) -> None:
    said = f"Ingediend voor {submission.municipality}."
    if approvers.nobody_for(submission):
        messages.success(request, f"{said} Kies hieronder hoe de antwoorden worden vastgesteld.")
        return
    messages.success(
        request,
        f"{said} De vaststeller van uw gemeente leest nu de antwoorden en stelt ze vast, of geeft "
        "ze terug.",
    )


@require_GET
@in_region
def answers(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    """Everything that was answered, to read."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    context = {
        "region": region,
        "submission": submission,
        "crumbs": page.crumbs(submission, Crumb("Antwoorden")),
        "parts": page.answers_of(submission),
    }
    return render(request, "nulmeting/submission_answers.html", context)


@require_POST
@in_region
def take_back(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    submission = submission_or_404(request, region, year, pk)
    must(request.user, "nulmeting.edit", submission)
    with refusals_shown(request):
        submissions.take_back(submission, by=_user(request))
        messages.success(request, "U kunt weer verder. Dien opnieuw in als u klaar bent.")
    return redirect(page.url_of("submission", submission))


def _user(request: HttpRequest) -> Any:
    return request.user
