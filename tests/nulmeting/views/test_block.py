"""The page of one block: what is typed stays, whatever happens to it."""

import pytest
from django.urls import reverse

from core.drafts import draft_of, save_draft
from nulmeting.domain import filling, rounds, submissions
from nulmeting.models import Answer, BlockAnswer
from tests import baseline

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(submission):
    return submission.round.instrument.items.first().block


def url(submission, name="block", *more):
    asked = submission.round
    args = [asked.region.slug, asked.year, submission.pk, *more]
    return reverse(f"nulmeting:{name}", args=args)


def filled(submission, part, **more):
    """The form as a browser without script sends it, from what stands there now."""
    values, revision = filling.values_of(submission, part)
    start = {f"base-{name}": "" if value is None else str(value) for name, value in values.items()}
    now = {name: "" if value in (None, False) else str(value) for name, value in values.items()}
    now.pop("may_share")
    return {**start, "base-revision": revision, **now, **more}


def first(submission, part):
    item = submission.round.instrument.items.filter(block=part).first()
    return filling.name_of(item)


def test_saving_goes_on_to_the_next_block_and_says_for_whom(client, submission, part, editor):
    client.force_login(editor)
    sent = filled(submission, part, **{first(submission, part): "4"}, naar="volgende")
    page = client.post(url(submission, "block", part.pk), sent, follow=True)
    assert Answer.objects.get().score == 4
    text = page.content.decode()
    assert "is opgeslagen voor Aardam" in text
    assert "U vult in voor Aardam." in text
    assert "Bouwsteen 2" in text.split("<h1")[1].split("</h1>")[0]


def test_after_the_last_block_comes_the_check(client, submission, part, editor):
    client.force_login(editor)
    last = submission.round.instrument.items.last().block
    done = client.post(url(submission, "block", last.pk), filled(submission, last, naar="volgende"))
    assert done.url == url(submission, "check")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("item", "6", "Kies 1 tot en met 5, ‘weet niet’ of ‘niet van toepassing’."),
        ("ambition_year", "volgend jaar", "Vul een jaar in, bijvoorbeeld 2028."),
        ("ambition", "9", "Kies een ambitie van 1 tot en met 5."),
        ("ambition_year", "1999", "Kies een jaar tussen 2000 en 2100."),
        ("explanation", "bsn 111222333", "Haal het weg: dat mag hier nooit."),
        ("support", "Bel jan@example.nl", "Haal het weg, of bevestig"),
    ],
)
def test_what_is_wrong_is_said_and_what_is_right_stays(
    client, submission, part, editor, field, value, sentence
):
    client.force_login(editor)
    name = first(submission, part) if field == "item" else field
    sent = filled(submission, part, shared="Samen met scholen.") | {name: value}
    page = client.post(url(submission, "block", part.pk), sent).content.decode()
    assert sentence in page
    assert "Samen met scholen." in page
    assert not BlockAnswer.objects.exists()


def test_two_at_once_in_one_field_see_both_and_choose(client, submission, part, editor):
    client.force_login(editor)
    mine = filled(submission, part, explanation="Van mij.")
    theirs = filled(submission, part, explanation="Van een collega.")
    client.post(url(submission, "block", part.pk), theirs)
    page = client.post(url(submission, "block", part.pk), mine).content.decode()
    assert "Iemand anders schreef hier ook." in page
    assert "Van mij." in page
    assert "Van een collega." in page
    choice = {**mine, "theirs-explanation": "Van een collega.", "keep-explanation": "mine"}
    client.post(url(submission, "block", part.pk), choice | {"base-revision": "1"})
    assert BlockAnswer.objects.get().explanation == "Van mij."


def test_what_was_typed_before_a_lost_session_comes_back(client, submission, part, editor):
    key = f"nulmeting:{submission.pk}-{part.pk}"
    save_draft(
        user=editor,
        key=key,
        data={first(submission, part): "3", "explanation": "Half af."},
        base={},
        base_revision=0,
        serial=1,
    )
    client.force_login(editor)
    page = client.get(url(submission, "block", part.pk)).content.decode()
    assert "U gaat verder met wat u invulde" in page
    assert "Half af." in page
    assert page.count(" checked") == 1
    client.post(url(submission, "block", part.pk), {"forget": "1"})
    assert draft_of(editor, key) is None


