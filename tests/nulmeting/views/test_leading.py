"""The pages with which the team leads a round, from preparing to publishing."""

from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.formats import long_date
from core.models import OutboxMail
from nulmeting.domain import instruments, rounds
from nulmeting.models import Round, Submission
from tests import baseline
from tests import factories as make
from tests.sent import opened

pytestmark = pytest.mark.django_db
YEAR = clock.today().year


def day(away):
    return clock.today() + timedelta(days=away)


def sent(instrument, **more):
    return {
        "year": YEAR,
        "instrument": instrument.pk,
        "opens_on": long_date(day(0)),
        "closes_on": long_date(day(60)),
        "guidance": "Samen invullen.",
    } | more


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_a_round_is_prepared_and_changed(team, cast, url):
    instrument = baseline.fixed(cast)
    assert team.get(url("round-new")).context["form"].initial["instrument"] == instrument
    assert team.post(url("round-new"), sent(instrument)).url == url("round-detail", YEAR)
    asked = Round.objects.get()
    assert (asked.state, asked.guidance) == ("draft", "Samen invullen.")
    start = opened(team.get(url("round-edit", YEAR)))
    team.post(url("round-edit", YEAR), start | {"closes_on": long_date(day(30))})
    asked.refresh_from_db()
    assert asked.closes_on == day(30)
    page = team.post(url("round-new"), sent(instrument, year="22", closes_on=long_date(day(-1))))
    assert errors(page) == {"year": ["Kies een jaar tussen 2000 en 2100."]}
    page = team.post(url("round-new"), sent(instrument, closes_on=long_date(day(-1))))
    assert set(errors(page)) == {"year", "closes_on"}


def test_without_questions_there_is_no_round_to_prepare(team, url):
    page = team.get(url("round-new"), follow=True)
    assert page.redirect_chain[0][0] == url("instrument-list")
    assert "Maak eerst een vragenlijst." in page.content.decode()


def test_a_round_is_compared_with_one_before_it(team, cast, url):
    instrument = baseline.fixed(cast)
    before = baseline.opened(cast, instrument, year=YEAR - 1)
    page = team.post(url("round-new"), sent(instrument, compared_with=before.pk, year=YEAR - 2))
    assert errors(page)["compared_with"] == ["Vergelijk met een eerdere ronde van deze regio."]
    team.post(url("round-new"), sent(instrument, compared_with=before.pk))
    assert Round.objects.get(year=YEAR).compared_with == before


def test_opening_says_who_is_invited_and_does_it(team, cast, url):
    editor = baseline.editor(cast.municipality)
    baseline.prepared(cast)
    page = team.get(url("round-open", YEAR))
    html = page.content.decode()
    assert "3 gemeenten krijgen een uitnodiging: 1 persoon" in html
    assert "Nog zonder contactpersoon en invuller: Beekzicht, Cotten." in html
    team.post(url("round-open", YEAR))
    assert Submission.objects.count() == 3
    assert [mail.to for mail in OutboxMail.objects.all()] == [editor.email]


def test_with_questions_that_are_not_fixed_it_does_not_open(team, cast, url):
    instrument = baseline.drafted(cast)
    baseline.prepared(cast, instrument)
    page = team.get(url("round-open", YEAR), follow=True)
    assert "Stel eerst de vragenlijst vast" in page.content.decode()
    assert page.context["now"].not_yet[0].label == "Openen"
    team.post(url("round-open", YEAR))
    assert Round.objects.get().state == "draft"
    instruments.fix_instrument(instrument, by=cast.author)
    assert team.get(url("round-detail", YEAR)).context["now"].primary.label == "Ronde openen"


def test_while_it_runs_only_the_last_day_and_the_explanation_change(team, cast, url):
    asked = baseline.opened(cast)
    other = instruments.fix_instrument(
        instruments.draw_next(asked.instrument, by=cast.author), by=cast.author
    )
    start = opened(team.get(url("round-edit", YEAR)))
    changed = sent(other, year=YEAR + 5, closes_on=long_date(day(90)))
    team.post(url("round-edit", YEAR), start | changed)
    asked.refresh_from_db()
    assert (asked.year, asked.instrument.version, asked.closes_on) == (YEAR, 1, day(90))
    start = opened(team.get(url("round-edit", YEAR)))
    page = team.post(url("round-edit", YEAR), start | {"closes_on": long_date(day(-3))})
    assert "closes_on" in errors(page)


def test_reminding_from_the_page(team, cast, url):
    baseline.opened(cast, closes_on=day(15))
    baseline.editor(cast.municipality)
    now = team.get(url("round-detail", YEAR)).context["now"]
    assert now.what == "Herinner Aardam, Beekzicht en Cotten"
    page = team.post(url("round-remind", YEAR), follow=True)
    assert "Herinnering gestuurd aan 3 gemeenten." in page.content.decode()
    assert page.context["now"].primary is None
    page = team.post(url("round-remind", YEAR), follow=True)
    assert "Vandaag ging er al een herinnering uit" in page.content.decode()


