import pytest
from django.test import Client
from django.urls import reverse

from core.drafts import draft_of, may_write, save_draft
from governance.domain import proposals, texts
from governance.models import Section
from tests import factories as make


@pytest.fixture
def proposal(cast):
    return make.proposal(cast.author, cast.team)


@pytest.fixture
def section(proposal):
    return proposal.working.sections.get()


def url(proposal, name="section-edit", *rest):
    return reverse(f"governance:{name}", args=[proposal.region.slug, proposal.number, *rest])


def opened(person, proposal, section):
    """The page as a browser has it: what was typed and the hidden start of each field."""
    client = Client()
    client.force_login(person)
    address = url(proposal, "section-edit", section.pk)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.based} | dict(form.hidden())
    data["part"] = str(proposal.working_id)
    return lambda **typed: client.post(address, data | typed)


def test_the_page_opens_with_the_text_and_saving_keeps_it(cast, proposal, section):
    save = opened(cast.author, proposal, section)
    response = save(heading="Waarom nu", body="<p>De vraag <b>groeit</b>.</p>", level="2")
    assert response.url == f"{url(proposal, 'proposal-write')}#paragraaf-{section.pk}"
    section.refresh_from_db()
    assert (section.heading, section.level, section.body, section.revision) == (
        "Waarom nu",
        2,
        "<p>De vraag <strong>groeit</strong>.</p>",
        2,
    )


def test_two_people_in_different_fields_are_merged(cast, proposal, section):
    proposals.add_coauthor(proposal, cast.coauthor, by=cast.author)
    mine, theirs = (opened(who, proposal, section) for who in (cast.author, cast.coauthor))
    theirs(heading="Aanleiding en vraag")
    mine(body="<p>Gezinnen wachten veel te lang.</p>")
    section.refresh_from_db()
    assert (section.heading, section.body) == (
        "Aanleiding en vraag",
        "<p>Gezinnen wachten veel te lang.</p>",
    )


def clash(cast, proposal, section):
    proposals.add_coauthor(proposal, cast.coauthor, by=cast.author)
    mine, theirs = (opened(who, proposal, section) for who in (cast.author, cast.coauthor))
    theirs(body="<p>De tekst van de projectleider.</p>")
    return mine, mine(body="<p>De tekst van het team.</p>", heading="Mijn kop")


def test_the_same_field_shows_both_texts_and_keeps_the_losers_text(cast, proposal, section):
    _, response = clash(cast, proposal, section)
    page = response.content.decode()
    (both,) = response.context["form"].clashes()
    assert (both.name, both.mine, both.theirs, both.keep) == (
        "body",
        "De tekst van het team.",
        "De tekst van de projectleider.",
        "",
    )
    assert response.context["form"]["body"].value() == "<p>De tekst van het team.</p>"
    assert "Welke tekst blijft bij ‘Tekst’?" in page
    section.refresh_from_db()
    assert (section.heading, section.body) == (
        "Aanleiding",
        "<p>De tekst van de projectleider.</p>",
    )
    draft = draft_of(cast.author, f"section:{section.pk}")
    assert draft.data["body"] == "<p>De tekst van het team.</p>"
    assert draft.base["body"] == "<p>Gezinnen wachten te lang.</p>"


@pytest.mark.parametrize(
    ("keep", "body"),
    [
        ("mine", "<p>Beide teksten samen.</p>"),
        ("theirs", "<p>De tekst van de projectleider.</p>"),
    ],
)
def test_the_writer_chooses_and_the_rest_of_what_she_typed_is_saved(
    cast, proposal, section, keep, body
):
    mine, response = clash(cast, proposal, section)
    hidden = dict(response.context["form"].hidden())
    mine(**hidden, body="<p>Beide teksten samen.</p>", heading="Mijn kop", **{"keep-body": keep})
    section.refresh_from_db()
    assert (section.heading, section.body) == ("Mijn kop", body)
    assert draft_of(cast.author, f"section:{section.pk}") is None


