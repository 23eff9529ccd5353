import pytest

from governance.models import Region


@pytest.mark.django_db
def test_a_region_is_shown_by_its_name():
    assert str(Region.objects.create(name="Rijnmond", slug="rijnmond")) == "Rijnmond"
