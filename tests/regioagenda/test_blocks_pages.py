"""The page on which blocks are chosen, the panel on the proposal, and the page of a block."""

import pytest
from django.urls import reverse

from core import clock
from core.panels import frozen_panels
from governance.domain import proposals, secrecy
from regioagenda.domain.proposal_blocks import link_blocks
from regioagenda.models import BlockLead, BuildingBlock
from regioagenda.panels import of_proposal
from regioagenda.queries import blocks_touched
from tests import baseline
from tests import factories as make
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def blocks(cast):
    return [baseline.block(cast.region, number, f"Deel {number}") for number in (1, 2, 3)]


@pytest.fixture
def proposal(cast):
    return make.routed(
        cast.author, cast.team, (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    )


@pytest.fixture
def url(proposal):
    return reverse("regioagenda:proposal-blocks", args=["waterland", proposal.number])


def test_choosing_and_coming_back_to_the_proposal(client, cast, proposal, blocks, url):
    client.force_login(cast.author)
    page = client.get(url)
    assert (page.context["title"], page.context["form"].groups) == ("Bouwstenen kiezen", ["local"])
    data = {"local": [blocks[0].pk, blocks[2].pk], "base": ""}
    answer = client.post(url, data)
    detail = reverse("governance:proposal-detail", args=["waterland", proposal.number])
    assert answer.headers["Location"] == f"{detail}#regiovisie"
    assert blocks_touched(proposal) == [blocks[0], blocks[2]]
    form = client.get(url).context["form"]
    assert form["base"].value() == f"{blocks[0].pk} {blocks[2].pk}"
    assert [option.data["selected"] for option in form["local"].subwidgets] == [True, False, True]


def test_each_group_has_its_own_list(client, cast, blocks, url):
    BuildingBlock.objects.create(region=cast.region, number=1, title="Samen", group="regional")
    client.force_login(cast.author)
    form = client.get(url).context["form"]
    assert [form[group].label for group in form.groups] == [
        "Bouwstenen, lokaal",
        "Bouwstenen, regionaal",
    ]


def test_a_wrong_choice_keeps_what_was_chosen(client, cast, proposal, blocks, url):
    client.force_login(cast.author)
    far = baseline.block(cast.stranger.memberships.get().body.region)
    for wrong in (far.pk, "veel", 10**30):
        page = client.post(
            url, {"local": [blocks[1].pk, wrong], "base": "x ² 12345678901234567890"}
        )
        assert page.context["form"].errors["local"] == [
            "Kies uit de lijst; een keuze is er niet meer."
        ]
        options = page.context["form"]["local"].subwidgets
        assert [option.data["selected"] for option in options] == [False, True, False]
    assert blocks_touched(proposal) == []


def test_withdrawn_or_without_blocks_the_page_says_why(client, cast, proposal, url):
    client.force_login(cast.author)
    assert "nog geen bouwstenen" in client.get(url).content.decode()
    baseline.block(cast.region)
    proposals.change_state(proposal, "withdraw", by=cast.author, why="Niet nodig.")
    html = client.get(url).content.decode()
    assert "Dit voorstel is ingetrokken; de bouwstenen veranderen niet meer." in html
    assert "Opslaan" not in html


def test_the_panel_lists_them_and_its_writers_can_choose(cast, proposal, blocks):
    assert of_proposal(proposal, cast.secretary) is None
    assert of_proposal(proposal, cast.author).edit.label == "Bouwstenen kiezen"
    link_blocks(proposal, [blocks[1]], by=cast.author)
    panel = of_proposal(proposal, cast.secretary)
    assert (panel.title, panel.edit) == ("Bouwstenen", None)
    assert [(link.label, link.url) for link in panel.blocks] == [
        ("2. Deel 2", reverse("regioagenda:block", args=["waterland", blocks[1].pk]))
    ]


def test_the_memo_names_them(cast, blocks):
    paper = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    link_blocks(paper, blocks[:2], by=cast.author)
    decision = make.decided(make.on_agenda(paper.steps.get(), cast.author), cast.secretary)
    (panel,) = frozen_panels("decision_memo", decision, [cast.author, cast.provider])
    assert panel.data["rows"] == [["1. Deel 1"], ["2. Deel 2"]]
    assert frozen_panels("decision_memo", decision, []) == []


def test_a_block_shows_its_leads_and_the_proposals_that_one_may_read(
    client, cast, proposal, blocks
):
    BlockLead.objects.create(block=blocks[0], municipality=cast.municipality)
    secret = make.routed(cast.author, cast.team, (cast.board, make.DECIDE), subject="Geheim stuk")
    for paper in (proposal, secret):
        link_blocks(paper, blocks[:1], by=cast.author)
    secrecy.impose_secrecy(
        secret,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary],
        by=cast.secretary,
    )
    url = reverse("regioagenda:block", args=["waterland", blocks[0].pk])
    read = {}
    for who in ("author", "secretary", "provider"):
        client.force_login(getattr(cast, who))
        page = client.get(url)
        read[who] = [link.label for link in page.context["proposals"]]
        assert "wethouder jeugd Aardam" in page.content.decode()
    plain = "Meer hulp dichtbij huis"
    assert read == {"author": [plain], "secretary": ["Geheim stuk", plain], "provider": []}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_block_asks_the_same_however_many_proposals(
    client, cast, blocks, rows, django_assert_num_queries
):
    for _ in range(rows):
        link_blocks(make.proposal(cast.author, cast.team), blocks, by=cast.author)
    client.force_login(cast.author)
    url = reverse("regioagenda:block", args=["waterland", blocks[0].pk])
    client.get(url)
    with django_assert_num_queries(17):
        assert len(client.get(url).context["proposals"]) == rows
