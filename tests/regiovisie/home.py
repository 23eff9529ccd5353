"""What the tests of the home pages share: a fixed day, and the page as its reader sees it."""

from datetime import datetime

from django.urls import reverse

MONDAY = datetime(2026, 11, 2, 8, 0)  # before the meetings of the day begin


def page(client, person, region):
    client.force_login(person)
    return client.get(reverse("home-region", args=[region.slug]))


def tasks(client, person, region):
    """Day, how far away, and what: as the list shows it."""
    rows = page(client, person, region).context["tasks"]
    return [(task.due, task.due_note, task.title) for task in rows]


def papers(client, person, region):
    """Per coming meeting its body and, per paper, purpose, title and note."""
    return [
        (row.head, [(item.due, item.title, item.note) for item in row.items])
        for row in page(client, person, region).context["agendas"]
    ]
