"""The questions as a file: brought in, and taken out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core.components import Crumb
from governance.models import Region
from governance.rules import must
from governance.views.base import in_region
from nulmeting import instrument_file
from nulmeting import instrument_page as page
from nulmeting.forms.instrument import FileForm
from nulmeting.views.instruments import instrument_or_404


@in_region
def bring_in(request: HttpRequest, region: Region) -> HttpResponse:
    """A YAML file becomes a version in preparation; every mistake in it is named with its place."""
    must(request.user, "nulmeting.prepare", region)
    last = region.instruments.order_by("-version").first()
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        initial={"title": last.title if last else "Nulmeting"},
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            upload = form.cleaned_data["file"]
            contents = instrument_file.read(upload.read(instrument_file.MAX_BYTES + 1))
            user: Any = request.user
            made = instrument_file.bring_in(
                region, contents, title=form.cleaned_data["title"], by=user
            )
            many = sum(len(part.questions) for part in contents.parts)
            messages.success(
                request, f"Ingelezen als versie {made.version}, met {many} vragen. Kijk haar na."
            )
            return redirect(page.url_of("instrument", made))
    context = {
        "region": region,
        "title": "Vragenlijst inlezen",
        "lead": "Het bestand wordt een nieuwe versie in voorbereiding. Een vraag die woord voor "
        "woord in de vorige versie stond, blijft dezelfde vraag.",
        "crumbs": page.list_crumbs(
            region, Crumb("Vragenlijst", page.list_url(region)), Crumb("Inlezen")
        ),
        "form": form,
        "button": "Lees in",
        "back": page.list_url(region),
    }
    return render(request, "nulmeting/instrument_import.html", context)


@require_GET
@in_region
def download(request: HttpRequest, region: Region, version: int) -> HttpResponse:
    """The version as a file that can be brought in again."""
    instrument = instrument_or_404(request, region, version)
    response = HttpResponse(
        instrument_file.write(instrument), content_type="application/yaml; charset=utf-8"
    )
    name = f"vragenlijst-{region.slug}-versie-{instrument.version}.yaml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
