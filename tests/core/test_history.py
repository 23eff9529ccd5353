from datetime import UTC, datetime

import pytest

from accounts.models import User
from core import clock

pytestmark = pytest.mark.django_db


def test_a_history_row_carries_the_time_of_the_clock():
    with clock.at(datetime(2021, 6, 14, 9, 0)):
        user = User.objects.create_user("secretaris@voorbeeld.nl")
    with clock.at(datetime(2021, 6, 24, 9, 0)):
        user.office = "secretaris"
        user.save()
    assert list(user.history.values_list("history_date", "office")) == [
        (datetime(2021, 6, 24, 7, 0, tzinfo=UTC), "secretaris"),
        (datetime(2021, 6, 14, 7, 0, tzinfo=UTC), ""),
    ]


def test_a_history_date_given_on_purpose_stays():
    user = User(email="lid@voorbeeld.nl")
    user._history_date = datetime(2017, 1, 1, tzinfo=UTC)
    user.save()
    assert user.history.get().history_date == datetime(2017, 1, 1, tzinfo=UTC)
