"""What waits for who keeps the organisation of a region: returned mail and what is missing."""

from collections.abc import Iterator

from django.urls import reverse

from core.outbox import bounced
from governance.attention import attention_points
from governance.domain.people import people_of
from governance.models import Region
from governance.standing import Standing
from governance.waiting_job import Job


def jobs_of_admin(standing: Standing, slugs: dict[int, str]) -> Iterator[Job]:
    """One job for each of both and each region that this person keeps; none for anybody else."""
    for region_id in sorted(standing.admin_regions & slugs.keys()):
        region = Region(pk=region_id, slug=slugs[region_id])
        yield from _returned_mail(region)
        yield from _attention(region)


def _returned_mail(region: Region) -> Iterator[Job]:
    """Addresses to which mail cannot be delivered."""
    people = people_of(region).filter(is_active=True)
    returned = bounced(people.values_list("email", flat=True))
    if returned:
        many = "1 adres" if len(returned) == 1 else f"{len(returned)} adressen"
        yield Job(
            region.pk,
            f"Mail aan {many} komt terug",
            reverse("governance:organisation-people", args=[region.slug]),
            note="Vraag na of het adres klopt en nodig zo nodig opnieuw uit.",
            subject=("bounced", region.pk),
        )


def _attention(region: Region) -> Iterator[Job]:
    """What the page of the organisation lists: the first thing named, the rest counted."""
    points = attention_points(region)
    if not points:
        return
    more = len(points) - 1
    rest = f" En nog {more} {'punt' if more == 1 else 'punten'}." if more else ""
    yield Job(
        region.pk,
        "Werk de organisatie van de regio bij",
        reverse("governance:organisation", args=[region.slug]),
        note=f"{points[0].what}.{rest}",
        due=points[0].due,
        subject=("attention", region.pk),
    )
