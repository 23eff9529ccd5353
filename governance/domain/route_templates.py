"""The order of the stops of a route template."""

from django.db import transaction

from accounts.models import User
from core.transitions import locked
from governance.domain.organisation import keep
from governance.models import Region, RouteTemplateStep


@transaction.atomic
def move_template_step(step: RouteTemplateStep, *, to: int, by: User | None) -> None:
    """Give a stop the place `to` (1 is the first); places outside the route count as its end."""
    region = locked(Region.objects.all(), step.template.region_id)
    steps = list(step.template.steps.order_by("order", "pk"))
    moved = steps.pop(next(i for i, each in enumerate(steps) if each.pk == step.pk))
    steps.insert(max(0, to - 1), moved)
    for order, each in enumerate(steps, start=1):
        if each.order != order:
            each.order = order
            keep(each, region, by=by)
