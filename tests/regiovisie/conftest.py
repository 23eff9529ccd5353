from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases

from regiovisie.demo.build import build
from tests.cast import Cast, make_cast

REAL_DATABASE = str(connection.settings_dict["NAME"])


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The demo, built once for all who only read it, and rolled back afterwards.

    pytest-django makes a test database only when a collected test is marked for it, and these are
    not: a mark would roll back and close the connection after each of them.
    """
    settings = override_settings(
        # Sign-in by e-mail address, as the settings of the portal say.
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_USER_MODEL_USERNAME_FIELD=None,
        DEMO=True,
        MEDIA_ROOT=str(tmp_path_factory.mktemp("media")),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        if str(connection.settings_dict["NAME"]) == REAL_DATABASE:
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
            stack.callback(teardown_databases, made, verbosity=0)
        stack.enter_context(settings)
        with transaction.atomic():
            build()
            yield
            transaction.set_rollback(True)


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()
