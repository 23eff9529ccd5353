"""The rules of a body in words: for its admin, and beside a vote."""

from governance.enums import Quorum, TieRule
from governance.models import RuleSet

BY_LAW = [
    "meer dan de helft van de leden moet er zijn (Gemeentewet 20)",
    "een stemming is geldig als meer dan de helft meestemt van wie zich niet moet onthouden (29)",
    "meer dan de helft van de stemmen beslist (30)",
    "over personen wordt geheim gestemd (31)",
    "vraagt niemand een stemming, dan is een voorstel aangenomen (32)",
    "staken de stemmen, dan wacht het punt op de volgende vergadering (32)",
]
OWN = {
    "second_meeting": "een tweede vergadering heeft geen quorum nodig",
    "roll_call": "hoofdelijk stemmen kan",
    "secret": "over personen wordt geheim gestemd",
    "abstaining": "een lid mag zich onthouden",
    "proxies": "een lid kan een volmacht geven",
    "written_round": "een schriftelijke ronde kan",
}
BOTH = {
    "weighted": "stemmen wegen naar de zetel",
    "deputies": "plaatsvervangers tellen mee",
    "urgent_route": "een spoedroute kan",
}


def rules_of(rules: RuleSet) -> list[str]:
    """Every rule that holds, one short line each, with the article where the law says it."""
    lines = list(BY_LAW) if rules.by_law else _own(rules)
    return lines + [text for name, text in BOTH.items() if getattr(rules, name)]


def _own(rules: RuleSet) -> list[str]:
    quorum = rules.quorum == Quorum.MORE_THAN_HALF
    lines = ["meer dan de helft van de leden moet er zijn" if quorum else "er is geen quorum"]
    lines.append(
        "de meeste stemmen beslissen" if rules.allows_count else "er wordt niet gestemd: allen eens"
    )
    if rules.allows_count and rules.tie != TieRule.EACH_TIME:
        lines.append(f"staken de stemmen, dan {rules.get_tie_display()}")
    return lines + [text for name, text in OWN.items() if getattr(rules, name)]


def rules_in_words(rules: RuleSet) -> str:
    """One sentence for a table: what the law fixes stands there as such."""
    if rules.by_law:
        extra = [text for name, text in BOTH.items() if getattr(rules, name)]
        return "; ".join(["ligt vast in de wet", *extra]).capitalize() + "."
    return "; ".join(rules_of(rules)).capitalize() + "."
