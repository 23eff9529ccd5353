import pytest
from django.urls import reverse

from core.drafts import save_draft
from governance.domain import proposals, texts
from governance.models import DecisionPoint, ProposalVersion, Section
from tests import factories as make


@pytest.fixture
def proposal(cast):
    made = make.proposal(cast.author, cast.team)
    texts.add_section(made.working, heading="Kosten", body="<p>Geen.</p>", by=cast.author)
    return made


def url(proposal, name="proposal-write", *rest):
    return reverse(f"governance:{name}", args=[proposal.region.slug, proposal.number, *rest])


def test_the_whole_text_stands_there_and_says_where_typing_waits(client, cast, proposal):
    section = proposal.working.sections.first()
    save_draft(
        user=cast.author,
        key=f"section:{section.pk}",
        data={"body": "x"},
        base={},
        base_revision=1,
        serial=1,
    )
    client.force_login(cast.author)
    response = client.get(url(proposal))
    page = response.content.decode()
    assert "Gezinnen wachten te lang." in page
    assert [s.has_draft for s in response.context["sections"]] == [True, False]
    now = response.context["now"]
    assert [refused.reason for refused in now.not_yet] == ["Kies eerst een route."]
    assert now.primary.url == url(proposal, "route-edit")


def test_it_leads_to_the_first_thing_that_lacks(client, cast, proposal):
    client.force_login(cast.author)
    version = proposal.working
    for lacks, name in (("summary", "header-edit"), ("points", "points-edit")):
        if lacks == "points":
            version.points.all().delete()
        else:
            version.summary = ""
        version.save()
        now = client.get(url(proposal)).context["now"]
        assert now.primary.url == url(proposal, name)
        version.summary = "Kort gezegd."
        version.save()


@pytest.mark.parametrize("who", ["reader", "stranger", "admin", "alderman"])
def test_a_concept_is_not_there_for_others(client, cast, proposal, who):
    client.force_login(getattr(cast, who))
    assert client.get(url(proposal)).status_code == 404


def test_looking_at_a_frozen_version_changes_nothing_and_the_button_makes_the_copy(
    client, cast, proposal
):
    proposals.freeze_version(proposal, by=cast.author)
    client.force_login(cast.author)
    page = client.get(url(proposal)).content.decode()
    assert "Schrijf verder in versie 2" in page
    assert ProposalVersion.objects.count() == 1
    assert client.get(url(proposal, "version-continue")).status_code == 405
    client.post(url(proposal, "version-continue"))
    proposal.refresh_from_db()
    assert (proposal.working.number, proposal.working.frozen_at) == (2, None)


def test_freezing_asks_what_changed(client, cast, proposal):
    client.force_login(cast.author)
    client.post(url(proposal, "proposal-freeze"), {"change_note": "Eerste versie voor het AOJ"})
    version = ProposalVersion.objects.get()
    assert (version.frozen_by, version.change_note) == (cast.author, "Eerste versie voor het AOJ")
    client.post(url(proposal, "proposal-freeze"), {"change_note": "Nog eens"})
    assert ProposalVersion.objects.get().change_note == "Eerste versie voor het AOJ"


def headings(proposal):
    return list(Section.objects.filter(version=proposal.working).values_list("heading", flat=True))


def test_order_by_button_and_by_dragging(client, cast, proposal):
    client.force_login(cast.author)
    first, second = proposal.working.sections.all()
    client.post(url(proposal, "section-order"), {"move": f"{second.pk}:up"})
    assert headings(proposal) == ["Kosten", "Aanleiding"]
    response = client.post(url(proposal, "section-order"), {"order": f"{first.pk},{second.pk}"})
    assert (response.status_code, headings(proposal)) == (200, ["Aanleiding", "Kosten"])


@pytest.mark.parametrize("order", ["", "1", "x,y", "999999,1"])
def test_an_order_that_is_not_of_these_parts_is_refused(client, cast, proposal, order):
    client.force_login(cast.author)
    response = client.post(url(proposal, "point-order"), {"order": order})
    assert (response.status_code, list(response.json())) == (409, ["message"])
    assert client.post(url(proposal, "point-order"), {"move": "onzin"}).status_code == 404


def test_a_heading_goes_down_and_up_and_stays_within_its_levels(client, cast, proposal):
    client.force_login(cast.author)
    section = proposal.working.sections.first()
    levels = []
    for way in ("up", "down", "down", "down", "down", "up"):
        client.post(url(proposal, "section-level", section.pk), {"level": way})
        section.refresh_from_db()
        levels.append(section.level)
    assert levels == [1, 2, 3, 4, 4, 3]


def test_taking_away_asks_once(client, cast, proposal):
    client.force_login(cast.author)
    point = proposal.working.points.first()
    page = client.get(url(proposal, "point-remove", point.pk)).content.decode()
    assert "Het plan vast te stellen." in page
    assert DecisionPoint.objects.count() == 2
    client.post(url(proposal, "point-remove", point.pk))
    assert [p.text for p in DecisionPoint.objects.all()] == ["Het geld vrij te maken."]


def test_parts_of_a_frozen_version_cannot_be_reached(client, cast, proposal):
    section = proposal.working.sections.first()
    proposals.freeze_version(proposal, by=cast.author)
    texts.working_version(proposal, by=cast.author)
    client.force_login(cast.author)
    assert client.post(url(proposal, "section-remove", section.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_text(client, cast, count, django_assert_num_queries):
    made = make.proposal(cast.author, cast.team, points=["Een punt."] * count)
    for n in range(1, count):
        texts.add_section(made.working, heading=f"Deel {n}", by=cast.author)
    for n in range(count):
        file = make.stored_file(f"{n}.pdf")
        texts.add_attachment(made.working, file, title=f"Bijlage {n}", by=cast.author)
    client.force_login(cast.author)
    with django_assert_num_queries(23):
        client.get(url(made))


def test_coauthors_are_chosen_by_the_lead_among_people_of_the_region(client, cast, proposal):
    client.force_login(cast.author)
    form = client.get(url(proposal, "coauthors")).context["form"]
    people = set(form.fields["user"].queryset)
    assert cast.official in people
    assert people & {cast.author, cast.stranger, cast.admin} == set()
    client.post(url(proposal, "coauthors"), {"user": cast.official.pk})
    assert [c.user for c in proposal.coauthors.all()] == [cast.official]
    client.force_login(cast.official)
    assert client.get(url(proposal)).status_code == 200
    assert client.get(url(proposal, "coauthors")).status_code == 403
    remove = url(proposal, "coauthor-remove", proposal.coauthors.get().pk)
    assert client.post(remove).status_code == 403
    client.force_login(cast.author)
    client.post(remove)
    assert proposal.coauthors.count() == 0
