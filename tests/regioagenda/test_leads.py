"""Who leads a block: kept by the region's admin, by office and with dates."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from core.forms import parse_date
from regioagenda import exclusion
from regioagenda.models import BlockLead, BuildingBlock
from regioagenda.views import LEADS
from tests import factories as make
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def block(cast):
    return BuildingBlock.objects.create(region=cast.region, number=1, title="Preventie")


def sent(block, home, **more):
    return {"block": block.pk, "municipality": home.pk, "office": "wethouder jeugd"} | more


def test_a_lead_is_added_ended_and_removed(admin, cast, block):
    data = sent(block, cast.municipality, valid_from="1-1-2024")
    admin.post(LEADS.url("add", cast.region), data)
    lead = BlockLead.objects.get()
    assert (str(lead), lead.valid_from) == ("wethouder jeugd Aardam", date(2024, 1, 1))
    assert list(block.leads.current()) == [lead]
    page = admin.get(LEADS.url("list", cast.region))
    assert page.context["rows"][0].cells[0].value == "Wethouder jeugd Aardam"
    admin.post(LEADS.url("end", cast.region, lead.pk), {"valid_until": "31-12-2024"})
    assert not block.leads.current().exists()
    admin.post(LEADS.url("remove", cast.region, lead.pk))
    assert not BlockLead.objects.exists()


PERIODS = [
    (("1-1-2024", "30-6-2024"), ("1-7-2024", ""), False),
    (("1-1-2024", "30-6-2024"), ("30-6-2024", ""), True),  # both ends count
    (("", ""), ("1-1-2030", ""), True),
    (("1-7-2024", ""), ("", "30-6-2024"), False),
    (("1-1-2020", "30-6-2024"), ("", "1-1-2020"), True),
]


@pytest.mark.parametrize(("first", "second", "refused"), PERIODS)
def test_one_municipality_leads_a_block_once_at_a_time(admin, cast, block, first, second, refused):
    url = LEADS.url("add", cast.region)
    for start, last in (first, second):
        data = sent(block, cast.municipality, valid_from=start, valid_until=last)
        page = admin.post(url, data)
    assert BlockLead.objects.count() == (1 if refused else 2)
    if refused:
        sentence = "Deze gemeente is in die tijd al trekker van dit onderdeel."
        assert sentence in page.context["form"].errors["valid_from"]


def test_another_municipality_or_another_block_is_no_overlap(admin, cast, block):
    other = make.municipality("Dorpen", in_region=cast.region)
    second = BuildingBlock.objects.create(region=cast.region, number=2, title="Onderwijs")
    for part, home in ((block, cast.municipality), (block, other), (second, other)):
        admin.post(LEADS.url("add", cast.region), sent(part, home))
    assert BlockLead.objects.count() == 3


@pytest.mark.parametrize(("first", "second", "refused"), PERIODS)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="exclusion constraints")
def test_postgresql_holds_the_same(cast, block, first, second, refused):
    """What two people enter at the same moment passes no domain check of the other."""

    def lead(period):
        start, last = (parse_date(text) if text else None for text in period)
        fields = {"block": block, "municipality": cast.municipality}
        with transaction.atomic():
            BlockLead.objects.create(valid_from=start, valid_until=last, **fields)

    lead(first)
    if refused:
        with pytest.raises(IntegrityError, match="lead_one_at_a_time"):
            lead(second)
    else:
        lead(second)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="exclusion constraints")
def test_the_constraint_can_be_taken_off_again(cast, block):
    with connection.schema_editor() as editor:
        exclusion.drop_exclusions(None, editor)
    for day in (1, 2):
        BlockLead.objects.create(
            block=block, municipality=cast.municipality, valid_from=date(2024, 1, day)
        )
    assert block.leads.count() == 2


def test_blocks_and_municipalities_of_elsewhere_are_no_choice(admin, cast, block):
    elsewhere = cast.stranger.memberships.get().body.region
    foreign = BuildingBlock.objects.create(region=elsewhere, number=1, title="Ver weg")
    far = make.municipality("Ver", in_region=elsewhere)
    page = admin.post(LEADS.url("add", cast.region), sent(foreign, far))
    assert page.context["form"]["block"].label == "Onderdeel"
    assert set(page.context["form"].errors) == {"block", "municipality"}


def test_the_list_is_for_who_keeps_the_region(client, cast, block):
    BlockLead.objects.create(block=block, municipality=cast.municipality)
    for person, code in ((cast.admin, 200), (cast.author, 403), (cast.stranger, 404)):
        client.force_login(person)
        assert client.get(LEADS.url("list", cast.region)).status_code == code
    client.force_login(cast.admin)
    page = client.get(reverse("governance:organisation", args=["waterland"]))
    assert "Bestuurlijk trekkers" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(
    admin, cast, block, rows, django_assert_num_queries
):
    for _ in range(rows):
        home = make.municipality(in_region=cast.region)
        BlockLead.objects.create(block=block, municipality=home)
    with django_assert_num_queries(11):
        page = admin.get(LEADS.url("list", cast.region))
    assert len(page.context["rows"]) == rows


def test_a_narrow_column_takes_the_short_name(block):
    assert block.name_in_head == "Preventie"
    block.title, block.short = "Opvoedkundig klimaat en preventie", "Klimaat"
    assert block.name_in_head == "Klimaat"
