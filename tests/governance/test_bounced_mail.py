"""An address that bounces: who keeps the people of the region sees it, until a mail arrives."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.models import OutboxMail
from core.outbox import UNKNOWN_OUTCOME, bounced
from governance.waiting import jobs_for
from tests import factories
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, 0)


def mail(to, status, error="", hours=0):
    return OutboxMail.objects.create(
        key=f"{to}:{OutboxMail.objects.count()}",
        to=to,
        subject="Agenda",
        text="De agenda staat klaar.",
        status=status,
        error=error,
        created_at=clock.now() + timedelta(hours=hours),
    )


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (("failed", "550 no such user"), True),
        (("failed", UNKNOWN_OUTCOME), False),
        (("sent", ""), False),
        (("waiting", ""), True),  # nothing is known yet, so the failure before it stands
    ],
)
def test_the_last_mail_that_had_an_outcome_counts(last, found):
    mail("a@regio.example", "failed", "550 no such user")
    mail("a@regio.example", *last, hours=1)
    assert ("a@regio.example" in bounced(["A@regio.example"])) is found


def test_the_admin_gets_a_job_and_the_others_do_not(client):
    cast = make_cast()
    mail(cast.alderman.email, "failed", "550 no such user")
    mail(cast.stranger.email, "failed", "550 no such user")
    (job,) = (j for j in jobs_for(cast.admin, [cast.region]) if j.subject[0] == "bounced")
    assert (job.title, job.url) == (
        "Mail aan 1 adres komt terug",
        "/waterland/organisatie/mensen/",
    )
    assert "komt terug" not in str(jobs_for(cast.secretary, [cast.region]))
    client.force_login(cast.admin)
    page = client.get(job.url).content.decode()
    assert page.count("(mail kwam terug)") == 1
    assert f"{cast.alderman.email} (mail kwam terug)" in page


def test_a_mail_that_came_back_later_is_reported_by_the_mail_server(capsys):
    person = factories.user("wethouder")
    with pytest.raises(CommandError, match=f"Aan {person.email} is geen mail verstuurd"):
        call_command("report_bounce", person.email)
    mail(person.email, "sent")
    call_command("report_bounce", person.email, "--reason", "5.1.1 onbekend")
    assert "De regiobeheerder ziet het" in capsys.readouterr().out
    assert bounced([person.email]) != {}
