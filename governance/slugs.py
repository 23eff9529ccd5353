"""Which first parts of an address are taken, so that no region is named after one.

Everything of a region stands under its slug: a region 'beheer' would never be reached.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, get_resolver

_LITERAL = re.compile(r"[\w-]+")


def reserved_slugs() -> frozenset[str]:
    """The literal first parts of every address in the root URLconf, and of files."""
    paths = {settings.STATIC_URL, settings.MEDIA_URL}
    files = {path.strip("/").split("/")[0] for path in paths if path and "://" not in path}
    return frozenset({*_first_parts(get_resolver().url_patterns), *files} - {""})


def _first_parts(patterns: Iterable[Any]) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern).lstrip("^/")
        if not route and hasattr(pattern, "url_patterns"):
            yield from _first_parts(pattern.url_patterns)
            continue
        literal = _LITERAL.match(route)
        if literal and route[literal.end() :][:1] in ("", "/", "$"):
            yield literal.group()


def is_reserved(slug: str) -> bool:
    """Whether `/<slug>/` is, or leads to, a page that belongs to no region."""
    if slug in reserved_slugs():
        return True
    try:
        match = get_resolver().resolve(f"/{slug}/")
    except Resolver404:
        return False
    return match.kwargs.get("region") != slug


def validate_free_slug(slug: str) -> None:
    """Validator of Region.slug."""
    if is_reserved(slug):
        raise ValidationError(f"'{slug}' is al een adres van het portaal; kies een ander.")
