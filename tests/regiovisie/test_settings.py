"""A wrong value stops the start with a sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgres://x@127.0.0.1/x",
    "ALLOWED_HOSTS": "regiovisie.example",
}


def start(**variables):
    """Load the settings in a process of their own that sees nothing but these variables."""
    # A developer's own .env stays out of it.
    code = (
        "import os, environs; environs.Env.read_env = lambda *a, **k: True;"
        "import regiovisie.settings as s; print(s.PRODUCTION)"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_good_settings_start():
    done = start(**GOOD)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "ja", "kies true of false."),
        ("HTTPS", "", "kies true of false."),
        ("EMAIL_PORT", "vijf", "vul een heel getal in."),
        ("MAX_UPLOAD_MB", "0", "vul een getal van 1 of hoger in."),
        ("TRUSTED_PROXY_COUNT", "-1", "vul een getal van 0 of hoger in."),
        ("LOG_LEVEL", "veel", "kies uit DEBUG, INFO, WARNING, ERROR, CRITICAL."),
        ("LOG_FORMAT", "xml", "kies uit text, json."),
        ("SECURITY_TXT_EXPIRES", "31-12-2027", "vul een datum in als 2027-01-31."),
        ("REDIS_URL", "localhost:6379", "moet beginnen met redis:// of rediss:// of unix://."),
        ("SITE_URL", "regiovisie.example", "moet beginnen met http:// of https://."),
        (
            "DATABASE_URL",
            "geheim",
            "vul een adres in als postgres://naam:wachtwoord@server:5432/naam.",
        ),
        ("SECRET_KEY", "kort", "vul een willekeurige tekst van minstens 40 tekens in."),
        ("ALLOWED_HOSTS", "*", "noem de namen van de site; * laat alles door."),
        ("HTTPS", "true", "moet met https:// beginnen als HTTPS aan staat."),
        ("DOCUMENT_LEASE_SECONDS", "60", "moet hoger zijn dan DOCUMENT_TIME_LIMIT."),
        (
            "DEMO",
            "true",
            "hoort alleen bij de ingebouwde database; haal DEMO of DATABASE_URL weg.",
        ),
    ],
)
def test_a_wrong_value_is_named(name, value, sentence):
    done = start(**GOOD | {name: value})
    shown = "SITE_URL" if sentence.startswith("moet met https") else name
    assert done.returncode == 1
    assert done.stderr == (
        f"Regiovisie start niet, want de instellingen kloppen niet:\n  - {shown}: {sentence}\n"
    )


def test_all_mistakes_are_told_at_once():
    done = start(**GOOD | {"DEBUG": "ja", "EMAIL_PORT": "x"})
    assert done.stderr.splitlines()[1:] == [
        "  - DEBUG: kies true of false.",
        "  - EMAIL_PORT: vul een heel getal in.",
    ]


def test_without_database_production_does_not_fall_back_on_sqlite():
    done = start(SECRET_KEY="k" * 50)
    assert done.returncode == 1
    assert done.stderr.splitlines()[1].startswith("  - DATABASE_URL: ontbreekt.")


def test_a_secret_is_never_repeated():
    done = start(**GOOD | {"DATABASE_URL": "postgres//x:wachtwoord@y", "SECRET_KEY": "z9"})
    assert "x:wachtwoord" not in done.stderr
    assert "z9" not in done.stderr


def test_the_demo_needs_only_its_own_switch():
    done = start(DEMO="1")
    assert (done.returncode, done.stdout) == (0, "False\n")
