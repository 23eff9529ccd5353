"""Editors who fill in at once, and the count of what became of it."""

import json
import os
import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regiovisie.settings")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from core.models import Draft  # noqa: E402
from governance.enums import MunicipalRoleKind  # noqa: E402
from nulmeting.domain import filling  # noqa: E402
from nulmeting.models import Submission  # noqa: E402
from tests import baseline  # noqa: E402
from tests import factories as make  # noqa: E402
from tests.cast import make_cast  # noqa: E402

TOKEN = "a" * 32
SAVES_PER_BLOCK = 6
BLOCKS = 9
WORDS = ["plan", "school", "team", "ouders", "jongeren", "wijk", "huisarts", "afspraak"]


@dataclass
class Page:
    """One block as this editor has it open."""

    block: int
    names: list[str]
    base: dict[str, str]
    revision: int = 0
    typed: dict[str, str] = field(default_factory=dict)
    confirmed: dict[str, str] = field(default_factory=dict)
    draft: dict[str, str] | None = None


@dataclass
class Editor:
    """One person at work: her own fields, what she sent, and what the portal confirmed."""

    submission: int
    path: str
    cookie: str
    pages: list[Page]
    scores: bool
    luck: random.Random
    user: int
    serial: int = 0
    saves: int = 0
    commits: int = 0
    busy: int = 0
    failed: int = 0
    took: list[float] = field(default_factory=list)

    def own(self, page: Page) -> list[str]:
        """Two people in one block, each in fields of her own."""
        items = [name for name in page.names if name.startswith("item-")]
        return [*items, "explanation"] if self.scores else ["support", "ambition", "ambition_year"]


def prepare(municipalities: int) -> list[Editor]:
    """A region with an open round, two editors for each municipality, signed in."""
    cast = make_cast()
    while cast.region.participations.count() < municipalities:
        make.municipality(in_region=cast.region)
    asked = baseline.opened(cast, baseline.fixed(cast, blocks=BLOCKS))
    blocks = [item.block for item in asked.instrument.items.filter(number=1)]
    editors = []
    for submission in asked.submissions.select_related("municipality", "round__instrument"):
        for scores in (True, False):
            person = make.user(f"invuller {submission.pk} {scores}")
            make.municipal_role(submission.municipality, person, MunicipalRoleKind.EDITOR)
            pages = [_page(submission, block) for block in blocks]
            path = f"/{cast.region.slug}/nulmeting/{asked.year}/gemeente/{submission.pk}/onderdeel/"
            luck = random.Random(person.pk)
            cookie = _session(person)
            editors.append(Editor(submission.pk, path, cookie, pages, scores, luck, person.pk))
    return editors


def _page(submission: Submission, block: Any) -> Page:
    values, revision = filling.values_of(submission, block)
    shown = {name: "" if value is None else str(value) for name, value in values.items()}
    return Page(block.pk, list(values), shown, revision)


