"""What all forms of this room share: the personal-data guard, and refusals at their field."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from core.forms import GuardedFormMixin, add_refused
from core.refusal import Refused


class DomainForm(GuardedFormMixin, forms.Form):
    """Wrap the domain call in `with form.refusals():`; nothing typed is lost when it refuses."""

    @contextmanager
    def refusals(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            add_refused(self, refused)
