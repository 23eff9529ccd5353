import pytest
from django.test import Client
from django.urls import reverse

from governance.domain import proposals, texts
from tests import factories as make


@pytest.fixture
def proposal(cast):
    return make.proposal(cast.author, cast.team)


def opened(person, proposal):
    client = Client()
    client.force_login(person)
    address = reverse("governance:points-edit", args=[proposal.region.slug, proposal.number])
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | dict(form.hidden())
    data |= {"part": str(proposal.working_id)}
    return lambda **typed: client.post(address, data | typed)


def asked(proposal):
    proposal.refresh_from_db()
    return list(proposal.working.points.values_list("text", flat=True))


def key(proposal, place=0):
    return f"point-{proposal.working.points.all()[place].pk}"


def test_points_are_changed_and_added_in_one_form(cast, proposal):
    opened(cast.author, proposal)(**{key(proposal): "Het plan te volgen.", "new-2": "Een derde."})
    assert asked(proposal) == ["Het plan te volgen.", "Het geld vrij te maken.", "Een derde."]


def test_two_people_on_different_points_merge(cast, proposal):
    mine, theirs = opened(cast.author, proposal), opened(cast.author, proposal)
    theirs(**{key(proposal, 0): "Van haar."})
    mine(**{key(proposal, 1): "Van mij."})
    assert asked(proposal) == ["Van haar.", "Van mij."]


def test_the_same_point_shows_both_and_nothing_is_added_twice(cast, proposal):
    mine, theirs = opened(cast.author, proposal), opened(cast.author, proposal)
    name = key(proposal)
    theirs(**{name: "Van haar."})
    response = mine(**{name: "Van mij.", "new-1": "Nog een."})
    (both,) = response.context["form"].clashes()
    assert (both.mine, both.theirs) == ("Van mij.", "Van haar.")
    assert asked(proposal) == ["Van haar.", "Het geld vrij te maken."]
    hidden = dict(response.context["form"].hidden())
    mine(**hidden, **{name: "Van ons samen.", "new-1": "Nog een.", f"keep-{name}": "mine"})
    assert asked(proposal) == ["Van ons samen.", "Het geld vrij te maken.", "Nog een."]


def test_a_changed_point_that_was_taken_away_comes_back_as_a_new_one(cast, proposal):
    mine = opened(cast.author, proposal)
    name = key(proposal)
    texts.remove_part(proposal.working.points.first(), by=cast.author)
    mine(**{name: "Toch vragen."})
    assert asked(proposal) == ["Het geld vrij te maken.", "Toch vragen."]


def test_an_unchanged_point_that_was_taken_away_stays_away(cast, proposal):
    mine = opened(cast.author, proposal)
    texts.remove_part(proposal.working.points.first(), by=cast.author)
    mine(**{"new-1": "Iets anders."})
    assert asked(proposal) == ["Het geld vrij te maken.", "Iets anders."]


def test_a_late_save_goes_to_the_copy_of_a_frozen_version(cast, proposal):
    mine = opened(cast.author, proposal)
    name = key(proposal)
    frozen = proposals.freeze_version(proposal, by=cast.author)
    texts.working_version(proposal, by=cast.author)
    mine(**{name: "Later getypt."})
    assert asked(proposal) == ["Later getypt.", "Het geld vrij te maken."]
    assert [p.text for p in frozen.points.all()] == [
        "Het plan vast te stellen.",
        "Het geld vrij te maken.",
    ]


def test_an_emptied_point_is_refused_at_its_place_and_the_rest_stays_typed(cast, proposal):
    response = opened(cast.author, proposal)(**{key(proposal): " ", "new-1": "Blijft staan."})
    form = response.context["form"]
    assert form.errors[key(proposal)] == ["Een beslispunt kan niet leeg zijn; haal het dan weg."]
    assert form["new-1"].value() == "Blijft staan."
    assert len(asked(proposal)) == 2
