"""The world of the proofs of security: built once per module, taken back at its end."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.security.world import make_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        yield make_world()
        transaction.set_rollback(True)
