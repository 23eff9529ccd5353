"""How a change of money is written in a template."""

from decimal import Decimal

from django import template

from core.formats import euro

register = template.Library()


@register.filter
def more(amount: Decimal | None) -> str:
    """'+ € 1.000', '− € 1.000', or a dash when nothing changed."""
    if not amount:
        return "–"
    sign = "+" if amount > 0 else "−"
    return f"{sign}\u00a0{euro(abs(amount))}"
