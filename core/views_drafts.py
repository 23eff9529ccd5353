"""Keeping what is being typed: the script of a form posts here while somebody writes.

Request: {"key", "data": {field: text}, "base": {field: text}, "base_revision", "serial",
"confirmed": [kind]}. Answers: 200 {"saved_at"}, 400, 401 (session ended: the script keeps the
text), 404 (not yours, or unknown), 413, 422 {"findings": [{"field", "kind", "message", "blocks"}]},
503 (too busy: the script keeps the text and sends it again).
"""

import json
from dataclasses import dataclass

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import capacity, drafts
from core.formats import clock_time
from core.guard import FoundPersonalData
from core.refusal import Refused

MAX_BODY = 2 * drafts.MAX_BYTES


@dataclass(frozen=True)
class DraftRequest:
    """The request, read strictly."""

    key: str
    data: dict[str, str]
    base: dict[str, str]
    base_revision: int
    serial: int
    confirmed: frozenset[str]


@never_cache
@require_POST
def save_draft(request: HttpRequest) -> JsonResponse:
    if not capacity.patience():
        return _too_busy()
    if not request.user.is_authenticated:
        return _message("U bent uitgelogd. Log opnieuw in; uw tekst blijft hier staan.", 401)
    if int(request.headers.get("Content-Length") or 0) > MAX_BODY:
        return _message("Deze tekst is te lang om te bewaren. Maak hem korter.", 413)
    try:
        asked = read_request(request.body)
    except (ValueError, RecursionError):
        return _message("Dit verzoek is niet te lezen. Laad de pagina opnieuw.", 400)
    if not drafts.may_write(request.user, asked.key):
        raise Http404
    try:
        with capacity.place():
            draft = drafts.save_draft(user=request.user, **vars(asked))
    except capacity.Busy:
        return _too_busy()
    except FoundPersonalData as refused:
        return JsonResponse({"findings": _as_json(refused)}, status=422)
    except drafts.DraftTooBig as refused:
        return _message(str(refused), 413)
    except Refused as refused:
        return _message(str(refused), 400)
    return JsonResponse({"saved_at": clock_time(draft.updated_at)})


def _too_busy() -> JsonResponse:
    answer = _message("Het is nu erg druk. Uw tekst blijft hier staan.", 503)
    answer["Retry-After"] = str(capacity.RETRY_AFTER)
    return answer


def read_request(body: bytes) -> DraftRequest:
    """Raises ValueError for anything that is not exactly a draft."""
    read = json.loads(body)
    if not isinstance(read, dict) or not isinstance(read.get("key"), str):
        raise ValueError("no draft")
    confirmed = read.get("confirmed", [])
    if not isinstance(confirmed, list) or not all(isinstance(kind, str) for kind in confirmed):
        raise ValueError("confirmed")
    return DraftRequest(
        key=read["key"],
        data=_texts(read.get("data")),
        base=_texts(read.get("base", {})),
        base_revision=_number(read.get("base_revision", 0), drafts.MAX_REVISION),
        serial=_number(read.get("serial"), drafts.MAX_SERIAL),
        confirmed=frozenset(confirmed),
    )


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError("texts")
    return {str(field): text.replace("\x00", "") for field, text in value.items()}


def _number(value: object, top: int) -> int:
    if type(value) is not int or not 0 <= value <= top:
        raise ValueError("number")
    return value


def _as_json(refused: FoundPersonalData) -> list[dict[str, object]]:
    return [
        {"field": field, "kind": hit.kind, "message": hit.message, "blocks": hit.blocks}
        for field, hits in refused.found.items()
        for hit in hits
    ]


def _message(text: str, status: int) -> JsonResponse:
    return JsonResponse({"message": text}, status=status)
