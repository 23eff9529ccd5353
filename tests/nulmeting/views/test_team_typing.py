"""Two of the team in one question, level, title or round: both texts show, and nothing is lost."""

import pytest
from django.test import Client

from core import clock
from core.drafts import draft_of, may_write, save_draft
from core.formats import long_date
from nulmeting.domain import instruments, rounds
from nulmeting.models import Item
from tests import baseline
from tests.sent import opened

pytestmark = pytest.mark.django_db
YEAR = clock.today().year


@pytest.fixture
def drafted(cast):
    return baseline.drafted(cast)


@pytest.fixture
def item(drafted):
    return drafted.items.first()


def test_what_was_typed_before_a_lost_session_is_back(team, url, cast, item):
    key = f"instrument:{item.instrument_id}-item-{item.pk}"
    typed = {"text": "Half af?"}
    base = {"text": item.text}
    save_draft(user=cast.author, key=key, data=typed, base=base, base_revision=0, serial=1)
    html = team.get(url("item-change", 1, item.pk)).content.decode()
    assert "U gaat verder met tekst van" in html
    assert "Half af?" in html
    team.post(url("item-change", 1, item.pk), {"forget": "1"})
    assert draft_of(cast.author, key) is None
    assert Item.objects.get(pk=item.pk).text == "Vraag 1?"


def test_both_texts_of_a_question_show_and_the_second_chooses(team, url, cast, item):
    sent = opened(team.get(url("item-change", 1, item.pk)))
    instruments.change_item(item, text="Van een collega?", asks_the_same=True, by=cast.author)
    page = team.post(url("item-change", 1, item.pk), sent | {"text": "Van mij?"})
    html = page.content.decode()
    assert "Iemand anders schreef hier ook." in html
    (both,) = page.context["form"].clashes()
    assert (both.mine, both.theirs) == ("Van mij?", "Van een collega?")
    key = f"instrument:{item.instrument_id}-item-{item.pk}"
    assert draft_of(cast.author, key).data["text"] == "Van mij?"
    again = opened(page) | {"text": "Van mij?"}
    team.post(url("item-change", 1, item.pk), again | {"keep-text": "mine"})
    assert Item.objects.get(pk=item.pk).text == "Van mij?"
    assert draft_of(cast.author, key) is None


def test_two_who_judge_a_question_differently_both_see_it(team, url, cast, drafted):
    second = instruments.draw_next(
        instruments.fix_instrument(drafted, by=cast.author), by=cast.author
    )
    item = second.items.first()
    sent = opened(team.get(url("item-change", 2, item.pk)))
    instruments.change_item(item, text="Anders?", asks_the_same=True, by=cast.author)
    page = team.post(url("item-change", 2, item.pk), sent | {"text": "Anders?", "asks": "other"})
    (both,) = page.context["form"].clashes()
    assert both.theirs == "Ja, de vraag is hetzelfde, alleen anders verwoord"
    team.post(url("item-change", 2, item.pk), opened(page) | {"asks": "other", "keep-asks": "mine"})
    item.refresh_from_db()
    assert item.replaces is not None


def test_levels_of_two_people_are_joined_and_one_level_of_both_asks(team, url, cast, drafted, item):
    part = item.block
    address = url("instrument-block", 1, part.pk)
    sent = opened(team.get(address))
    instruments.keep_level(drafted, part, 2, text="van een collega", by=cast.author)
    team.post(address, sent | {"text-1": "van mij"})
    levels = instruments.level_fields(drafted, part)
    assert (levels["text-1"], levels["text-2"]) == ("van mij", "van een collega")
    page = team.post(address, sent | {"text-2": "ook ik"})
    assert [both.theirs for both in page.context["form"].clashes()] == ["van een collega"]
    team.post(address, opened(page) | {"keep-text-2": "theirs"})
    assert instruments.level_fields(drafted, part)["text-2"] == "van een collega"


def test_title_and_explanation_of_two_people_are_joined(team, url, cast, drafted):
    sent = opened(team.get(url("instrument-edit", 1)))
    instruments.edit_instrument(drafted, title="Nieuwe titel", guidance="", by=cast.author)
    team.post(url("instrument-edit", 1), sent | {"guidance": "Lees dit eerst."})
    drafted.refresh_from_db()
    assert (drafted.title, drafted.guidance) == ("Nieuwe titel", "Lees dit eerst.")


def test_the_explanation_of_a_round_asks_when_both_changed_it(team, url, cast):
    asked = baseline.prepared(cast)
    sent = opened(team.get(url("round-edit", YEAR)))
    values = rounds.fields_of(asked) | {"guidance": "Van een collega."}
    rounds.edit_round(asked, by=cast.author, **values)
    page = team.post(url("round-edit", YEAR), sent | {"guidance": "Van mij."})
    assert [both.name for both in page.context["form"].clashes()] == ["guidance"]
    later = long_date(clock.today().replace(year=YEAR + 1))
    mine = {"guidance": "Van mij.", "keep-guidance": "mine", "closes_on": later}
    team.post(url("round-edit", YEAR), opened(page) | mine)
    asked.refresh_from_db()
    assert (asked.guidance, long_date(asked.closes_on)) == ("Van mij.", later)


