"""Invented papers for the cycle of today in IJsselland."""

from decimal import Decimal

from governance.enums import ProposalKind
from regiovisie.demo.papers import File, Paper

ANALYSIS = Paper(
    kind=ProposalKind.POLICY,
    subject="Eerst samen kijken: een verklarende analyse voor zware hulp",
    summary="Voordat zware hulp begint, zoeken gezin en deskundigen samen uit wat er speelt.",
    commissioned_by="pho",
    points=(
        "Dat bij elke vraag om zware hulp eerst een verklarende analyse wordt gemaakt.",
        "Dat de regio hiervoor vier gedragswetenschappers beschikbaar houdt.",
    ),
    sections=(
        (
            "Aanleiding",
            "Kinderen wisselen soms drie keer van hulp, omdat niemand goed keek wat er speelde.",
        ),
        (
            "Voorstel",
            "Gezin, lokale toegang en een deskundige maken samen een analyse. Daarna kiezen zij "
            "de hulp.",
        ),
        ("Gevolgen voor gemeenten", "De toegang plant per analyse ongeveer zes uur in."),
    ),
    blocks=(1,),
)
ANALYSIS_ADVICE = ("Reken voor of zes uur per analyse ook in kleine gemeenten kan.",)
ANALYSIS_ANSWERS = (
    ("adopted", "Kleine gemeenten kunnen samen één deskundige delen; dat staat nu in de tekst."),
)
ANALYSIS_ADDED = (
    "Kleine gemeenten",
    "Gemeenten met minder dan 25.000 inwoners delen een deskundige en plannen die samen in.",
)
ONE_PLAN = Paper(
    kind=ProposalKind.POLICY,
    subject="Gedwongen kader: één gezin, één plan, één gezicht",
    summary="Gezinnen met een maatregel houden één vaste persoon, ook als de maatregel afloopt.",
    commissioned_by="pho",
    points=(
        "De werkafspraken met de gecertificeerde instellingen over te nemen.",
        "De afspraken na een jaar te evalueren.",
    ),
    sections=(
        (
            "Aanleiding",
            "In een gezin met een maatregel komen soms zes hulpverleners. Ouders weten niet meer "
            "wie waarover gaat.",
        ),
        (
            "Voorstel",
            "Eén medewerker blijft vanaf de eerste zorgen tot na de maatregel. Hij spreekt met "
            "het gezin af wie wat doet.",
        ),
    ),
    blocks=(3,),
)
TRANSPORT = Paper(
    kind=ProposalKind.SPENDING,
    subject="Vervoer naar dagbehandeling: contract met een jaar verlengen",
    summary="Het contract loopt af. Een jaar langer geeft tijd om vervoer samen in te kopen.",
    commissioned_by="bo",
    cost=Decimal("84500"),
    cost_note="één jaar, uit de begroting van het RSJ",
    points=("Het contract voor vervoer met één jaar te verlengen voor € 84.500.",),
    sections=(
        ("Aanleiding", "Het contract stopt eind dit jaar. Een nieuwe inkoop is nog niet klaar."),
        ("Voorstel", "We verlengen één jaar en kopen daarna in met het leerlingenvervoer."),
    ),
    blocks=(4,),
)
RATES = Paper(
    kind=ProposalKind.SPENDING,
    subject="Tarieven jeugdhulp: jaarlijkse aanpassing",
    summary="De tarieven stijgen mee met lonen en prijzen. Gemeenten begroten daar samen op.",
    commissioned_by="bo",
    cost=Decimal("312000"),
    cost_note="raming voor de elf gemeenten samen, per jaar",
    points=(
        "De tarieven aan te passen met het landelijke cijfer voor lonen en prijzen.",
        "Dit elk jaar in oktober te doen.",
    ),
    sections=(
        ("Aanleiding", "In de contracten staat dat tarieven elk jaar worden aangepast."),
        (
            "Voorstel",
            "We gebruiken het landelijke cijfer. Zo is er geen jaarlijkse discussie met elke "
            "aanbieder apart.",
        ),
    ),
    files=(
        File(
            "rekenvoorbeeld-tarieven.pdf",
            "Rekenvoorbeeld",
            (
                "Rekenvoorbeeld tarieven",
                "Een tarief van 100 euro per uur wordt bij 3 procent 103 euro.",
                "Dit bestand is gemaakt voor de demo.",
            ),
        ),
    ),
    blocks=(4,),
)
RATES_ADVICE = (
    "Laat per gemeente zien wat de aanpassing kost.",
    "Spreek af wat er gebeurt als het landelijke cijfer te laat komt.",
)
MENTOR = Paper(
    kind=ProposalKind.STARTING_NOTE,
    subject="Iemand die blijft: een steunfiguur voor elke jongere",
    summary="Jongeren kiezen zelf een volwassene die blijft en meebeslist over de hulp.",
    commissioned_by="pho",
    points=("In elke gemeente te beginnen met steunfiguren die jongeren zelf kiezen.",),
    sections=(
        ("Aanleiding", "Hulpverleners wisselen. Jongeren willen iemand die hen echt kent."),
        ("Voorstel", "De jongere kiest zelf: een tante, een buurman of een trainer."),
    ),
    blocks=(1,),
)
DROP_OUT = Paper(
    kind=ProposalKind.STARTING_NOTE,
    subject="Eén plek voor vragen over schoolverzuim",
    summary="Scholen, leerplicht en jeugdhulp helpen thuiszitters vanuit één plek.",
    points=("Eén plek in te richten voor vragen over langdurig verzuim.",),
    sections=(
        ("Aanleiding", "Wie lang thuiszit, krijgt nu met vier organisaties te maken."),
        ("Voorstel", "Nog uit te werken met de samenwerkingsverbanden."),
    ),
    blocks=(2,),
)
AGENDA = Paper(
    kind=ProposalKind.POLICY,
    subject="Regioagenda voor het komende jaar",
    summary="Zes onderwerpen pakken we samen op; de rest blijft bij de gemeenten zelf.",
    commissioned_by="pho",
    points=(
        "De zes onderwerpen van de regioagenda vast te stellen.",
        "Per onderwerp een bestuurlijk trekker te kiezen.",
    ),
    sections=(
        ("Aanleiding", "Elk jaar kiest de regio wat zij samen oppakt."),
        (
            "Voorstel",
            "We kiezen zes onderwerpen:\n\n"
            "- de verklarende analyse;\n- steunfiguren;\n- schoolverzuim;\n"
            "- het gedwongen kader;\n- wonen zo thuis mogelijk;\n- eenvoudiger inkoop.",
        ),
    ),
    blocks=(1, 2, 3, 4),
)
LIVING = Paper(
    kind=ProposalKind.STARTING_NOTE,
    subject="Wonen zo thuis mogelijk",
    summary="Kinderen die niet thuis kunnen wonen, blijven in hun eigen buurt en op hun school.",
    commissioned_by="pho",
    points=("Samen te onderzoeken waar kleine woonvormen in de buurt kunnen komen.",),
    sections=(
        ("Aanleiding", "Kinderen wonen nu soms een uur rijden van hun ouders vandaan."),
        ("Voorstel", "We zoeken per gemeente naar gezinshuizen en kleine groepen."),
    ),
    blocks=(1,),
)
