"""Writing a proposal: begin one, its outline, its header and its sections.

The outline shows the whole text; each part opens on a page of its own to be edited, with what is
typed kept as a draft. Only a POST makes a new working version.
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.components import Crumb, Link
from core.drafts import committed, draft_of
from core.files import send_file
from core.formats import file_size
from core.models import Draft
from governance.domain import proposals, texts
from governance.domain.secrecy import log_reading
from governance.forms.based import BasedForm
from governance.forms.route import VersionNoteForm
from governance.forms.writing import HeaderForm, NewProposalForm, SectionForm
from governance.models import Attachment, Proposal, ProposalVersion, Region, Section
from governance.presenting import now_in_writing
from governance.rules import may, must, visible_to
from governance.standing import standing_of
from governance.views.base import in_region, proposal_or_404, refusals_shown
from governance.views.proposals import crumbs, facts_of
from governance.views.route import form_page


def to_write(request: HttpRequest, region: Region, number: int) -> Proposal:
    """A proposal that this person may write: 404 when it is not there for her, else 403."""
    proposal = proposal_or_404(request, region, number)
    must(request.user, "proposal.write", proposal)
    return proposal


def to_outline(proposal: Proposal, anchor: str = "") -> HttpResponse:
    url = reverse("governance:proposal-write", args=[proposal.region.slug, proposal.number])
    return redirect(f"{url}#{anchor}" if anchor else url)


def forget(request: HttpRequest, key: str) -> bool:
    """Whether the writer asked to throw away what she had not saved; then it is gone."""
    if "forget" not in request.POST:
        return False
    committed(request, key)
    messages.success(request, "De tekst die nog niet was opgeslagen, is weg.")
    return True


@in_region
def new(request: HttpRequest, region: Region) -> HttpResponse:
    must(request.user, "proposal.create", region)
    form = NewProposalForm(request.POST or None, region=region, user=request.user)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            proposal = proposals.create_proposal(
                region,
                by=request.user,  # type: ignore[arg-type]
                **{n: form.cleaned_data[n] for n in form.fields if n in form.cleaned_data},
            )
            messages.success(
                request, f"Voorstel {proposal.number} is begonnen. Schrijf nu de tekst."
            )
            return to_outline(proposal)
    back = reverse("governance:proposal-list", args=[region.slug])
    context = {
        "region": region,
        "title": "Nieuw voorstel",
        "lead": "Heeft u al een Word-bestand? Lees dat dan in; dat scheelt overtypen.",
        "form": form,
        "button": "Begin met schrijven",
        "crumbs": [Crumb("Voorstellen", back), Crumb("Nieuw voorstel")],
        "back": back,
    }
    return render(request, "governance/proposal_new.html", context)


# The outline ------------------------------------------------------------------------------------


@require_GET
@in_region
def write(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """The whole text with what can be done to each part, or the button to go on writing."""
    proposal = to_write(request, region, number)
    version = working_of(proposal)
    log_reading(proposal, request.user, f"schrijven aan voorstel {number}")  # type: ignore[arg-type]
    context: dict[str, Any] = {
        "region": region,
        "proposal": proposal,
        "version": version,
        "crumbs": crumbs(proposal, Crumb("Schrijven")),
        "closed": proposal.state not in texts.WRITABLE,
        "leads": bool(may(request.user, "proposal.lead", proposal)),
        "sections": list(version.sections.all()),
        "points": list(version.points.all()),
        "attachments": _attachments(request, version),
        "coauthors": proposal.coauthors.select_related("user"),
        "facts": facts_of(proposal, version),
        "version_line": f"Versie {version.number}. Alleen wie meeschrijft, ziet deze tekst.",
        "keeps_a_body": bool(standing_of(request.user).secretary_of),
    }
    context["now"] = now_in_writing(
        proposal, version, has_points=bool(context["points"]), leads=context["leads"]
    )
    _mark_drafts(request, version, context)
    return render(request, "governance/writing_outline.html", context)


def working_of(proposal: Proposal) -> ProposalVersion:
    """The newest version, writable or frozen; with its proposal, so that nothing is read twice."""
    version = proposal.working
    if version is None:
        raise Http404
    version.proposal = proposal
    return version


def _attachments(request: HttpRequest, version: ProposalVersion) -> list[dict[str, Any]]:
    rows = visible_to(request.user, Attachment).filter(version=version).select_related("file")
    proposal = version.proposal
    slug = proposal.region.slug
    return [
        {
            "row": row,
            "paper": Link(
                row.title,
                reverse("governance:attachment-download", args=[slug, proposal.number, row.pk]),
                note=f"{row.file.kind}, {file_size(row.file.size)}, {row.file.get_scan_display()}",
            ),
        }
        for row in rows.order_by("order", "pk")
    ]


def _mark_drafts(request: HttpRequest, version: ProposalVersion, context: dict[str, Any]) -> None:
    """Say at each part whether this writer has text there that is not saved yet."""
    keys = {f"section:{section.pk}": section for section in context["sections"]}
    own = [f"header:{version.pk}", f"points:{version.pk}", f"new-section:{version.pk}"]
    drafts = Draft.objects.filter(user=request.user, key__in=[*keys, *own])
    open_keys = set(drafts.values_list("key", flat=True))
    for key, section in keys.items():
        section.has_draft = key in open_keys
    context["header_draft"], context["points_draft"], context["new_draft"] = (
        key in open_keys for key in own
    )


@require_POST
@in_region
def go_on(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """Open a new version to write in, as a copy of the frozen one."""
    proposal = to_write(request, region, number)
    with refusals_shown(request):
        version = texts.working_version(proposal, by=request.user)  # type: ignore[arg-type]
        messages.success(
            request,
            f"U schrijft nu in versie {version.number}. De vorige versie blijft zoals zij is.",
        )
    return to_outline(proposal)


@in_region
def freeze(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = to_write(request, region, number)
    version = working_of(proposal)
    if version.frozen_at:
        messages.info(request, f"Versie {version.number} is al vastgezet.")
        return to_outline(proposal)
    initial = {"change_note": version.change_note}
    form = VersionNoteForm(request.POST or None, initial=initial)
    if version.number == 1:
        form.fields["change_note"].label = "Wat is dit voor versie?"
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            note = form.cleaned_data["change_note"]
            frozen = proposals.freeze_version(proposal, by=request.user, change_note=note)  # type: ignore[arg-type]
            messages.success(
                request, f"Versie {frozen.number} is vastgezet en verandert niet meer."
            )
            return to_outline(proposal)
    return form_page(
        request,
        proposal,
        title=f"Versie {version.number} vastzetten",
        lead="De tekst van deze versie verandert daarna niet meer. Verder schrijven gebeurt in "
        "een nieuwe versie, zodat iedereen kan zien wat er is veranderd.",
        form=form,
        button="Versie vastzetten",
        back=reverse("governance:proposal-write", args=[region.slug, number]),
    )


@require_GET
@in_region
def source(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    """The file that this proposal was read from."""
    proposal = to_write(request, region, number)
    if proposal.source_file is None:
        raise Http404
    log_reading(proposal, request.user, f"bronbestand van voorstel {number}")  # type: ignore[arg-type]
    return send_file(proposal.source_file, inline_ok=False)


# Editing a part ---------------------------------------------------------------------------------


def writing_page(
    request: HttpRequest,
    proposal: Proposal,
    form: BasedForm,
    *,
    title: str,
    key: str,
    **extra: Any,
) -> HttpResponse:
    """One part of the text in a form that keeps what is typed."""
    context = {
        "region": proposal.region,
        "proposal": proposal,
        "title": title,
        "form": form,
        "draft_key": key,
        "draft": draft_of(request.user, key),
        "crumbs": crumbs(
            proposal,
            Crumb(
                "Schrijven",
                reverse("governance:proposal-write", args=[proposal.region.slug, proposal.number]),
            ),
            Crumb(title),
        ),
        **extra,
    }
    return render(request, "governance/writing_form.html", context)


@in_region
def header(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = to_write(request, region, number)
    shown = working_of(proposal)
    if request.method != "POST":
        if shown.frozen_at:
            return to_outline(proposal)
        key = f"header:{shown.pk}"
        form = HeaderForm(version=shown, draft=draft_of(request.user, key))
        return writing_page(request, proposal, form, title="Gegevens", key=key)
    sent = request.POST.get("part", "")
    key = f"header:{sent if sent.isdecimal() else shown.pk}"
    if forget(request, key):
        return to_outline(proposal, "gegevens")
    form = HeaderForm(request.POST, version=shown)
    if form.is_valid() and _save_header(request, proposal, form, key):
        return to_outline(proposal, "gegevens")
    return writing_page(request, proposal, form, title="Gegevens", key=key, part=sent)


def _save_header(request: HttpRequest, proposal: Proposal, form: HeaderForm, key: str) -> bool:
    user: Any = request.user

    def newest() -> dict[str, Any]:
        row = Proposal.objects.select_related("working").get(pk=proposal.pk)
        return {name: getattr(row.working, name) for name in texts.HEADER_FIELDS}

    with form.saving(user, key, newest), transaction.atomic():
        version = texts.working_version(proposal, by=user)
        same = request.POST.get("part") == str(version.pk)
        values, base = form.values(), form.base()
        mine = {name: values.pop(name) for name in form.CONCEPT_ONLY if name in values}
        began = {name: base.pop(name, None) for name in mine}
        revision = form.revision if same else 0
        texts.edit_header(version, values, base=base, base_revision=revision, by=user)
        if mine != began:
            # What this writer did not touch stays as somebody else may have set it meanwhile.
            now = Proposal.objects.get(pk=proposal.pk)
            changes: Any = {
                name: value if value != began[name] else getattr(now, name)
                for name, value in mine.items()
            }
            proposals.edit_proposal(proposal, by=user, **changes)
        committed(request, key)
        messages.success(request, "De gegevens zijn opgeslagen.")
        return True
    return False


@in_region
def section_add(request: HttpRequest, region: Region, number: int) -> HttpResponse:
    proposal = to_write(request, region, number)
    version = working_of(proposal)
    key = f"new-section:{version.pk}"
    if request.method != "POST":
        form = SectionForm(draft=draft_of(request.user, key))
        return writing_page(request, proposal, form, title="Nieuwe paragraaf", key=key)
    if forget(request, key):
        return to_outline(proposal, "tekst")
    form = SectionForm(request.POST)
    if form.is_valid():
        with form.refusals():
            version = texts.working_version(proposal, by=request.user)  # type: ignore[arg-type]
            values = {name: form.cleaned_data[name] for name in form.based}
            section = texts.add_section(version, by=request.user, **values)  # type: ignore[arg-type]
            committed(request, key)
            messages.success(request, f"‘{section}’ is toegevoegd.")
            return to_outline(proposal, f"paragraaf-{section.pk}")
    return writing_page(request, proposal, form, title="Nieuwe paragraaf", key=key)


@in_region
def section_edit(request: HttpRequest, region: Region, number: int, pk: int) -> HttpResponse:
    proposal = to_write(request, region, number)
    section = Section.objects.filter(pk=pk, version__proposal=proposal).first()
    key = f"section:{pk}"
    if request.method != "POST":
        if section is None:
            raise Http404
        if section.version_id != proposal.working_id or working_of(proposal).frozen_at:
            return to_outline(proposal)
        form = SectionForm(section=section, draft=draft_of(request.user, key))
        return writing_page(request, proposal, form, title=str(section), key=key, section=section)
    if forget(request, key):
        return to_outline(proposal, f"paragraaf-{pk}")
    form = SectionForm(request.POST, section=section)
    if form.is_valid():
        kept = _save_section(request, proposal, section, form, key)
        if kept is not None:
            return _after_section(request, proposal, kept)
    title = str(section or "Paragraaf")
    return writing_page(request, proposal, form, title=title, key=key, section=section)


def _save_section(
    request: HttpRequest, proposal: Proposal, section: Section | None, form: SectionForm, key: str
) -> Section | None:
    """The section as saved. One that somebody took away comes back with what was typed."""
    user: Any = request.user
    target = section

    def newest() -> dict[str, Any]:
        row = Section.objects.get(pk=target.pk) if target else Section()
        return {name: getattr(row, name) for name in form.based}

    with form.saving(user, key, newest):
        version = texts.working_version(proposal, by=user)
        target = section and twin_in(version, section)
        if target is None:
            values = {name: form.cleaned_data[name] for name in form.based}
            target = texts.add_section(version, by=user, **values)
            messages.warning(
                request,
                f"Iemand anders haalde deze paragraaf intussen weg. ‘{target}’ staat er weer, "
                "onderaan de tekst.",
            )
        else:
            revision = form.revision if target is section else 0
            texts.edit_section(
                target, form.values(), base=form.base(), base_revision=revision, by=user
            )
            messages.success(request, "De paragraaf is opgeslagen.")
        committed(request, key)
        return target
    return None


def twin_in(version: ProposalVersion, section: Section) -> Section | None:
    """The section itself, or its copy when its version was frozen while somebody typed."""
    if section.version_id == version.pk:
        return section
    return version.sections.filter(order=section.order).first()


def _after_section(request: HttpRequest, proposal: Proposal, section: Section) -> HttpResponse:
    if "next" in request.POST:
        parts = list(section.version.sections.values_list("pk", flat=True))
        later = parts[parts.index(section.pk) + 1 :]
        if later:
            return redirect(
                "governance:section-edit", proposal.region.slug, proposal.number, later[0]
            )
    return to_outline(proposal, f"paragraaf-{section.pk}")
