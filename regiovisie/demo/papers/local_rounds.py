"""Invented papers, and what municipalities say to them, for the questions that run today."""

from governance.enums import LocalOutcome, ProposalKind
from regiovisie.demo.papers import Paper

SCHOOL = Paper(
    kind=ProposalKind.POLICY,
    subject="Hulp op school: één jeugdwerker per wijk",
    summary="Kinderen en ouders vinden op elke school iemand die meekijkt en kort kan helpen.",
    commissioned_by="ab",
    points=(
        "In elke wijk één jeugdwerker aan de scholen te verbinden.",
        "De eerste twee jaar te betalen uit het regionale budget.",
    ),
    sections=(
        (
            "Aanleiding",
            "Scholen zien vaak als eerste dat het niet goed gaat. Zij weten niet altijd wie zij "
            "kunnen bellen.",
        ),
        ("Voorstel", "Een vaste jeugdwerker is elke week op school en helpt kort en licht."),
        ("Gevolgen voor gemeenten", "Na twee jaar betaalt elke gemeente de jeugdwerker zelf."),
    ),
    blocks=(6,),
)
SCHOOL_QUESTION = (
    "Wat vindt uw raad van één jeugdwerker per wijk, en van betaling door de gemeente na twee jaar?"
)
# Who reported: outcome, and what was said.
SCHOOL_VIEWS = {
    "rotterdam": (
        LocalOutcome.REMARKS,
        "De raad steunt het plan en vraagt om ruimte: wijken verschillen sterk in grootte.",
    ),
    "capelle": (LocalOutcome.POSITIVE, ""),
    "maassluis": (
        LocalOutcome.NEGATIVE,
        "De raad wil vooraf weten wat het na twee jaar kost. Nu is dat niet bekend.",
    ),
    "vlaardingen": (LocalOutcome.NONE, ""),
    "nissewaard": (LocalOutcome.POSITIVE, ""),
}
SCHOOL_ANSWERS = {
    "rotterdam": (
        "partly",
        "Een grote wijk kan twee jeugdwerkers krijgen. Een eigen indeling per gemeente wordt het "
        "niet: dan is niet meer te vergelijken wat werkt.",
    )
}

NEIGHBOURHOOD = Paper(
    kind=ProposalKind.POLICY,
    subject="Steungezinnen in elke gemeente",
    summary="Gezinnen die het zwaar hebben, krijgen een ander gezin uit de buurt naast zich.",
    commissioned_by="pho",
    points=(
        "Dat elke gemeente steungezinnen werft en begeleidt.",
        "Dat de regio de scholing van steungezinnen regelt.",
    ),
    sections=(
        (
            "Aanleiding",
            "Een kind dat soms ergens anders kan eten of slapen, redt het vaker thuis.",
        ),
        ("Voorstel", "Elke gemeente zoekt steungezinnen. De regio leidt hen op."),
        ("Gevolgen voor gemeenten", "Reken op een halve dag per week voor wie hen begeleidt."),
    ),
)
NEIGHBOURHOOD_QUESTION = "Besluit uw college om steungezinnen te werven en te begeleiden?"
NEIGHBOURHOOD_DECISIONS = {
    "deventer": (LocalOutcome.AGREED, ""),
    "kampen": (LocalOutcome.AGREED, ""),
    "raalte": (
        LocalOutcome.AMENDED,
        "Het college begint met één kern en breidt na een jaar uit.",
    ),
    "ommen": (LocalOutcome.AGREED, ""),
}
