"""What all forms of this room share: a refusal of the domain lands at its field."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from core.refusal import Refused


class DomainForm(forms.Form):
    """Wrap the domain call in `with form.refusals():`; nothing typed is lost when it refuses."""

    @contextmanager
    def refusals(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            for field, reasons in refused.as_errors().items():
                for reason in reasons:
                    self.add_error(field if field in self.fields else None, reason)
