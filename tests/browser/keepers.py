"""Who keeps the minutes in a real browser: types in bursts, is asked, and chooses.

The clock of a page stands still until `pass_time`: pauses of scripts and retries take no time of
the test. What goes over the network is real, and answers in its own time.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, Request

from core.models import Draft

WORDS = 200
BOTH = "Allebei: de tekst die er nu staat, met de mijne eronder"
BEGIN = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)


class Keeper:
    """One person, one page, one field of one item, and the 200 words that are to stand there."""

    def __init__(self, page: Page, letter: str) -> None:
        self.page, self.letter = page, letter
        self.under_way: set[Request] = set()
        self.requests = 0
        page.on("request", self._began)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.clock.install(time=BEGIN)
        page.clock.pause_at(BEGIN + timedelta(minutes=1))

    def _began(self, request: Request) -> None:
        self.under_way.add(request)
        self.requests += 1

    def _ended(self, request: Request) -> None:
        self.under_way.discard(request)

    def open(self, address: str, field: str) -> None:
        self.words = [f"{self.letter}{n:03d}" for n in range(WORDS)]
        self.left, self.field, self.asked_times = list(self.words), field, 0
        self.page.goto(address)
        self.to_the_end()

    def to_the_end(self) -> None:
        """Into the field, behind the last word and a space: who wants to type on goes there."""
        self.page.get_by_role("textbox", name=self.field).focus()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(" ")

    def type_some(self, count: int) -> None:
        """The next words, wherever the cursor stands: nobody looks where it is while typing.

        The first by its keys, which go nowhere without a cursor; the others at once, for speed.
        """
        burst, self.left = self.left[:count], self.left[count:]
        if burst:
            self.page.keyboard.type(burst[0])
            self.page.keyboard.insert_text(" ".join(["", *burst[1:], ""]))

    def cut_off(self, off: bool = True) -> None:
        self.page.context.set_offline(off)

    @property
    def asked(self) -> bool:
        """Whether the page shows two texts and asks which stays."""
        return self.page.get_by_label(BOTH).count() > 0

    def choose_both(self, other: "Keeper") -> None:
        """Both texts are on the page; hers stays with mine below it."""
        mine, theirs = self.page.locator(".rv-both > div").all_inner_texts()
        assert self.words[0] in mine
        assert other.words[0] in theirs
        self.page.get_by_label(BOTH).check()
        self.asked_times += 1
        self.save()

    def save(self) -> None:
        """By the button; the page comes back with what was saved, and she types on."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Opslaan", exact=True).click()
        self.to_the_end()


def pass_time(keepers: Sequence[Keeper], seconds: float) -> None:
    """For all at once, so that what they send meets on its way; then wait for the answers."""
    for keeper in keepers:
        keeper.page.clock.run_for(int(seconds * 1000))
    settle(keepers)


def settle(keepers: Sequence[Keeper]) -> None:
    while any(keeper.under_way for keeper in keepers):
        for keeper in keepers:
            keeper.page.wait_for_timeout(5)


def finish(keepers: Sequence[Keeper]) -> None:
    """Who is asked chooses, until nothing is left to save."""
    for _ in range(20):
        for one, other in (keepers, keepers[::-1]) if len(keepers) == 2 else ():
            if one.asked:
                one.choose_both(other)
        if quiet(keepers):
            return
    raise AssertionError("there is always something left to save")


def quiet(keepers: Sequence[Keeper]) -> bool:
    """Nothing waits to be saved: no draft in the database, and a minute passes without a request.

    In steps shorter than a script waits for an answer: that one comes in real time.
    """
    before = [keeper.requests for keeper in keepers]
    for _ in range(4):
        pass_time(keepers, 15)
    return before == [keeper.requests for keeper in keepers] and not Draft.objects.exists()