def test_a_round_that_closed_meanwhile_keeps_the_text_in_the_page(
    cast, client, submission, part, editor
):
    client.force_login(editor)
    sent = filled(submission, part, explanation="Te laat getypt.")
    rounds.close_round(submission.round, by=cast.author)
    page = client.post(url(submission, "block", part.pk), sent).content.decode()
    assert "Deze nulmeting is gesloten." in page
    assert "Te laat getypt." in page
    assert not BlockAnswer.objects.exists()


def test_the_script_gets_what_was_saved_and_its_draft_is_gone(client, submission, part, editor):
    client.force_login(editor)
    key = f"nulmeting:{submission.pk}-{part.pk}"
    sent = filled(submission, part, explanation="Na een minuut stilte.")
    save_draft(
        user=editor,
        key=key,
        data={"explanation": "Na een minuut stilte."},
        base={},
        base_revision=0,
        serial=1,
    )
    told = client.post(
        url(submission, "block", part.pk), sent, headers={"accept": "application/json"}
    ).json()
    assert (told["revision"], told["errors"], told["clashes"]) == (1, [], [])
    assert told["saved"]["explanation"] == "Na een minuut stilte."
    assert draft_of(editor, key) is None


def test_last_time_stands_beside_it_and_is_kept_on_purpose(cast, client, submission, editor):
    baseline.approved(submission, editor, baseline.approver(submission.municipality), score=4)
    rounds.close_round(submission.round, by=cast.author)
    asked = baseline.opened(
        cast,
        submission.round.instrument,
        year=submission.round.year + 1,
        compared_with=submission.round,
    )
    now = baseline.of(asked, "Aardam")
    part = asked.instrument.items.first().block
    client.force_login(editor)
    page = client.get(url(now, "block", part.pk)).content.decode()
    assert f"Vorige ronde ({submission.round.year})" in page
    assert "Geldt nog: 4" in page
    assert page.count("rv-scale__choice--last") == 2  # the 4 of both questions
    assert " checked" not in page
    client.post(url(now, "block", part.pk), filled(now, part, **{first(now, part): "kept"}))
    answer = Answer.objects.get(block__submission=now)
    assert (answer.score, answer.kept) == (4, True)


def test_before_what_was_handed_in_or_approved_changes_the_page_says_so(
    client, submission, part, editor, approver
):
    client.force_login(editor)
    address = url(submission, "block", part.pk)
    assert "Dit is ingediend." not in client.get(address).content.decode()
    baseline.submitted(submission, editor)
    assert "Dit is ingediend. Wijzigt u" in client.get(address).content.decode()
    check = client.get(url(submission, "check")).content.decode()
    assert "Dit is ingediend. Wijzigt u" in check
    assert "Neem terug" in check
    submissions.take_back(submission, by=editor)
    baseline.approved(submission, editor, approver)
    assert "Dit is vastgesteld. Wijzigt u" in client.get(address).content.decode()
    assert "Neem terug" not in client.get(url(submission, "check")).content.decode()


def test_another_municipality_is_not_there(client, submission, part, editor):
    client.force_login(editor)
    other = baseline.of(submission.round, "Beekzicht")
    for name, more in (("submission", []), ("block", [part.pk]), ("check", []), ("answers", [])):
        assert client.get(url(other, name, *more)).status_code == 404


def test_an_approver_reads_and_does_not_fill_in(client, submission, part, approver):
    client.force_login(approver)
    page = client.get(url(submission, "block", part.pk))
    assert page.url.startswith(url(submission, "answers"))
    assert client.post(url(submission, "block", part.pk), {}).status_code == 302
    assert client.get(url(submission, "check")).status_code == 403


@pytest.mark.parametrize("blocks", [1, 3])
def test_a_block_costs_the_same_with_few_and_with_many(
    cast, client, blocks, django_assert_num_queries
):
    asked = baseline.opened(cast, baseline.fixed(cast, blocks=blocks))
    submission = baseline.of(asked, "Aardam")
    person = baseline.editor(submission.municipality)
    baseline.fill(submission, person)
    client.force_login(person)
    part = asked.instrument.items.first().block
    client.get(url(submission, "block", part.pk))
    with django_assert_num_queries(31):
        client.get(url(submission, "block", part.pk))
