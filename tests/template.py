"""A migrated database that test processes copy: a copy takes a moment, migrating does not."""

import hashlib
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.services import ROOT

NAME_LIMIT = 63  # of PostgreSQL, in bytes


def digest() -> str:
    """Changes when a migration changes, of ours or of a package, or what ours call."""
    found = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    called = [*sorted(ROOT.glob("*/exclusion.py")), *sorted(ROOT.glob("*/database.py"))]
    for path in [*sorted(ROOT.glob("*/migrations/*.py")), *called]:
        found.update(path.read_bytes())
    return found.hexdigest()


def of(url: str, environment: dict[str, str]) -> str:
    """The name of the template beside the database of this address, made when it is not up to date.

    What it was made from stands in the comment of the database, so a half-made one is made again.
    """
    parts = urlsplit(url)
    name = parts.path.lstrip("/")[: NAME_LIMIT - len("_template")] + "_template"
    wanted = digest()
    connection = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [name],
            )
            if cursor.fetchone() == (wanted,):
                return name
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                env=environment | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))},
                cwd=ROOT,
                check=True,
            )
            cursor.execute(f'COMMENT ON DATABASE "{name}" IS %s', [wanted])
    finally:
        connection.close()
    return name
