"""The whole demo in one transaction. Mail is off while it builds."""

from django.db import transaction

from accounts.models import User
from core.outbox import mail_paused
from core.refusal import Refusal, require
from governance.models import Region
from regiovisie.demo import (
    baseline,
    current_ijsselland,
    current_rijnmond,
    fund,
    history,
    ijsselland,
    local_rounds,
    rijnmond,
)
from regiovisie.demo.people import People
from regiovisie.demo.walk import Walker


def build() -> None:
    """Build everything. Refuses a database in which somebody already works."""
    require(
        Refusal(
            "De database is niet leeg; de demo begint met een lege. Voor een nieuwe demo: stop het "
            "portaal, verwijder var/regiovisie.sqlite3 en var/media, en start bin/start opnieuw."
        )
        if is_filled()
        else True
    )
    with mail_paused(), transaction.atomic():
        people = People()
        people.make_listed()
        _build_rijnmond(people)
        _build_ijsselland(people)


def _build_rijnmond(people: People) -> None:
    cast = rijnmond.build_region(people)
    walker = Walker(cast, rijnmond.TEAM)
    history.walk_2021(walker)
    walker.finish_past_meetings()
    rijnmond.start_second_term(cast)
    rijnmond.name_leads(cast)
    rijnmond.merge_voorne(cast)
    current_rijnmond.walk(walker)
    local_rounds.ask_councils(walker)
    walker.finish_past_meetings()
    baseline.walk(walker)
    fund.walk_rijnmond(walker)


def _build_ijsselland(people: People) -> None:
    cast = ijsselland.build_region(people)
    walker = Walker(cast, ijsselland.TEAM)
    history.note_2017(walker)
    walker.finish_past_meetings()
    ijsselland.renew_form(cast)
    ijsselland.start_core_group(cast)
    history.plan_2020(walker)
    walker.finish_past_meetings()
    current_ijsselland.walk(walker)
    local_rounds.ask_colleges(walker)
    walker.finish_past_meetings()
    fund.walk_ijsselland(walker)


def is_filled() -> bool:
    """Whether there are people or regions; the demo never mixes with them."""
    return User.objects.exists() or Region.objects.exists()
