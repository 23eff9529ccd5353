"""Evidence: added, changed, taken away, downloaded."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from core.components import Crumb
from core.drafts import committed
from core.files import send_file, store_upload
from core.models import StoredFile
from core.refusal import Refusal, Refused
from core.versioning import Conflict
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region, is_key
from governance.views.writing import forget
from nulmeting import filling_page as page
from nulmeting.domain import filling
from nulmeting.domain.rounds import can_fill_in
from nulmeting.forms.filling import EVIDENCE_KINDS, EvidenceForm
from nulmeting.models import Evidence, Item, Submission
from nulmeting.views.base import kept_context, opened_draft, submission_or_404


@in_region
def add(request: HttpRequest, region: Region, year: int, pk: int) -> HttpResponse:
    submission = _mine(request, region, year, pk)
    chosen = [int(key) for key in request.GET.getlist("vraag") if is_key(key)]
    return _piece(request, submission, None, chosen)


@in_region
def change(request: HttpRequest, region: Region, year: int, pk: int, piece: int) -> HttpResponse:
    submission = _mine(request, region, year, pk)
    found = _pieces_of(submission).filter(pk=piece).first()
    if found is None and request.method != "POST":
        raise Http404
    if found is None:
        return _taken_away(request, submission)
    return _piece(request, submission, found, ())


def _piece(
    request: HttpRequest, submission: Submission, piece: Evidence | None, chosen: Any
) -> HttpResponse:
    key = f"submission:{submission.pk}-evidence-{piece.pk if piece else 0}"
    if forget(request, key):
        return redirect(page.url_of("submission", submission))
    draft = opened_draft(request, key)
    options: Any = {"items": _items_of(submission), "piece": piece, "chosen": chosen}
    options["here"] = _from_block(request)
    form = EvidenceForm(request.POST or None, request.FILES or None, draft=draft, **options)
    done = request.method == "POST" and form.is_valid()
    if done and _save(request, submission, piece, form, key):
        messages.success(request, "Het bewijs is bewaard.")
        first = form.cleaned_data["items"][0]
        return redirect(page.url_of("block", submission, first.block_id) + "#bewijs")
    return _page(request, submission, piece, form, key)


def _from_block(request: HttpRequest) -> int:
    """The block whose page led here."""
    block = request.GET.get("onderdeel", "")
    return int(block) if is_key(block) else 0


def _back(submission: Submission, form: EvidenceForm) -> str:
    if any(item.block_id == form.here for item in form.questions):
        return page.url_of("block", submission, form.here) + "#bewijs"
    return page.url_of("submission", submission)


def _taken_away(request: HttpRequest, submission: Submission) -> HttpResponse:
    """A colleague took the piece away while this writer changed it: what she typed can be added."""
    messages.warning(
        request,
        "Een collega haalde dit bewijs intussen weg. Wat u invulde staat hieronder: bewaar het als "
        "nieuw bewijs, of ga terug.",
    )
    form = EvidenceForm(request.POST, items=_items_of(submission))
    key, to = f"submission:{submission.pk}-evidence-0", page.url_of("evidence-add", submission)
    return _page(request, submission, None, form, key, action=to)


def _page(
    request: HttpRequest,
    submission: Submission,
    piece: Evidence | None,
    form: EvidenceForm,
    key: str,
    **more: Any,
) -> HttpResponse:
    refused = can_fill_in(submission)
    title = "Bewijs wijzigen" if piece else "Bewijs toevoegen"
    context = {
        "region": request.region,  # type: ignore[attr-defined]
        "submission": submission,
        "title": title,
        "crumbs": page.crumbs(submission, Crumb(title)),
        "piece": piece,
        "refused": refused.reason if isinstance(refused, Refusal) else "",
        "back": _back(submission, form),
        **kept_context(request, form, key),
        **more,
    }
    return render(request, "nulmeting/evidence_form.html", context)


def _save(
    request: HttpRequest,
    submission: Submission,
    piece: Evidence | None,
    form: EvidenceForm,
    key: str,
) -> bool:
    """Keep the file and the row together; a refusal leaves no file behind."""
    stored: StoredFile | None = None
    user: Any = request.user

    def newest() -> dict[str, Any]:
        now = Evidence.objects.get(pk=piece.pk) if piece else Evidence()
        return {name: getattr(now, name) for name in form.based}

    with form.saving(user, key, newest):
        try:
            with transaction.atomic():
                if upload := form.cleaned_data["file"]:
                    stored = store_upload(upload, by=user, kinds=EVIDENCE_KINDS)
                items = form.cleaned_data["items"]
                written: Any = {**form.values(), "file": stored, "items": items, "by": user}
                if piece is None:
                    filling.add_evidence(submission, **written)
                else:
                    filling.change_evidence(piece, seen=form.base(), **written)
        except (Refused, Conflict):
            if stored is not None:
                stored.content.delete(save=False)
            raise
        committed(request, key)
        return True
    return False


@in_region
def remove(request: HttpRequest, region: Region, year: int, pk: int, piece: int) -> HttpResponse:
    submission = _mine(request, region, year, pk)
    found = _piece_or_404(submission, piece)
    back = page.url_of("submission", submission)
    if request.method == "POST":
        try:
            filling.remove_evidence(found, by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"‘{found.title}’ is weggehaald.")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(back)
    context = {
        "region": region,
        "question": f"‘{found.title}’ weghalen?",
        "consequence": "Het bewijs verdwijnt bij alle vragen waar het bij hoort.",
        "button": "Weghalen",
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "confirm.html", context)


@require_GET
@in_region
def download(
    request: HttpRequest, region: Region, year: int, pk: int, piece: int
) -> HttpResponse | FileResponse:
    """The file of a piece of evidence: for who reads the answers whole, asked every time."""
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    found = _piece_or_404(submission, piece)
    if found.file is None:
        raise Http404
    try:
        return send_file(found.file, inline_ok=True)
    except FileNotFoundError:
        raise Http404("Dit bestand staat niet meer op de schijf.") from None


def _mine(request: HttpRequest, region: Region, year: int, pk: int) -> Submission:
    submission = submission_or_404(request, region, year, pk, "nulmeting.read")
    must(request.user, "nulmeting.edit", submission)
    return submission


def _piece_or_404(submission: Submission, pk: int) -> Evidence:
    return get_object_or_404(_pieces_of(submission), pk=pk)


def _pieces_of(submission: Submission) -> QuerySet[Evidence]:
    rows = Evidence.objects.select_related("submission", "file").prefetch_related("items")
    return rows.filter(submission=submission)


def _items_of(submission: Submission) -> QuerySet[Item]:
    return submission.round.instrument.items.select_related("block__region")
