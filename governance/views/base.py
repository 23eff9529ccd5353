"""What every page of a region shares: its region, who may enter, and how a refusal is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from core.refusal import Refused
from governance.models import Decision, Meeting, Proposal, Region
from governance.rules import visible_to
from governance.standing import enters
from governance.visible import as_seen_by

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=Model)
MAX_DIGITS = 18


def enter_region(request: HttpRequest, slug: str) -> Region:
    """The region of the address; 404 for who has no role in it. Base template reads it too."""
    region = get_object_or_404(Region, slug=slug)
    if not enters(request.user, region.pk):
        raise Http404
    request.region = region  # type: ignore[attr-defined]
    return region


def not_kept(response: HttpResponse) -> HttpResponse:
    """No browser keeps a page of a region: who uses the computer next reads nothing."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in screen and from there back to the page. Who was acting comes back on the page
    she acted on, where her text still is: an act itself is not repeated. A script gets a 401 with
    the address, so that no sign-in screen lands in a part of the page."""
    back = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        before = request.headers.get("Referer", "")
        here = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
        parts = urlsplit(before)
        back = (f"{parts.path}?{parts.query}" if parts.query else parts.path) if here else "/"
    response = redirect_to_login(back)
    if not request.headers.get("HX-Request"):
        return response
    return HttpResponse(status=401, headers={"X-Sign-In": response.url})


def in_region(view: View) -> View:
    """Function views: sign in, then enter the region; the view gets it as second argument."""

    @wraps(view)
    def inner(request: HttpRequest, region: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return not_kept(view(request, enter_region(request, region), *args, **kwargs))

    return inner


class RegionPage(LoginRequiredMixin):
    """Class views: the same, with `self.region`."""

    region: Region

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.region = enter_region(request, kwargs["region"])
        return not_kept(super().dispatch(request, *args, **kwargs))  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(region=self.region, **kwargs)  # type: ignore[misc]


def is_key(text: str) -> bool:
    """Whether what was sent can be the key of a row; a number without end is nobody's."""
    return text.isdecimal() and len(text) <= MAX_DIGITS


def readable(request: HttpRequest, model: type[M], **lookup: Any) -> M:
    """One row among those this person may read; everything else is a 404."""
    rows: QuerySet[M] = visible_to(request.user, model)
    return get_object_or_404(rows, **lookup)


def proposal_or_404(request: HttpRequest, region: Region, number: int) -> Proposal:
    """The proposal, with the state that this person may know."""
    rows = as_seen_by(request.user, visible_to(request.user, Proposal)).select_related(
        "region", "working", "author_body"
    )
    return get_object_or_404(rows, region=region, number=number)


def decision_or_404(request: HttpRequest, region: Region, number: str) -> Decision:
    year, _, sequence = number.partition("-")
    if not (year.isdecimal() and sequence.isdecimal()):
        raise Http404
    return readable(request, Decision, region=region, year=int(year), sequence=int(sequence))


def meeting_or_404(request: HttpRequest, region: Region, pk: int) -> Meeting:
    return readable(request, Meeting, body__region=region, pk=pk)


@contextmanager
def refusals_shown(request: HttpRequest) -> Iterator[None]:
    """Show what a domain function refuses as messages, for acts without a form to carry them."""
    try:
        yield
    except Refused as refused:
        for refusal in refused.refusals:
            messages.error(request, refusal.reason)
