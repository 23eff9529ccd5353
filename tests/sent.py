"""What a page with a form sends along (governance.forms.based): as when nothing was typed yet."""

from typing import Any


def opened(page: Any) -> dict[str, Any]:
    """The fields and hidden fields of the form on this page, for who posts with a change."""
    form = page.context["form"]
    shown = {name: form.as_text(name, form[name].value()) for name in form.based}
    return {**dict(form.hidden()), **shown}
