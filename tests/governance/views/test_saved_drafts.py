"""What was committed is told to the browser once, so that it is not offered again as unsaved."""

import pytest
from django.urls import reverse

from core.drafts import may_write, save_draft
from core.models import Draft
from tests import factories as make


def draft(person, key):
    save_draft(user=person, key=key, data={"points": "x"}, base={}, base_revision=0, serial=1)


def told(client, address):
    return client.get(address).content.decode().count("data-draft-saved=")


@pytest.fixture
def step(cast):
    stops = ((cast.steering, make.ADVISE), (cast.board, make.DECIDE))
    step = make.routed(cast.author, cast.team, *stops).steps.first()
    make.on_agenda(step, cast.author, make.meeting(cast.steering, 5))
    return step


@pytest.mark.parametrize("inside", [True, False])
def test_advice_that_was_recorded_is_not_offered_again(client, cast, step, inside):
    proposal = step.proposal
    key = f"advice:{step.pk}" if inside else f"advice-outside:{proposal.pk}"
    name, last = ("advice-record", [step.pk]) if inside else ("advice-record-outside", [])
    address = reverse(f"governance:{name}", args=[cast.region.slug, proposal.number, *last])
    client.force_login(cast.steering_secretary)
    page = client.get(address)
    assert f'data-draft-key="{key}"' in page.content.decode()
    draft(cast.steering_secretary, key)
    sent = {"given_on": "1 maart 2024", "body": cast.steering.pk}
    names = [name for name in page.context["form"].fields if "point" in name]
    response = client.post(address, sent | {names[0]: "Begin klein."})
    assert response.status_code == 302, response.context["form"].errors
    assert not Draft.objects.exists()
    assert (told(client, response.url), told(client, response.url)) == (1, 0)


def test_who_may_keep_advice_outside_the_route(cast, step):
    key = f"advice-outside:{step.proposal.pk}"
    people = (cast.steering_secretary, cast.alderman, cast.stranger)
    assert [may_write(person, key) for person in people] == [True, False, False]
    assert not may_write(cast.steering_secretary, "advice-outside:0")
