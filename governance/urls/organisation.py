"""Keeping the organisation of a region."""

from django.urls import path, register_converter

from governance.views import (
    organisation,
    organisation_bodies,
    organisation_people,
    organisation_rows,
)
from governance.views.organisation_kinds import KINDS
from governance.views.rows import Kind


class KindConverter:
    """A kind of row by its Dutch name in the address."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> Kind:
        if value not in KINDS:
            raise ValueError(value)
        return KINDS[value]

    def to_url(self, value: Kind | str) -> str:
        return value.slug if isinstance(value, Kind) else value


register_converter(KindConverter, "kind")

HERE = "organisatie/"
PERSON = f"{HERE}mensen/<int:pk>/"
KIND = f"{HERE}<kind:kind>/"
ROW = f"{KIND}<int:pk>/"

urlpatterns = [
    path(HERE, organisation.overview, name="organisation"),
    path(f"{HERE}gegevens/", organisation.region_data, name="organisation-region"),
    path(f"{HERE}samenvoegen/", organisation.merge, name="organisation-merge"),
    path(f"{HERE}rechten/", organisation.rights, name="organisation-rights"),
    path(f"{HERE}rechten/nagelopen/", organisation.review, name="organisation-review"),
    path(f"{HERE}verloop/", organisation.trail, name="organisation-trail"),
    path(f"{HERE}mensen/", organisation_people.people_list, name="organisation-people"),
    path(f"{HERE}mensen/uitnodigen/", organisation_people.invite, name="organisation-invite"),
    path(PERSON, organisation_people.person_page, name="organisation-person"),
    path(f"{PERSON}gegevens/", organisation_people.correct, name="person-correct"),
    *(
        path(f"{PERSON}{act}/", organisation_people.person_act, {"act": act}, name=name)
        for act, name in (
            ("opnieuw-uitnodigen", "person-invite-again"),
            ("uitnodiging-intrekken", "person-withdraw"),
            ("tweede-factor", "person-second-factor"),
        )
    ),
    path(f"{HERE}gremia/<int:pk>/", organisation_bodies.body_page, name="organisation-body"),
    path(
        f"{HERE}routesjablonen/<int:pk>/",
        organisation_bodies.template_page,
        name="organisation-template",
    ),
    path(
        f"{HERE}routesjablonen/<int:pk>/volgorde/",
        organisation_bodies.move_step,
        name="template-step-move",
    ),
    path(KIND, organisation_rows.row_list, name="row-list"),
    path(f"{KIND}nieuw/", organisation_rows.row_add, name="row-add"),
    path(f"{KIND}nieuw/bij/<int:parent>/", organisation_rows.row_add, name="row-add-to"),
    path(f"{ROW}wijzigen/", organisation_rows.row_change, name="row-change"),
    path(f"{ROW}einddatum/", organisation_rows.row_end, name="row-end"),
    path(f"{ROW}weghalen/", organisation_rows.row_remove, name="row-remove"),
]
