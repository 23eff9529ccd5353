"""People of a region: one view of what each may, invitations, and the second factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.models import Invitation, User
from core import clock
from core.formats import long_date
from core.models import OutboxMail, StatusChange
from governance.domain import people
from governance.models import Membership
from tests import factories as make

NEW = {"email": "nieuw@gemeente.example", "name": "", "office": "griffier"}
SHIELDED = "jongere met ervaring"


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def young(cast):
    """A member of the kerngroep whose name is shown nowhere outside the keeping of members."""
    person = make.user(SHIELDED)
    make.member(cast.core_group, person, shielded=True)
    return person


def url(name, *keys):
    return reverse(f"governance:{name}", args=["waterland", *keys])


def texts(page):
    return [[getattr(cell, "value", cell) for cell in row.cells] for row in page.context["rows"]]


@pytest.mark.parametrize(("who", "code"), [("author", 403), ("stranger", 404)])
@pytest.mark.parametrize("name", ["organisation-people", "organisation-invite"])
def test_only_the_admin_sees_people(client, cast, who, code, name):
    client.force_login(getattr(cast, who))
    assert client.get(url(name)).status_code == code


def test_a_person_has_all_roles_in_one_line(admin, cast):
    make.municipal_role(cast.municipality, cast.official)
    rows = texts(admin.get(url("organisation-people")))
    line = next(row for row in rows if row[0] == "beleidsadviseur Beekzicht")
    assert line[1] == "lid van Ambtelijk overleg; adviseur van de wethouder in Aardam"


def test_nobody_of_another_region_is_listed(admin, cast):
    names = [row[0] for row in texts(admin.get(url("organisation-people")))]
    assert str(cast.stranger) not in names
    assert admin.get(url("organisation-person", cast.stranger.pk)).status_code == 404


def test_who_was_invited_gets_a_mail_and_is_listed_without_a_role(admin, cast):
    response = admin.post(url("organisation-invite"), NEW)
    person = User.objects.get(email=NEW["email"])
    assert response.url == url("organisation-person", person.pk)
    assert OutboxMail.objects.filter(to=NEW["email"]).count() == 1
    line = next(r for r in texts(admin.get(url("organisation-people"))) if r[0] == "griffier")
    until = person.invitations.get().expires_at
    assert line[1:3] == ["geen rol op dit moment", f"uitgenodigd tot {long_date(until)}"]


def test_an_address_with_an_account_is_refused_at_its_field(admin, cast):
    cast.reader.set_password("een lange zin")
    cast.reader.save()
    response = admin.post(url("organisation-invite"), NEW | {"email": cast.reader.email})
    form = response.context["form"]
    assert dict(form.errors) == {"email": ["Dit e-mailadres heeft al een account."]}
    assert form["office"].value() == "griffier"


def test_an_invitation_is_sent_again_and_withdrawn(admin, cast):
    invitation = people.invite_person(cast.region, by=cast.admin, **NEW)
    person = invitation.user
    admin.post(url("person-invite-again", person.pk))
    assert Invitation.objects.filter(user=person).count() == 2
    admin.post(url("person-withdraw", person.pk))
    assert not Invitation.objects.filter(user=person, withdrawn_at__isnull=True).exists()
    assert [change.act for change in StatusChange.of(cast.region)] == [
        "invitation_withdrawn",
        "invitation_resent",
        "person_invited",
    ]


def test_the_second_factor_of_a_colleague_is_taken_away(admin, cast):
    Authenticator.objects.create(user=cast.reader, type="totp", data={"secret": "x"})
    page = admin.get(url("person-second-factor", cast.reader.pk))
    assert page.context["question"] == "lid van de stuurgroep: tweede factor weghalen?"
    admin.post(url("person-second-factor", cast.reader.pk))
    assert not Authenticator.objects.filter(user=cast.reader).exists()


def test_an_account_of_the_installation_is_left_alone(admin, cast):
    cast.reader.is_staff = True
    cast.reader.save()
    Authenticator.objects.create(user=cast.reader, type="totp", data={"secret": "x"})
    admin.post(url("person-second-factor", cast.reader.pk))
    assert Authenticator.objects.filter(user=cast.reader).exists()


@pytest.mark.parametrize("act", ["invite-again", "withdraw", "second-factor"])
def test_acts_on_people_of_another_region_are_not_there(admin, cast, act):
    assert admin.post(url(f"person-{act}", cast.stranger.pk)).status_code == 404


def test_a_shielded_member_is_named_only_where_members_are_kept(admin, cast, young):
    body = admin.get(url("organisation-body", cast.core_group.pk)).content.decode()
    assert f"{SHIELDED}, afgeschermd" in body
    membership = Membership.objects.get(user=young)
    membership.valid_until = clock.today() + timedelta(days=30)
    membership.save()
    admin.post(reverse("governance:row-change", args=["waterland", "leden", membership.pk]), {
        "role": "member", "shielded": "on", "valid_until": "31-12-2030",
    })  # fmt: skip
    for name in ("organisation", "organisation-rights", "organisation-trail"):
        assert SHIELDED not in admin.get(url(name)).content.decode()


def test_a_shielded_person_is_not_offered_for_other_roles(admin, cast, young):
    add = reverse("governance:row-add", args=["waterland", "regiorollen"])
    assert young not in admin.get(add).context["form"].fields["user"].queryset


def test_the_list_of_people_asks_the_same_however_long_it_is(
    admin, cast, django_assert_num_queries
):
    for _ in range(3):
        with django_assert_num_queries(18):
            admin.get(url("organisation-people"))
        make.member(cast.aoj)


def test_the_admin_corrects_how_somebody_is_called(admin, cast):
    address = url("person-correct", cast.official.pk)
    form = admin.get(address).context["form"]
    assert ("email" in form.fields, form["office"].value()) == (
        False,
        "beleidsadviseur Beekzicht",
    )
    response = admin.post(address, {"name": "", "office": "strateeg Beekzicht"})
    assert response.url == url("organisation-person", cast.official.pk)
    before = cast.official.email
    cast.official.refresh_from_db()
    assert (cast.official.office, cast.official.email) == ("strateeg Beekzicht", before)
    assert cast.official.history.first().history_user == cast.admin
    line = StatusChange.of(cast.region).first()
    assert (line.act, line.why, line.by) == ("person_corrected", "strateeg Beekzicht", cast.admin)


def test_an_office_is_never_empty_and_the_installation_is_left_alone(admin, cast):
    address = url("person-correct", cast.official.pk)
    form = admin.post(address, {"name": "Naam", "office": " "}).context["form"]
    assert list(form.errors) == ["office"]
    cast.official.is_staff = True
    cast.official.save()
    form = admin.post(address, {"name": "", "office": "strateeg"}).context["form"]
    assert form.non_field_errors() == [
        "Deze persoon beheert de installatie. Vraag een andere beheerder daarvan."
    ]


def test_who_is_shielded_is_corrected_without_a_name_in_the_trail(admin, cast, young):
    admin.post(url("person-correct", young.pk), {"name": "", "office": "jongerenadviseur"})
    assert StatusChange.of(cast.region).first().why == "een afgeschermd lid"
