"""How a region calls the parts of its vision: `Region.block_label` is one word, in the singular."""

from governance.models import Region

# Dutch makes a plural in too many ways to guess; for any other word there is a neutral one.
PLURALS = {
    "bouwsteen": "bouwstenen",
    "onderdeel": "onderdelen",
    "opgave": "opgaven",
    "pijler": "pijlers",
    "speerpunt": "speerpunten",
    "thema": "thema's",
}
NEUTRAL = "onderdelen van de regiovisie"


def blocks_of_region(region: Region) -> str:
    """'bouwstenen', 'thema's', or 'onderdelen van de regiovisie'."""
    return PLURALS.get(region.block_label.strip().lower(), NEUTRAL)
