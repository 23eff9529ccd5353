import pytest
from django.urls import reverse

from core import clock
from governance.enums import MeetingState
from tests import factories as make


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.board, -1)


def url(meeting, name="meeting-attendance"):
    return reverse(f"governance:{name}", args=[meeting.body.region.slug, meeting.pk])


def test_the_secretary_ticks_who_was_there(client, cast, meeting):
    client.force_login(cast.secretary)
    response = client.get(url(meeting))
    assert response.context["lead"] == "Voor besluiten zijn 2 van de 3 leden nodig."
    labels = [label for _, label in response.context["form"].fields["present"].choices]
    assert labels[0] == "wethouder Aardam"
    assert labels[1].startswith("Beekzicht, functie")

    present = [member.pk for member in cast.board_members[:2]]
    response = client.post(url(meeting), {"present": present})

    assert response.url == url(meeting, "meeting-detail")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    rows = meeting.attendances.filter(present=True).values_list("membership", flat=True)
    assert sorted(rows) == sorted(present)
    assert meeting.attendances.count() == 3


def test_without_a_quorum_it_says_so(client, cast, meeting):
    rules = cast.board.rules
    rules.basis, rules.quorum = "own", "none"
    rules.save()
    client.force_login(cast.secretary)
    lead = client.get(url(meeting)).context["lead"]
    assert lead == "Dit overleg kent geen quorum: het besluit met wie er zijn."
    assert "Een quorum is er niet." in client.get(url(meeting, "meeting-detail")).content.decode()


def test_nobody_present_is_an_answer_too(client, cast, meeting):
    client.force_login(cast.secretary)
    client.post(url(meeting))
    assert list(meeting.attendances.values_list("present", flat=True)) == [False] * 3


def test_the_ticks_come_back_for_correcting(client, cast, meeting):
    client.force_login(cast.secretary)
    client.post(url(meeting), {"present": [cast.board_members[0].pk]})
    form = client.get(url(meeting)).context["form"]
    assert form.initial["present"] == [cast.board_members[0].pk]


def test_somebody_without_a_vote_cannot_be_ticked(client, cast, meeting):
    client.force_login(cast.secretary)
    secretary = cast.board.memberships.get(user=cast.secretary)
    response = client.post(url(meeting), {"present": [secretary.pk]})
    assert list(response.context["form"].errors) == ["present"]
    assert not meeting.attendances.exists()


def test_not_before_it_begins_and_not_after_a_decision(client, cast):
    proposal = make.routed(cast.author, cast.team, (cast.board, make.DECIDE))
    step = make.on_agenda(proposal.steps.get(), cast.author)
    client.force_login(cast.secretary)
    response = client.get(url(step.meeting), follow=True)
    assert [str(m) for m in response.context["messages"]] == [
        "De vergadering is nog niet begonnen."
    ]
    make.decided(step, cast.secretary)
    with clock.at(step.meeting.starts_at):
        response = client.post(url(step.meeting), {"present": []}, follow=True)
    assert [str(m) for m in response.context["messages"]] == [
        "Er is in deze vergadering al besloten; de aanwezigheid ligt daarmee vast."
    ]
    assert step.meeting.attendances.filter(present=True).count() == 3
    item = reverse(
        "governance:minutes-item",
        args=[cast.region.slug, step.meeting.pk, step.meeting.items.get().pk],
    )
    assert url(step.meeting) not in client.get(item).content.decode()


@pytest.mark.parametrize(
    ("who", "code"), [("alderman", 403), ("author", 403), ("official", 404), ("stranger", 404)]
)
def test_only_the_secretary_marks(client, cast, meeting, who, code):
    client.force_login(getattr(cast, who))
    assert client.post(url(meeting), {"present": []}).status_code == code
    assert not meeting.attendances.exists()
