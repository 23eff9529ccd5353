"""Action points of a region: the list, one of them, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import ListView

from core import clock
from core.components import Column, Crumb, Fact
from core.formats import long_date
from core.models import StatusChange
from core.refusal import Refusal
from governance.domain import action_points as acts
from governance.enums import ActionState
from governance.forms.minutes import ActionFilterForm, ActionForm
from governance.forms.proposals import ReasonForm
from governance.forms.route import NoteForm
from governance.minutes_page import ACTION_TONES, action_row, said_on
from governance.models import ActionPoint, Body, Region
from governance.queries import trail_of
from governance.rules import may, must, visible_to
from governance.standing import standing_of
from governance.views.base import RegionPage, in_region

COLUMNS = [Column("Wat"), Column("Wie"), Column("Overleg"), Column("Uiterlijk"), Column("Stand")]


class ActionList(RegionPage, ListView):  # type: ignore[type-arg]
    """Open action points, the first due on top; who asks sees the closed ones."""

    template_name = "governance/action_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[ActionPoint]:
        rows = visible_to(self.request.user, ActionPoint).filter(body__region=self.region)
        bodies = Body.objects.filter(pk__in=rows.values("body")).order_by("order", "name")
        self.form = ActionFilterForm(self.request.GET or None, region=self.region, bodies=bodies)
        if self.form.value("who") == "mine":
            rows = rows.filter(owner__user=self.request.user)
        if body := self.form.value("body"):
            rows = rows.filter(body=body)
        shown = self.form.value("shown")
        if shown == "closed":
            rows = rows.exclude(state=ActionState.OPEN)
        else:
            rows = rows.filter(state=ActionState.OPEN)
        if shown == "late":
            rows = rows.filter(due__lt=clock.today())
        return rows.select_related("owner__user", "body").order_by("due", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [action_row(action, self.region.slug) for action in context["object_list"]]
        mine = bodies_to_minute(self.request, self.region).exists()
        return context | {"columns": COLUMNS, "rows": rows, "form": self.form, "can_add": mine}


def bodies_to_minute(request: HttpRequest, region: Region) -> QuerySet[Body]:
    standing = standing_of(request.user)
    return Body.objects.current().filter(
        region=region, pk__in=standing.secretary_of | standing.chair_of
    )


def _crumbs(region: Region, *more: Crumb) -> list[Crumb]:
    url = reverse("governance:action-list", args=[region.slug])
    return [Crumb("Actiepunten", url if more else ""), *more]


def _form_page(request: HttpRequest, region: Region, **context: Any) -> HttpResponse:
    title = context["title"]
    context = {
        "region": region,
        "crumbs": _crumbs(region, Crumb(title)),
        "back": reverse("governance:action-list", args=[region.slug]),
        **context,
    }
    return render(request, "governance/form_page.html", context)


@in_region
def new(request: HttpRequest, region: Region) -> HttpResponse:
    """An action point outside a meeting, of the body in the address or the only one."""
    bodies = bodies_to_minute(request, region).order_by("order")
    slug = request.GET.get("body", "").replace("\x00", "")
    body = bodies.filter(slug=slug).first() or bodies.first()
    must(request.user, "body.minute", body)
    assert body is not None
    form = ActionForm(request.POST or None, body=body)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            values = {name: form.cleaned_data[name] for name in form.based}
            acts.add_action(body, by=request.user, **values)  # type: ignore[arg-type]
            messages.success(request, f"Het actiepunt van {body} is toegevoegd.")
            return redirect("governance:action-list", region.slug)
    title = f"Actiepunt van {body}"
    return _form_page(request, region, title=title, form=form, button="Actiepunt toevoegen")


def action_or_404(request: HttpRequest, region: Region, pk: int) -> ActionPoint:
    rows = visible_to(request.user, ActionPoint).select_related(
        "body", "owner__user", "owner__body", "item__version", "item__meeting"
    )
    return get_object_or_404(rows, body__region=region, pk=pk)


@in_region
def detail(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One action point: who, until when, what became of it; and the form to change it."""
    action = action_or_404(request, region, pk)
    edits = may(request.user, "body.minute", action.body) and action.state == ActionState.OPEN
    form = ActionForm(request.POST or None, body=action.body, action=action)
    if request.method == "POST":
        must(request.user, "body.minute", action.body)
        if form.is_valid() and _save(request, action, form):
            messages.success(request, "Het actiepunt is gewijzigd.")
            return redirect("governance:action-detail", region.slug, pk)
    closes = may(request.user, "action.close", action)
    context = {
        "region": region,
        "action": action,
        "tone": "warning" if action.late else ACTION_TONES[action.state],
        "badge": "Te laat" if action.late else action.get_state_display().capitalize(),
        "crumbs": _crumbs(region, Crumb("Actiepunt")),
        "said_on": said_on(action),
        "facts": [
            Fact("Wie", action.owner_shown),
            Fact("Uiterlijk", long_date(action.due)),
            Fact("Overleg", action.body.name),
        ],
        "left": action.state == ActionState.OPEN and action.owner_left(),
        "form": form if edits or form.is_bound else None,
        "options": acts.STATES.options(action) if closes else [],
        "trail": trail_of(StatusChange.of(action)[:50]),
    }
    return render(request, "governance/action_detail.html", context)


def _save(request: HttpRequest, action: ActionPoint, form: ActionForm) -> bool:
    def newest() -> dict[str, Any]:
        row = ActionPoint.objects.get(pk=action.pk)
        return {name: getattr(row, name) for name in form.based}

    user: Any = request.user
    with form.saving(user, f"action:{action.pk}", newest):
        acts.edit_action(
            action, form.values(), base=form.base(), base_revision=form.revision, by=user
        )
        return True
    return False


CHANGES = {
    "finish": ("Actiepunt afronden", NoteForm, acts.finish_action, "note", "is afgerond"),
    "drop": ("Actiepunt laten vervallen", ReasonForm, acts.drop_action, "why", "is vervallen"),
    "reopen": ("Actiepunt weer openen", NoteForm, acts.reopen_action, "why", "is weer open"),
}


@in_region
def change(request: HttpRequest, region: Region, pk: int, act: str) -> HttpResponse:
    """Finish, drop or reopen, with what came of it."""
    action = action_or_404(request, region, pk)
    if act not in CHANGES:
        raise Http404
    title, form_class, function, field, done = CHANGES[act]
    must(request.user, "action.close", action)
    answer = acts.STATES.answer(action, act)
    if act != "drop" and isinstance(answer, Refusal):
        messages.error(request, answer.reason)
        return redirect("governance:action-detail", region.slug, pk)
    form: Any = form_class(request.POST or None)  # type: ignore[operator]
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            text = form.cleaned_data.get("note") or form.cleaned_data.get("why") or ""
            function(action, by=request.user, **{field: text})  # type: ignore[operator]
            messages.success(request, f"Het actiepunt {done}.")
            return redirect("governance:action-list", region.slug)
    return _form_page(request, region, title=title, lead=action.text, form=form, button=title)