def test_a_question_that_was_taken_away_meanwhile_can_be_added(team, url, cast, drafted, item):
    address = url("item-change", 1, item.pk)
    sent = opened(team.get(address)) | {"part": item.block_id}
    instruments.remove_item(item, by=cast.author)
    page = team.post(address, sent | {"text": "Mijn lange zin?"})
    html = page.content.decode()
    assert "Iemand anders haalde deze vraag intussen weg." in html
    assert "Mijn lange zin?" in html
    assert page.context["action"] == url("item-add", 1, item.block_id)
    team.post(page.context["action"], opened(page))
    assert drafted.items.filter(block=item.block).last().text == "Mijn lange zin?"


def test_what_was_typed_while_the_version_was_fixed_stays_in_the_page(
    team, url, cast, drafted, item
):
    pages = {
        url("item-change", 1, item.pk): {"text": "Te laat getypt."},
        url("item-add", 1, item.block_id): {"text": "Te laat getypt."},
        url("instrument-edit", 1): {"title": "T", "guidance": "Te laat getypt."},
        url("instrument-scale", 1): {"text-1": "Te laat getypt."},
        url("instrument-block", 1, item.block_id): {"text-1": "Te laat getypt."},
    }
    instruments.fix_instrument(drafted, by=cast.author)
    for address, sent in pages.items():
        html = team.post(address, sent).content.decode()
        assert "Deze vragenlijst is vastgesteld" in html, address
        assert "Te laat getypt." in html, address
        assert team.get(address).status_code == 404


def test_what_was_typed_while_the_round_was_closed_stays_in_the_page(team, url, cast):
    asked = baseline.opened(cast)
    sent = opened(team.get(url("round-edit", YEAR)))
    rounds.close_round(asked, by=cast.author)
    html = team.post(url("round-edit", YEAR), sent | {"guidance": "Te laat."}).content.decode()
    assert "Deze ronde is gesloten en verandert niet meer." in html
    assert "Te laat." in html


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("instrument-begin", "nulmeting-new:{region}-instrument"),
        ("round-new", "nulmeting-new:{region}-round"),
    ],
)
def test_a_beginning_is_kept_too(team, url, cast, path, key):
    baseline.fixed(cast)
    page = team.get(url(path))
    assert page.context["draft_key"] == key.format(region=cast.region.pk)
    assert may_write(cast.author, page.context["draft_key"])


def test_only_the_team_keeps_drafts_and_only_of_what_is_there(cast, drafted, item):
    asked = baseline.prepared(cast, drafted)
    pk, part = drafted.pk, item.block_id
    known = [
        *(f"instrument:{pk}-{rest}" for rest in ("head", "scale", f"item-{item.pk}")),
        *(f"instrument:{pk}-{rest}" for rest in (f"levels-{part}", f"new-{part}")),
        *(f"round:{asked.pk}-{rest}" for rest in ("edit", "again", "reopen")),
        *(f"nulmeting-new:{cast.region.pk}-{rest}" for rest in ("round", "instrument")),
    ]
    foreign = baseline.block(cast.stranger.memberships.get().body.region)
    unknown = [f"instrument:{pk}-{rest}" for rest in ("", "item-0", "head-1", "new-", "x-1")]
    unknown += [f"instrument:{pk}-levels-{foreign.pk}", "instrument:0-head", "instrument:x-head"]
    unknown += [f"round:{asked.pk}-", f"round:{asked.pk}-edit-1", "nulmeting-new:0-round"]
    for person, wanted in ((cast.author, known), (cast.admin, []), (cast.stranger, [])):
        found = [key for key in known + unknown if may_write(person, key)]
        assert found == wanted, person


def test_a_block_of_the_vision_keeps_what_is_typed(cast):
    part = baseline.block(cast.region)
    client = Client()
    client.force_login(cast.admin)
    key = f"building-block:{part.pk}"
    assert [may_write(who, key) for who in (cast.admin, cast.author, cast.stranger)] == [
        True,
        False,
        False,
    ]
    address = f"/waterland/organisatie/bouwstenen/{part.pk}/wijzigen/"
    page = client.get(address)
    seen = page.context["form"].initial.get("seen") or page.context["form"]["seen"].value()
    typed = {"description": "Half af.", "title": part.title, "seen": str(seen)}
    save_draft(user=cast.admin, key=key, data=typed, base={}, base_revision=0, serial=1)
    part.description = "Van een collega."
    part.save()
    html = client.get(address).content.decode()
    assert "U gaat verder met tekst van" in html
    sent = {"number": 1, "group": "local", **typed}
    html = client.post(address, sent).content.decode()
    assert "nu staat er ‘Van een collega.’" in html
    assert "Half af." in html
    newest = part.history.latest().pk
    client.post(address, sent | {"seen": newest})
    part.refresh_from_db()
    assert part.description == "Half af."
    assert draft_of(cast.admin, key) is None
