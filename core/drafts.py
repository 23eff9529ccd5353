"""What is being typed: kept at once, without history, gone after the commit or 30 days.

A key is 'prefix:rest'. Each room registers its prefix with the question who may write there.
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import clock
from core.guard import check_fields
from core.models import Draft
from core.refusal import Refusal, Refused

KEEP = timedelta(days=30)
SAVED = "saved_drafts"  # in the session: keys to tell the browser of
MAX_KEY = 120
MAX_BYTES = 400_000
MAX_SERIAL = 2**63 - 1
MAX_REVISION = 2**31 - 1

Texts = Mapping[str, str]
MayWrite = Callable[[Any, str], bool]

_prefixes: dict[str, MayWrite] = {}


class DraftTooBig(Refused):
    """The texts together are too long to keep."""


def register_key(prefix: str, may_write: MayWrite) -> None:
    """Let people keep drafts under 'prefix:rest' when may_write(user, rest) says so."""
    if ":" in prefix or prefix in _prefixes:
        raise ValueError(f"draft key contains a colon or is registered twice: {prefix}")
    _prefixes[prefix] = may_write


def unregister_key(prefix: str) -> None:
    del _prefixes[prefix]


def may_write(user: Any, key: str) -> bool:
    """Whether this person may keep a draft here; never for an unknown prefix."""
    prefix, colon, rest = key.partition(":")
    question = _prefixes.get(prefix)
    return bool(colon and rest and len(key) <= MAX_KEY and question and question(user, rest))


def save_draft(
    *,
    user: Any,
    key: str,
    data: Texts,
    base: Texts,
    base_revision: int,
    serial: int,
    confirmed: frozenset[str] = frozenset(),
) -> Draft:
    """Overwrite the draft of this person and key; a save that arrives late changes nothing.

    Raises FoundPersonalData before anything is stored (a BSN never passes, also not in the base),
    and DraftTooBig. `confirmed` names the kinds of finding that the writer allowed.
    """
    if not 0 < len(key) <= MAX_KEY:
        raise Refused(Refusal("Deze tekst kan niet worden bewaard: het veld is onbekend."))
    if len(json.dumps([dict(data), dict(base)]).encode()) > MAX_BYTES:
        raise DraftTooBig(Refusal("Deze tekst is te lang om te bewaren. Maak hem korter."))
    check_fields(data, confirmed=confirmed)
    check_fields(base, only_blocking=True)
    with transaction.atomic():
        fresh = {
            "data": dict(data),
            "base": dict(base),
            "base_revision": base_revision,
            "serial": serial,
            "updated_at": clock.now(),
        }
        drafts = Draft.objects.select_for_update()
        draft, created = drafts.get_or_create(user=user, key=key, defaults=fresh)
        if not created and serial >= draft.serial:
            for field, value in fresh.items():
                setattr(draft, field, value)
            draft.save()
        return draft


def draft_of(user: Any, key: str) -> Draft | None:
    """What this person was typing here, or None."""
    return Draft.objects.filter(user=user, key=key).first()


def discard(user: Any, key: str) -> None:
    """Drop the draft: its text was committed, or its writer wants it gone."""
    Draft.objects.filter(user=user, key=key).delete()


def settle(user: Any, key: str, sent: Texts, saved: Texts) -> None:
    """What was `sent` is committed as `saved`: drop the draft, unless its writer typed on since.

    Then it stays, and goes on from what is saved now.
    """
    with transaction.atomic():
        rows = Draft.objects.select_for_update().filter(user=user, key=key)
        draft = rows.first()
        if draft is None:
            return
        if all(draft.data.get(name, "") == text for name, text in sent.items()):
            draft.delete()
        else:
            draft.base = {**draft.base, **saved}
            draft.save()


def committed(request: HttpRequest, *keys: str) -> None:
    """What was typed under these keys was saved: drop the drafts, and tell the browser on the next
    page, so that it does not offer the same text as if it were lost."""
    keys = tuple(filter(None, keys))
    for key in keys:
        discard(request.user, key)
    request.session[SAVED] = [*request.session.get(SAVED, []), *keys]


def sweep_drafts() -> int:
    """Delete the drafts that nobody touched for 30 days; returns how many."""
    deleted, _ = Draft.objects.filter(updated_at__lt=clock.now() - KEEP).delete()
    return deleted
