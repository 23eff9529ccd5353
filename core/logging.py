"""Log lines as key=value or JSON, one per request, without anything that opens a door.

A line never holds a query string, a body or a cookie; keys in paths (invitations, password
reset) are masked, also in the lines of Django and of libraries.
"""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor, WrappedLogger

logger = structlog.get_logger("request")

MASK = "***"
SECRET_ARGUMENTS = frozenset({"key", "token", "code", "uidb36", "uidb64"})
KEY_PATH = re.compile(
    r"(/account/(?:\S*?/)?(?:key|uitnodiging|uitnodigingen|confirm-email|bevestigen)/)[^\s/'\"?]+"
)
QUERY = re.compile(r"(/[^\s'\"?]*)\?[^\s'\"]+")


def mask(text: str) -> str:
    """The text without query strings and without the keys that stand in paths."""
    return KEY_PATH.sub(rf"\1{MASK}", QUERY.sub(r"\1", text))


def mask_event(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {name: mask(value) if isinstance(value, str) else value for name, value in event.items()}


def safe_path(request: HttpRequest) -> str:
    """The path as it may be logged: what the address calls a key or token is masked."""
    path = request.path
    match = request.resolver_match
    for name, value in (match.kwargs if match else {}).items():
        if name in SECRET_ARGUMENTS:
            path = path.replace(str(value), MASK)
    return mask(path)


def origin(request: HttpRequest) -> str:
    """The address of the visitor; X-Forwarded-For counts only behind proxies of our own."""
    from django.conf import settings

    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count: int = settings.TRUSTED_PROXY_COUNT
    if count and len(forwarded) >= count and forwarded[-count]:
        return forwarded[-count]
    return str(request.META.get("REMOTE_ADDR", ""))


class RequestLogMiddleware:
    """One line per request: method, path, status, milliseconds, user and origin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        if request.path != "/health/":
            user = getattr(request, "user", None)
            logger.log(
                logging.ERROR if response.status_code >= 500 else logging.INFO,
                "request",
                method=request.method,
                path=safe_path(request),
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
                user=user.pk if user else None,
                origin=origin(request),
            )
        return response


def logging_settings(level: str, style: str) -> dict[str, Any]:
    """Django's LOGGING: the lines of the project and of libraries in one shape on stderr."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        mask_event,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.processors.KeyValueRenderer(
            key_order=["timestamp", "level", "logger", "event"], repr_native_str=False
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "pikepdf": {"level": "WARNING"},  # says at every start that its bridge is up
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            "fontTools": {"level": "WARNING"},
            "weasyprint.progress": {"level": "WARNING"},
            "celery.redirected": {"level": "WARNING"},
        },
    }
