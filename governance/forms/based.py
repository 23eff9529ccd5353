"""Forms that remember what the writer started from, so that two people in one text lose nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import drafts
from core.guard import BIRTH_DATE, EMAIL, PHONE
from core.models import Draft
from core.refusal import Refused
from core.richtext import to_plain_text
from core.richtext_field import RichTextField
from core.versioning import Conflict, joined
from governance.forms.base import DomainForm

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class BothTexts:
    """One field of a stale save: both texts as words, theirs also as sent along, and the choice."""

    name: str
    label: str
    mine: str
    theirs: str
    raw: str
    keep: str


class BasedForm(DomainForm):
    """Sends along, per field of `based`, the value the writer started from ('base-NAME').

    After a conflict it also sends the text of the other ('theirs-NAME') and which of the two stays
    ('keep-NAME'). A draft gives back both what was typed and what it started from.
    """

    based: tuple[str, ...] = ()
    rich = False
    joins = False  # whether after a clash both texts can stay, one below the other

    def __init__(
        self,
        data: Any = None,
        *,
        start: Mapping[str, Any] | None = None,
        revision: int = 0,
        draft: Draft | None = None,
        **kwargs: Any,
    ) -> None:
        start = start or {}
        self.start, self.draft = start, draft
        self.revision = draft.base_revision if draft else revision
        # Browsers send CRLF, scripts LF; a line end is no change of the text.
        data = None if data is None else _unix_lines(data)
        initial = {**start, **(draft.data if draft else {})}
        super().__init__(data, initial=initial, **kwargs)
        if data is not None:
            sent = data.get("base-revision", "")
            self.revision = int(sent) if sent.isdecimal() and len(sent) < 10 else 0

    # What the page sends along ------------------------------------------------------------------

    def hidden(self) -> list[tuple[str, str]]:
        """Names and values of the hidden inputs."""
        theirs = [(f"theirs-{both.name}", both.raw) for both in self.clashes()]
        return [("base-revision", str(self.revision)), *self.hidden_bases(), *theirs]

    def hidden_bases(self) -> list[tuple[str, str]]:
        return [(f"base-{name}", self._base_text(name)) for name in self.based]

    def _base_text(self, name: str) -> str:
        if self.is_bound:
            return str(self.data.get(f"base-{name}", ""))
        if self.draft and name in self.draft.base:
            return str(self.draft.base[name])
        return self.as_text(name, self.start.get(name))

    def as_text(self, name: str, value: Any) -> str:
        """A value as its field shows it."""
        shown = self.fields[name].prepare_value(value)
        return "" if shown is None else str(shown)

    def clashes(self) -> list[BothTexts]:
        """The fields for which both texts are shown."""
        if not self.is_bound:
            return []
        return [
            BothTexts(
                name,
                str(self.fields[name].label),
                self._as_words(name, str(self.data.get(name, ""))),
                self._as_words(name, str(self.data[f"theirs-{name}"])),
                str(self.data[f"theirs-{name}"]),
                str(self.data.get(f"keep-{name}", "")),
            )
            for name in self.based
            if f"theirs-{name}" in self.data
        ]

    def _as_words(self, name: str, text: str) -> str:
        field = self.fields[name]
        if isinstance(field, RichTextField):
            return to_plain_text(text)
        choices = dict(getattr(field, "choices", []) or [])
        for value, label in choices.items():
            if str(value) == text:
                return str(label)
        return text

    # What is saved ------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What to save: what was typed, or the other text where the writer chose that."""
        chosen = {both.name: both.raw for both in self.clashes() if both.keep == THEIRS}
        if self.joins:
            chosen |= {
                both.name: joined(
                    self._base_text(both.name), str(self.data.get(both.name, "")), both.raw
                )
                for both in self.clashes()
                if both.keep == BOTH
            }
        return {
            name: self._read(name, chosen[name]) if name in chosen else self.cleaned_data[name]
            for name in self.based
            if name in self.cleaned_data
        }

    def base(self) -> dict[str, Any]:
        """What the writer started from; after a choice that is the other text, which was seen."""
        seen = {both.name: both.raw for both in self.clashes() if both.keep in (MINE, THEIRS, BOTH)}
        return {
            name: self._read(name, seen.get(name, self._base_text(name))) for name in self.based
        }

    def _read(self, name: str, text: str) -> Any:
        try:
            return self.fields[name].clean(text)
        except ValidationError:
            return text

    @contextmanager
    def saving(self, user: Any, key: str, newest: Any, *, keep: bool = True) -> Iterator[None]:
        """Show refusals at their field, and a stale save as both texts; the draft is kept then.

        `newest()` gives the values as they are now. Without `keep` the page keeps its own draft.
        """
        try:
            with self.refusals():
                yield
        except Conflict as conflict:
            values = newest()
            for clash in conflict.clashes:
                text = self.as_text(clash.field, values.get(clash.field))
                self.data[f"theirs-{clash.field}"] = text  # type: ignore[index]
                self.data.pop(f"keep-{clash.field}", None)  # type: ignore[attr-defined]
            if keep:
                self.keep(user, key)

    def keep(self, user: Any, key: str) -> bool:
        """What was typed as a draft, with the start it was typed from; whether it could be kept."""
        old = drafts.draft_of(user, key)
        confirmed = {BIRTH_DATE, EMAIL, PHONE} if self._confirmed() else set()
        try:
            drafts.save_draft(
                user=user,
                key=key,
                data={name: str(self.data.get(name, "")) for name in self.based},
                base={name: self._base_text(name) for name in self.based},
                base_revision=self.revision,
                serial=old.serial + 1 if old else 1,
                confirmed=frozenset(confirmed),
            )
        except Refused:
            # Too long or not allowed to be kept: it still stands in the page.
            return False
        return True


class LimitedArea(forms.Textarea):
    """Some lines; the counter of the page says how many characters are left."""

    def __init__(self, rows: int = 3) -> None:
        super().__init__(attrs={"rows": rows})


def _unix_lines(data: Any) -> Any:
    copy = data.copy()
    for name in list(copy):
        if hasattr(copy, "setlist"):
            copy.setlist(name, [value.replace("\r\n", "\n") for value in copy.getlist(name)])
        elif isinstance(copy[name], str):
            copy[name] = copy[name].replace("\r\n", "\n")
    return copy