def test_a_municipality_that_joined_is_added(team, cast, url):
    baseline.opened(cast)
    assert all(act.label != "Gemeente toevoegen" for act in _now(team, url).others)
    home = make.municipality("Dorpen", in_region=cast.region)
    assert any(act.label == "Gemeente toevoegen" for act in _now(team, url).others)
    page = team.post(url("round-join", YEAR), {"municipality": cast.municipality.pk})
    assert "municipality" in errors(page)
    team.post(url("round-join", YEAR), {"municipality": home.pk})
    assert Submission.objects.filter(municipality=home).exists()


def _now(team, url):
    return team.get(url("round-detail", YEAR)).context["now"]


def test_closing_reopening_and_publishing(team, cast, url, submission, editor, approver):
    baseline.approved(submission, editor, approver)
    page = team.get(url("round-close", YEAR))
    assert "Nog niet vastgesteld: Beekzicht, Cotten." in page.content.decode()
    team.post(url("round-close", YEAR))
    other = baseline.of(submission.round, "Beekzicht")
    data = {"submission": other.pk, "until": long_date(day(5)), "why": "Ziekte."}
    page = team.post(url("round-reopen", YEAR), data | {"until": long_date(day(-1)), "why": ""})
    assert set(errors(page)) == {"why"}
    page = team.post(url("round-reopen", YEAR), data | {"until": long_date(day(-1))})
    assert errors(page) == {"until": ["Kies vandaag of een latere dag."]}
    team.post(url("round-reopen", YEAR), data)
    other.refresh_from_db()
    assert other.reopened_until == day(5)
    html = team.get(url("round-publish", YEAR)).content.decode()
    assert "van 1 van 3 gemeenten de scores" in html
    assert "Niet in de uitkomsten: Beekzicht, Cotten." in html
    team.post(url("round-publish", YEAR))
    assert Round.objects.get().state == "published"
    assert _now(team, url).primary is None


def test_what_nobody_approved_is_not_published(team, cast, url):
    rounds.close_round(baseline.opened(cast), by=cast.author)
    assert _now(team, url).not_yet[0].label == "Publiceren"
    assert team.get(url("round-publish", YEAR)).url == url("round-detail", YEAR)
    team.post(url("round-publish", YEAR))
    assert Round.objects.get().state == "closed"


def test_a_closed_round_opens_again_with_a_day_and_a_reason(team, cast, url):
    rounds.close_round(baseline.opened(cast), by=cast.author)
    page = team.post(url("round-open-again", YEAR), {"closes_on": "gisteren", "why": ""})
    assert set(errors(page)) == {"closes_on", "why"}
    team.post(
        url("round-open-again", YEAR), {"closes_on": long_date(day(20)), "why": "Op verzoek."}
    )
    assert (Round.objects.get().state, Round.objects.get().closes_on) == ("open", day(20))


PAGES = ["edit", "open", "close", "open-again", "publish", "remind", "join", "reopen"]


def test_each_page_is_there_in_its_own_state_only(team, cast, url):
    baseline.prepared(cast)
    codes = {name: team.get(url(f"round-{name}", YEAR)).status_code for name in PAGES}
    assert {name for name, code in codes.items() if code == 200} == {"edit", "open"}
    assert set(codes.values()) == {200, 404}


def test_only_the_team_leads(cast, url, submission, editor):
    for person, code in ((editor, 403), (cast.admin, 404), (cast.stranger, 404)):
        browser = Client()
        browser.force_login(person)
        for name in PAGES:
            for answer in (
                browser.get(url(f"round-{name}", YEAR)),
                browser.post(url(f"round-{name}", YEAR), {}),
            ):
                assert answer.status_code == code, (person, name)
        assert browser.get(url("round-new")).status_code == (
            404 if person == cast.stranger else 403
        )
    assert Round.objects.get().state == "open"


def test_from_the_page_of_a_municipality_it_is_reopened_in_one_step(team, cast, url, submission):
    def acts():
        now = team.get(url("submission", YEAR, submission.pk)).context["now"]
        return {act.label: act.url for act in now.others}

    assert "Heropenen" not in acts()
    rounds.close_round(submission.round, by=cast.author)
    form = team.get(acts()["Heropenen"]).context["form"]
    assert form.initial == {"submission": submission.pk}
    data = {"submission": submission.pk, "until": long_date(day(5)), "why": "Ziekte."}
    team.post(url("round-reopen", YEAR), data)
    assert "Heropenen" not in acts()
