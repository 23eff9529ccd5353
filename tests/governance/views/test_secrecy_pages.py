import pytest
from django.urls import reverse

from governance.models import Secrecy
from tests import factories as make


@pytest.fixture
def decision(cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author, make.meeting(cast.board, -1))
    return make.decided(step, cast.secretary)


def form(cast, **more):
    return {
        "body": cast.board.pk,
        "imposed_on": "vandaag",
        "ground": "Er wordt nog onderhandeld.",
        "circle_bodies": [cast.board.pk],
        **more,
    }


def test_a_wrong_date_is_named_and_the_ground_is_kept(client, cast, decision):
    client.force_login(cast.secretary)
    url = reverse("governance:secrecy-decision", args=[cast.region.slug, decision.number])
    response = client.post(url, form(cast))
    assert response.context["form"].errors["imposed_on"] == [
        "Vul een datum in, bijvoorbeeld 22-11-2026 of 22 november 2026."
    ]
    assert "Er wordt nog onderhandeld." in response.content.decode()
    assert not Secrecy.objects.exists()


def test_the_secretary_makes_a_decision_secret(client, cast, decision):
    client.force_login(cast.secretary)
    url = reverse("governance:secrecy-decision", args=[cast.region.slug, decision.number])
    client.post(url, form(cast, imposed_on=f"{decision.decided_on:%d-%m-%Y}"))
    assert Secrecy.objects.get().decision == decision
    client.force_login(cast.author)
    page = reverse("governance:decision-detail", args=[cast.region.slug, decision.number])
    assert client.get(page).status_code == 404


def test_one_attachment_can_be_chosen(client, cast, decision):
    attachment = decision.version.attachments.create(
        order=1, title="Prijzen", file=make.stored_file()
    )
    client.force_login(cast.secretary)
    url = reverse("governance:secrecy-proposal", args=[cast.region.slug, decision.proposal.number])
    day = f"{decision.decided_on:%d-%m-%Y}"
    client.post(url, form(cast, imposed_on=day, target=f"attachment-{attachment.pk}"))
    assert Secrecy.objects.get().attachment == attachment


def test_who_keeps_no_body_imposes_nothing(client, cast, decision):
    client.force_login(cast.alderman)
    url = reverse("governance:secrecy-decision", args=[cast.region.slug, decision.number])
    assert client.get(url).status_code == 403
    assert client.post(url, form(cast)).status_code == 403
    assert not Secrecy.objects.exists()
