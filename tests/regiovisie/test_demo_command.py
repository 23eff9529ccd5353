"""The command refuses where it could do harm, and says what to do."""

import pytest
from django.core.management import CommandError, call_command

from governance.models import Region
from regiovisie.demo.people import PASSWORD
from tests import factories

pytestmark = pytest.mark.embedded


def test_without_demo_nothing_is_built(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError) as refused:
        call_command("demo")
    assert str(refused.value) == (
        "Dit is geen demo: de demo bestaat alleen met DEMO=1 en de ingebouwde database. "
        "Start die met bin/start, zonder DATABASE_URL."
    )
    assert not Region.objects.exists()


def test_the_demo_never_mixes_with_the_work_of_others(db, settings):
    settings.DEMO = True
    factories.user("iemand die hier werkt")
    with pytest.raises(CommandError) as refused:
        call_command("demo")
    assert str(refused.value) == (
        "De database is niet leeg; de demo begint met een lege. Voor een nieuwe demo: stop het "
        "portaal, verwijder var/regiovisie.sqlite3 en var/media, en start bin/start opnieuw."
    )
    assert not Region.objects.exists()


def test_the_accounts_are_listed_without_building(db, settings, capsys):
    settings.DEMO = True
    call_command("demo", "--accounts")
    shown = capsys.readouterr().out
    assert f"Iedereen heeft het wachtwoord: {PASSWORD}" in shown
    assert not Region.objects.exists()
