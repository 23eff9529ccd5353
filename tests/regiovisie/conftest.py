from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from regiovisie.demo.build import build


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The demo, built once for all who only read it, and rolled back afterwards."""
    # Sign-in by e-mail address, as the settings of the portal say.
    settings = override_settings(
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_USER_MODEL_USERNAME_FIELD=None,
        DEMO=True,
        MEDIA_ROOT=str(tmp_path_factory.mktemp("media")),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with settings, django_db_blocker.unblock(), transaction.atomic():
        build()
        yield
        transaction.set_rollback(True)
