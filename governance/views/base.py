"""What every page of a region shares: its region, who may enter, and how a refusal is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from core.refusal import Refused
from governance.models import Decision, Meeting, Proposal, Region
from governance.rules import visible_to
from governance.standing import standing_of

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=Model)
MAX_DIGITS = 18


def enter_region(request: HttpRequest, slug: str) -> Region:
    """The region of the address; 404 for who has no role in it. Base template reads it too."""
    region = get_object_or_404(Region, slug=slug)
    if region.pk not in standing_of(request.user).regions:
        raise Http404
    request.region = region  # type: ignore[attr-defined]
    return region


def not_kept(response: HttpResponse) -> HttpResponse:
    """No browser keeps a page of a region: who uses the computer next reads nothing."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def in_region(view: View) -> View:
    """Function views: sign in, then enter the region; the view gets it as second argument."""

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, region: str, *args: Any, **kwargs: Any) -> HttpResponse:
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
    rows = visible_to(request.user, Proposal).select_related("region", "working", "author_body")
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