def _session(person: User) -> str:
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def fill_in(editors: list[Editor], address: str, *, minutes: float, every: float) -> None:
    """Everybody at work until the time is over; then each commits what she has open."""
    until = time.monotonic() + minutes * 60
    threads = [
        threading.Thread(target=_work, args=(editor, address, until, every)) for editor in editors
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _work(editor: Editor, address: str, until: float, every: float) -> None:
    host = urlsplit(address).netloc
    connection = HTTPConnection(host, timeout=30)
    time.sleep(editor.luck.uniform(0, every))
    place = 0
    while time.monotonic() < until:
        page = editor.pages[place % len(editor.pages)]
        for _ in range(SAVES_PER_BLOCK):
            if time.monotonic() >= until:
                break
            _type(editor, page)
            connection = _save(editor, page, connection, host)
            time.sleep(every * editor.luck.uniform(0.9, 1.1))
        connection = _commit(editor, page, connection, host)
        place += 1
    connection.close()


def _type(editor: Editor, page: Page) -> None:
    """Add to what was typed: a word in the texts, an answer to a question."""
    luck = editor.luck
    for name in editor.own(page):
        if name in ("explanation", "support"):
            words = f"{page.typed.get(name, '')} {luck.choice(WORDS)}{luck.randrange(1000)}"
            page.typed[name] = words.strip()[-900:].strip()
        elif name == "ambition_year":
            page.typed[name] = str(luck.randint(2027, 2032))
        elif name == "ambition" or luck.random() < 0.5:
            page.typed[name] = str(luck.randint(1, 5))


def _values(page: Page) -> dict[str, str]:
    values = {name: page.base.get(name, "") for name in page.names} | page.typed
    values["may_share"] = ""
    return values


def _save(editor: Editor, page: Page, connection: HTTPConnection, host: str) -> HTTPConnection:
    editor.serial += 1
    values = _values(page)
    sent = {
        "key": f"nulmeting:{editor.submission}-{page.block}",
        "data": values,
        "base": page.base,
        "base_revision": page.revision,
        "serial": editor.serial,
    }
    began = time.monotonic()
    status, _, connection = _ask(
        editor, connection, host, "/concept/", json.dumps(sent), "application/json"
    )
    if status == 200:
        editor.saves += 1
        editor.took.append(time.monotonic() - began)
        page.draft = values
    return connection


def _commit(editor: Editor, page: Page, connection: HTTPConnection, host: str) -> HTTPConnection:
    """As block.js does after a silence; too busy or cut off: once more, with the same words."""
    values = _values(page)
    values.pop("may_share")
    bases = {f"base-{name}": page.base[name] for name in page.names}
    body = urlencode({**values, **bases, "base-revision": page.revision})
    for _ in range(20):
        status, told, connection = _ask(
            editor,
            connection,
            host,
            f"{editor.path}{page.block}/",
            body,
            "application/x-www-form-urlencoded",
        )
        if status == 200 and not told["errors"] and not told["clashes"]:
            editor.commits += 1
            page.confirmed = {name: values[name] for name in editor.own(page) if name in values}
            page.base, page.revision, page.draft = told["saved"], told["revision"], None
            return connection
        time.sleep(1)
    return connection


def _ask(
    editor: Editor, connection: HTTPConnection, host: str, path: str, body: str, kind: str
) -> tuple[int, Any, HTTPConnection]:
    headers = {
        "Content-Type": kind,
        "Accept": "application/json",
        "Cookie": editor.cookie,
        "X-CSRFToken": TOKEN,
    }
    for fresh in (False, True):
        try:
            connection.request("POST", path, body.encode(), headers)
            answer = connection.getresponse()
            text = answer.read()
            break
        except (OSError, HTTPException):
            # The server hangs up after some silence; like a browser, try once on a new connection.
            connection.close()
            connection = HTTPConnection(host, timeout=30)
            if fresh:
                editor.failed += 1
                return 0, None, connection
    told = json.loads(text) if answer.status == 200 else None
    if answer.status == 503:
        editor.busy += 1
    elif answer.status != 200:
        editor.failed += 1
    return answer.status, told, connection


def report(editors: list[Editor], took: float) -> int:
    """What was sent and what is stored; 1 when anything confirmed is not there."""
    lost = [missing for editor in editors for missing in _lost(editor)]
    saves = sum(editor.saves for editor in editors)
    times = sorted(each for editor in editors for each in editor.took)
    marks = quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    print(f"editors                  {len(editors)}")
    print(f"minutes                  {took / 60:.1f}")
    print(f"drafts saved             {saves} ({saves / took:.1f} a second)")
    print(f"blocks committed         {sum(editor.commits for editor in editors)}")
    print(f"too busy, sent again     {sum(editor.busy for editor in editors)}")
    print(f"other answers            {sum(editor.failed for editor in editors)}")
    print(f"a save, half / 95 / 99%  {marks[49]:.3f} / {marks[94]:.3f} / {marks[98]:.3f} s")
    print(f"lost or mixed up         {len(lost)}")
    for line in lost[:20]:
        print(f"  {line}")
    return int(bool(lost) or not saves)


def _lost(editor: Editor) -> list[str]:
    """Fields that the portal confirmed and that are not stored as they were confirmed."""
    submission = Submission.objects.select_related("round__instrument").get(pk=editor.submission)
    blocks = {
        item.block_id: item.block
        for item in submission.round.instrument.items.select_related("block")
    }
    drafts = {draft.key: draft for draft in Draft.objects.filter(user=editor.user)}
    lost = []
    for page in editor.pages:
        stored, _ = filling.values_of(submission, blocks[page.block])
        for name, value in page.confirmed.items():
            found = "" if stored[name] is None else str(stored[name])
            if found != value:
                lost.append(f"{editor.submission} {page.block} {name}: {value!r} is {found!r}")
        if page.draft is not None:
            draft = drafts.get(f"nulmeting:{editor.submission}-{page.block}")
            if draft is None or draft.data != page.draft:
                lost.append(f"{editor.submission} {page.block}: the draft")
    return lost
