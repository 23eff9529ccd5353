"""The names under which documents may know the bodies of a region."""

from core.formats import sort_key
from governance.models import Body, BodyAlias, Region


def aliases_of(region: Region) -> dict[str, str]:
    """Normalised name to slug: aliases, slugs, short and full names; a full name wins."""
    names = {
        alias.normalised: alias.body.slug
        for alias in BodyAlias.objects.filter(region=region).select_related("body")
    }
    bodies = list(Body.objects.filter(region=region))
    for attribute in ("slug", "short_name", "name"):
        names |= {sort_key(getattr(body, attribute)): body.slug for body in bodies}
    names.pop("", None)
    return names
