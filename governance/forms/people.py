"""Forms about the people of a region: who they are, and the rights they are given."""

from typing import Any

from django import forms

from accounts.models import User
from governance.domain.people import municipalities_of, people_of
from governance.enums import MemberRole
from governance.forms.base import DomainForm
from governance.forms.rows import DATES, RowForm
from governance.models import Membership, MunicipalRole, RegionRole, Seat


def person_label(user: User) -> str:
    """For who keeps people: the office, with the name to tell two of them apart."""
    return f"{user.office} ({user.name})" if user.office and user.name else str(user)


def member_label(membership: Membership) -> str:
    mark = ", afgeschermd" if membership.shielded else ""
    return f"{membership.get_role_display()}: {person_label(membership.user)}{mark}"


class PersonForm(DomainForm):
    """How somebody is called. The office is what colleagues see on the screens."""

    unguarded = frozenset({"name"})

    name = forms.CharField(label="Naam", max_length=100, required=False)
    office = forms.CharField(
        label="Functie", max_length=120, help_text="Zo staat deze persoon op de schermen."
    )


class InviteForm(PersonForm):
    """Whom to invite."""

    field_order = ("email", "name", "office")

    email = forms.EmailField(label="E-mailadres")


class GrantForm(RowForm):
    """A right for a person: from the list, or by the address of an account outside it.

    Who holds a right does not change: another person gets a right of their own.
    """

    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Alleen als de persoon niet in de lijst staat: het adres van het account.",
    )
    names_shielded = False

    def limit(self) -> None:
        if self.instance.pk:
            del self.fields["user"], self.fields["email"]
            return
        people = people_of(self.region).filter(is_active=True)
        if not self.names_shielded:
            hidden = Membership.objects.filter(body__region=self.region, shielded=True)
            people = people.exclude(pk__in=hidden.values("user"))
        self.choose("user", people, lambda user: f"{person_label(user)}, {user.email}")
        self.fields["user"].error_messages["required"] = "Kies een persoon."
        self.order_fields(["user", "email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if "user" not in self.fields:
            return cleaned
        chosen, email = cleaned.get("user"), cleaned.get("email")
        if chosen and email and chosen.email != email.lower():
            self.add_error("email", "Kies iemand uit de lijst, of vul een adres in; niet allebei.")
        elif email and not chosen:
            self.errors.pop("user", None)
            cleaned["user"] = User.objects.filter(email=email.lower(), is_active=True).first()
            if cleaned["user"] is None:
                self.add_error(
                    "email", "Er is geen account met dit adres. Nodig deze persoon eerst uit."
                )
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """An address without an account has its sentence; the absent person needs no second one."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | ({"user"} if "email" in self.errors else set())


class MembershipForm(GrantForm):
    names_shielded = True

    class Meta(RowForm.Meta):
        model = Membership
        fields = ("user", "role", "seat", "has_vote", "deputy_of", "shielded", *DATES)
        help_texts = {
            "seat": "Alleen voor wie een gemeente of organisatie vertegenwoordigt.",
            "has_vote": "Een secretaris of adviseur heeft nooit stemrecht.",
            "deputy_of": "Alleen bij een plaatsvervanger.",
            "shielded": "Overal buiten dit beheer ziet men alleen de rol, nooit de naam. "
            "Bedoeld voor jongeren.",
        }

    def limit(self) -> None:
        super().limit()
        body = self.instance.body_id
        self.choose(
            "seat", Seat.objects.filter(body=body).select_related("municipality"), empty="geen"
        )
        members = Membership.objects.filter(body=body).exclude(role=MemberRole.DEPUTY)
        members = members.exclude(pk=self.instance.pk).select_related("user")
        self.choose("deputy_of", members, member_label, empty="niemand")


class MunicipalRoleForm(GrantForm):
    class Meta(RowForm.Meta):
        model = MunicipalRole
        fields = ("user", "municipality", "role", *DATES)

    def limit(self) -> None:
        super().limit()
        self.choose("municipality", municipalities_of(self.region))


class RegionRoleForm(GrantForm):
    class Meta(RowForm.Meta):
        model = RegionRole
        fields = ("user", "role", *DATES)
