import pytest
from django.urls import reverse

from governance.models import Proposal


@pytest.fixture
def url(cast):
    return reverse("governance:proposal-new", args=[cast.region.slug])


def test_begin_and_go_on_writing(client, cast, url):
    client.force_login(cast.author)
    response = client.post(
        url,
        {
            "kind": "process",
            "subject": "Meer hulp op school",
            "author_body": cast.team.pk,
            "commissioned_by": cast.board.pk,
        },
    )
    made = Proposal.objects.get()
    assert response.url == reverse("governance:proposal-write", args=[cast.region.slug, 1])
    assert (str(made), made.author_body, made.commissioned_by, made.created_by) == (
        "Meer hulp op school",
        cast.team,
        cast.board,
        cast.author,
    )


def test_without_subject_it_says_so_and_keeps_the_kind(client, cast, url):
    client.force_login(cast.author)
    form = client.post(url, {"kind": "spending", "author_body": cast.team.pk}).context["form"]
    assert list(form.errors) == ["subject"]
    assert form["kind"].value() == "spending"


@pytest.mark.parametrize(("who", "code"), [("secretary", 403), ("admin", 403), ("stranger", 404)])
def test_only_who_writes_in_the_region(client, cast, url, who, code):
    client.force_login(getattr(cast, who))
    assert client.get(url).status_code == code
