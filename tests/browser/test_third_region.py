"""Setting up a third region takes screens and data, not code: its admin does it at the width of a
phone with the keyboard alone, and then a proposal can enter the route that was set up."""

from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from core import clock
from governance.attention import attention_points
from governance.domain import layout, people, proposals
from governance.models import Body, Membership, Region, RouteTemplate
from governance.views.organisation_kinds import KINDS
from tests import factories as make
from tests.browser.conftest import WIDTHS

SOON = "in 2027 volgt meer"


class Keyboard:
    """The admin at work: every link and button by focus and Enter, every box by the space bar."""

    def __init__(self, page, region):
        self.page, self.region = page, region

    def press(self, role, name, key="Enter"):
        element = self.page.get_by_role(role, name=name, exact=True).first
        element.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def add(self, kind, parent=None, **fields):
        """One row, by the labels of its form; True ticks a box, a tuple chooses from a list."""
        keys = [] if parent is None else [parent.pk]
        page = "add" if parent is None else "add-to"
        self.page.goto(KINDS[kind].url(page, self.region, *keys))
        for label, value in fields.items():
            field = self.page.get_by_label(label.replace("_", " "), exact=False).first
            field.focus()
            match value:
                case True:
                    self.page.keyboard.press("Space")
                case (chosen,):
                    field.select_option(label=chosen)
                case text:
                    field.fill(text)
        self.press("button", "Toevoegen")
        assert self.page.locator("[data-error-summary]").count() == 0, self.page.inner_text("main")

    def body(self, name, short, kind, rules, **fields):
        self.add(
            "gremia",
            Naam=name,
            Korte_naam=short,
            Kort_adres=short.lower(),
            Soort=(kind,),
            Besluitregels=(rules,),
            Grond=SOON,
            **fields,
        )
        return Body.objects.get(region=self.region, short_name=short)


def admin_of_a_new_region():
    call_command(
        "new_region",
        "Voorbeeld",
        slug="voorbeeld",
        legal_form="operations",
        admin="beheer@voorbeeld.example",
    )
    return Region.objects.get(slug="voorbeeld"), User.objects.get(email="beheer@voorbeeld.example")


def test_an_admin_sets_up_a_region_with_the_keyboard(page_of, transactional_db):
    region, admin = admin_of_a_new_region()
    keys = Keyboard(page_of(admin, WIDTHS["phone"]), region)
    for name, code in (("Aardam", "9001"), ("Beekzicht", "9002")):
        keys.add("gemeentegegevens", Naam=name, **{"CBS-code": code})
        keys.add("gemeenten", Gemeente=(name,))
    keys.add("recessen", Naam="Kerst", Eerste_dag="21-12-2026", Laatste_dag="3-1-2027")
    keys.add("besluitregels", Naam="Eigen", Grondslag=("eigen afspraken",), Er_kan_worden=True)
    team = keys.body(
        "Team Voorbeeld", "Team", "programmateam", "Eigen", Status=("overleg",), Schrijft=True
    )
    board = keys.body("Voorbeeldbestuur", "Bestuur", "bestuur", "Eigen", Status=("bestuursorgaan",))
    keys.add("andere-namen", board, Naam="BO")
    keys.add("verhoudingen", board, Verhouding=("stuurt aan",), Naar=("Team Voorbeeld",))
    keys.add("vaste-agendapunten", board, Titel="Opening", Minuten="5")
    for name, votes in (("Aardam", "2"), ("Beekzicht", "1")):
        keys.add("zetels", board, Gemeente=(name,), Aantal_stemmen=votes)
    who, pick = {}, {}
    for office in ("wethouder", "vervanger", "jongere", "secretaris"):
        who[office] = people.invite_person(
            region, email=f"{office}@voorbeeld.example", name="", office=office, by=admin
        ).user
        pick[office] = (f"{office}, {office}@voorbeeld.example",)
    sit = keys.add
    sit("leden", board, Persoon=pick["wethouder"], Zetel=("Aardam",), Heeft_stemrecht=True)
    sit(
        "leden",
        board,
        Persoon=pick["vervanger"],
        Rol=("plaatsvervanger",),
        Vervangt=("lid: wethouder",),
    )
    sit("leden", board, Persoon=pick["jongere"], Zetel=("Beekzicht",), Afgeschermd=True)
    for body in (board, team):
        sit("leden", body, Persoon=pick["secretaris"], Rol=("secretaris",))
    keys.add("routesjablonen", Naam="Gewoon")
    template = RouteTemplate.objects.get(region=region)
    keys.add("haltes", template, Gremium=("Voorbeeldbestuur",), Doel=("besluiten",))
    keys.add("haltes", template, Gremium=("Team Voorbeeld",), Doel=("bespreken",))
    keys.page.goto(reverse("governance:organisation-template", args=[region.slug, template.pk]))
    keys.page.locator("button[value$=':up']:not([disabled])").last.focus()
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    assert [step.body for step in template.steps.all()] == [team, board]
    keys.page.goto(reverse("governance:organisation-rights", args=[region.slug]))
    keys.press("button", "Ik heb de lijst nagelopen")
    assert attention_points(region) == []
    assert Membership.objects.get(user=who["jongere"]).shown_as == "lid"

    proposal = make.proposal(who["secretaris"], team)
    layout.apply_template(proposal, template, by=who["secretaris"])
    proposals.enter_route(proposal, by=who["secretaris"])
    assert [step.body for step in proposal.steps.order_by("order")] == [team, board]
    assert board.is_current(clock.today())