def test_without_a_choice_nothing_is_saved_and_a_third_text_is_shown(cast, proposal, section):
    mine, response = clash(cast, proposal, section)
    hidden = dict(response.context["form"].hidden())
    opened(cast.coauthor, proposal, section)(body="<p>Weer anders.</p>")
    again = mine(**hidden, body="<p>De tekst van het team.</p>", **{"keep-body": "mine"})
    assert [both.theirs for both in again.context["form"].clashes()] == ["Weer anders."]


def test_what_was_typed_comes_back_with_the_start_it_was_typed_from(
    client, cast, proposal, section
):
    key = f"section:{section.pk}"
    save_draft(
        user=cast.author,
        key=key,
        data={"body": "<p>Half getypt</p>"},
        base={"body": section.body},
        base_revision=1,
        serial=4,
    )
    proposals.add_coauthor(proposal, cast.coauthor, by=cast.author)
    opened(cast.coauthor, proposal, section)(body="<p>Intussen.</p>")
    save = opened(cast.author, proposal, section)
    response = save()
    (both,) = response.context["form"].clashes()
    assert (both.mine, both.theirs) == ("Half getypt", "Intussen.")
    save(forget="1")
    assert draft_of(cast.author, key) is None


def test_a_frozen_version_is_not_changed_by_a_late_save(cast, proposal, section):
    save = opened(cast.author, proposal, section)
    proposals.freeze_version(proposal, by=cast.author)
    save(body="<p>Later getypt.</p>")
    proposal.refresh_from_db()
    section.refresh_from_db()
    assert proposal.working.number == 2
    assert section.body == "<p>Gezinnen wachten te lang.</p>"
    assert proposal.working.sections.get().body == "<p>Later getypt.</p>"


def test_a_section_that_was_taken_away_comes_back_with_what_was_typed(cast, proposal, section):
    save = opened(cast.author, proposal, section)
    texts.remove_part(section, by=cast.author)
    save(body="<p>Toch nodig.</p>")
    assert [s.body for s in Section.objects.all()] == ["<p>Toch nodig.</p>"]


def test_bad_input_names_the_field_and_keeps_the_text(cast, proposal, section):
    response = opened(cast.author, proposal, section)(heading="k" * 201, body="<p>Blijft.</p>")
    form = response.context["form"]
    assert list(form.errors) == ["heading"]
    assert form["body"].value() == "<p>Blijft.</p>"


@pytest.mark.parametrize(
    ("who", "code"), [("author", 200), ("reader", 404), ("stranger", 404), ("admin", 404)]
)
def test_who_opens_a_section_of_a_concept(client, cast, proposal, section, who, code):
    client.force_login(getattr(cast, who))
    assert client.get(url(proposal, "section-edit", section.pk)).status_code == code


def test_a_member_who_got_the_papers_may_read_but_not_write(client, cast):
    stops = (cast.steering, make.ADVISE), (cast.board, make.DECIDE)
    routed = make.routed(cast.author, cast.team, *stops)
    make.on_agenda(routed.steps.first(), cast.author)
    client.force_login(cast.reader)
    response = client.get(url(routed, "section-edit", routed.working.sections.get().pk))
    assert response.status_code == 403
    assert "Alleen het programmateam en medeauteurs schrijven." in response.content.decode()


def test_a_new_section_is_added_at_the_end_and_may_be_kept_as_draft(client, cast, proposal):
    client.force_login(cast.author)
    client.post(
        url(proposal, "section-add"), {"heading": "Kosten", "level": "1", "body": "Geen kosten."}
    )
    assert list(proposal.working.sections.values_list("heading", "body")) == [
        ("Aanleiding", "<p>Gezinnen wachten te lang.</p>"),
        ("Kosten", "<p>Geen kosten.</p>"),
    ]
    assert may_write(cast.author, f"new-section:{proposal.working_id}") is True
    assert may_write(cast.stranger, f"new-section:{proposal.working_id}") is False
