import pytest
from django.urls import reverse

from core import clock
from core.documents import document_of
from governance.documents import MEMO
from governance.domain import decisions, secrecy
from governance.enums import DecisionState
from governance.models import ReadingLog
from governance.presenting import Act
from tests import factories as make


def made(cast, outcome="adopted", days=7):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    at = make.meeting(cast.board, days)
    return make.decided(
        make.on_agenda(proposal.steps.get(), cast.author, at=at), cast.secretary, outcome
    )


def url(decision, name="decision-detail"):
    return reverse(f"governance:{name}", args=[decision.region.slug, decision.number])


def page(client, person, decision):
    client.force_login(person)
    return client.get(url(decision))


def final(cast, decision, *, published=False):
    decisions.finalise_decision(decision, by=cast.secretary)
    if published:
        decisions.publish_decision(decision, by=cast.secretary)
    decision.refresh_from_db()
    return decision


@pytest.mark.parametrize(
    ("who", "recorded", "published"),
    [
        ("secretary", 200, 200),
        ("alderman", 200, 200),
        ("adviser", 200, 200),
        ("author", 200, 200),
        ("official", 404, 200),
        ("provider", 404, 200),
        ("admin", 404, 200),
        ("stranger", 404, 404),
    ],
)
def test_who_reads_a_decision(client, cast, who, recorded, published):
    decision = made(cast)
    assert page(client, getattr(cast, who), decision).status_code == recorded
    final(cast, decision, published=True)
    assert page(client, getattr(cast, who), decision).status_code == published


def test_the_box_shows_the_text_that_holds_and_what_was_asked(client, cast):
    response = page(client, cast.alderman, made(cast, "amended"))
    one, two = response.context["points"]
    assert (one.number, one.text, one.asked) == (1, "Anders.", "Het plan vast te stellen.")
    assert (two.outcome, two.how) == ("Gewijzigd aangenomen", "zonder stemming")
    assert [fact.value for fact in response.context["facts"]][2] == "3 van de 3 leden"
    assert response.context["now"] is None


@pytest.mark.parametrize("number", ["2021", "x-1", "2021-", "2021-99999999999999999999", "1-1"])
def test_a_number_that_is_no_decision_is_not_found(client, cast, number):
    client.force_login(cast.author)
    address = reverse("governance:decision-detail", args=[cast.region.slug, number])
    assert client.get(address).status_code == 404


def test_the_secretary_makes_it_final_and_then_public(client, cast):
    decision = made(cast)
    now = page(client, cast.secretary, decision).context["now"]
    assert now.primary == Act("Definitief maken", url(decision, "decision-finalise"))
    assert "definitief maken?" in client.get(now.primary.url).content.decode()
    assert client.post(now.primary.url).url == url(decision)
    decision.refresh_from_db()
    assert decision.state == DecisionState.FINAL
    response = page(client, cast.secretary, decision)
    assert response.context["document"] == document_of(MEMO, decision)
    assert not response.context["can_make_memo"]
    client.post(response.context["now"].primary.url)
    decision.refresh_from_db()
    assert decision.state == DecisionState.PUBLISHED
    page(client, cast.secretary, decision)
    again = client.post(url(decision, "decision-publish"), follow=True)
    assert [str(m) for m in again.context["messages"]] == [
        "Publiceren kan niet: de stand is 'gepubliceerd'."
    ]


def test_the_memo_waits_for_a_final_decision(client, cast):
    decision = made(cast)
    client.force_login(cast.secretary)
    client.post(url(decision, "decision-memo"))
    assert document_of(MEMO, decision) is None
    final(cast, decision)
    document = document_of(MEMO, decision)
    document.delete()
    assert page(client, cast.secretary, decision).context["can_make_memo"]
    client.post(url(decision, "decision-memo"))
    assert document_of(MEMO, decision) is not None


@pytest.mark.parametrize(
    "act", ["decision-finalise", "decision-publish", "decision-replace", "decision-memo"]
)
@pytest.mark.parametrize(("who", "code"), [("alderman", 403), ("author", 403), ("official", 404)])
def test_the_acts_are_for_the_secretary(client, cast, act, who, code):
    decision = made(cast)
    client.force_login(getattr(cast, who))
    assert client.post(url(decision, act)).status_code == code
    decision.refresh_from_db()
    assert decision.state == DecisionState.RECORDED


def test_a_later_decision_replaces_an_earlier_one(client, cast):
    old, new = final(cast, made(cast)), final(cast, made(cast, days=9))
    made(cast, days=10)  # not final, so no choice
    client.force_login(cast.secretary)
    form = client.get(url(old, "decision-replace")).context["form"]
    assert list(form.fields["replaced_by"].queryset) == [new]
    client.post(url(old, "decision-replace"), {"replaced_by": new.pk})
    response = page(client, cast.alderman, old)
    assert response.context["replaced_by"] == new
    assert list(page(client, cast.alderman, new).context["replaces"]) == [old]
    refused = client.post(url(old, "decision-replace"), {"replaced_by": new.pk})
    assert refused.status_code == 403  # the alderman


def test_a_secret_decision_is_not_there_outside_the_circle_and_reading_is_logged(client, cast):
    decision = final(cast, made(cast))
    secrecy.impose_secrecy(
        decision,
        body=cast.board,
        ground="Onderhandeling.",
        imposed_on=clock.today(),
        circle_bodies=[],
        circle_people=[cast.secretary],
        by=cast.secretary,
    )
    assert page(client, cast.alderman, decision).status_code == 404
    of_proposal = reverse(
        "governance:proposal-detail", args=[cast.region.slug, decision.proposal.number]
    )
    assert list(client.get(of_proposal).context["decisions"]) == []
    assert not ReadingLog.objects.exists()
    response = page(client, cast.secretary, decision)
    assert "Onderhandeling." in response.content.decode()
    assert [log.what for log in ReadingLog.objects.all()] == [f"besluit {decision.number}"]
    assert response.context["now"].not_yet[0].label == "Publiceren"


def test_an_example_says_so(client, cast):
    decision = made(cast)
    assert "Voorbeeld." not in page(client, cast.alderman, decision).content.decode()
    decision.example = True
    decision.save()
    assert "Voorbeeld." in page(client, cast.alderman, decision).content.decode()
