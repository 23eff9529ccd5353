"""Invented papers for the cycle of today in Rijnmond."""

from decimal import Decimal

from governance.enums import ProposalKind
from regiovisie.demo.papers import File, Paper

BRIDGING_OLD = Paper(
    kind=ProposalKind.POLICY,
    subject="Hulp tijdens het wachten: tijdelijke regeling",
    summary="Gezinnen die langer dan acht weken wachten, krijgen hulp van het lokale team.",
    commissioned_by="ab",
    points=("De tijdelijke regeling voor hulp tijdens het wachten vast te stellen.",),
    sections=(
        ("Aanleiding", "Sommige gezinnen wachten maanden op specialistische hulp."),
        ("Voorstel", "Het lokale team blijft betrokken en biedt hulp tot de behandeling begint."),
    ),
    blocks=(5,),
)
BRIDGING_NEW = Paper(
    kind=ProposalKind.POLICY,
    subject="Hulp tijdens het wachten: vaste regeling",
    summary="De tijdelijke regeling werkte. Zij wordt vast en geldt al na zes weken wachten.",
    commissioned_by="ab",
    points=(
        "De vaste regeling voor hulp tijdens het wachten vast te stellen.",
        "De tijdelijke regeling te laten vervallen.",
    ),
    sections=(
        (
            "Aanleiding",
            "De tijdelijke regeling hielp: minder gezinnen liepen vast terwijl zij wachtten.",
        ),
        (
            "Voorstel",
            "De regeling wordt vast. Na zes weken wachten belt een vaste medewerker het gezin en "
            "spreekt af welke hulp nu al kan.",
        ),
        ("Gevolgen voor gemeenten", "Elk lokaal team wijst één medewerker aan."),
    ),
    blocks=(5,),
)
FOSTER = Paper(
    kind=ProposalKind.POLICY,
    subject="Meer steungezinnen en pleegplekken dicht bij huis",
    summary="In twee jaar tijd vinden we 120 steungezinnen, zodat minder kinderen uit huis gaan.",
    commissioned_by="stuurgroep",
    cost=Decimal("185000"),
    cost_note="twee jaar werving en begeleiding, uit het transformatiebudget",
    points=(
        "Samen 120 steungezinnen te werven.",
        "Hiervoor € 185.000 uit het transformatiebudget te gebruiken.",
    ),
    sections=(
        (
            "Aanleiding",
            "Er zijn te weinig plekken in een gewoon gezin. Kinderen gaan daardoor soms ver weg "
            "wonen, naar een andere school en zonder hun vrienden.",
        ),
        (
            "Voorstel",
            "Een steungezin vangt een kind af en toe op, bijvoorbeeld één weekend per maand. "
            "Gemeenten werven samen en delen wat werkt.",
        ),
        ("Wat het kost", "Het kost € 185.000 in twee jaar. Daarna betalen gemeenten dit zelf."),
    ),
    blocks=(4, 5),
)
EIGHTEEN = Paper(
    kind=ProposalKind.POLICY,
    subject="Goed op weg naar 18: één plan op tijd",
    summary="Elke jongere met jeugdhulp heeft vanaf 16,5 jaar een plan voor wonen, werk en geld.",
    commissioned_by="ab",
    points=(
        "Dat elke jongere met jeugdhulp vanaf 16,5 jaar een toekomstplan krijgt.",
        "Dat elke gemeente één contactpersoon 18-/18+ aanwijst.",
    ),
    sections=(
        (
            "Aanleiding",
            "Wie 18 wordt, krijgt met andere wetten en loketten te maken. Jongeren vertellen dat "
            "zij dat te laat horen.",
        ),
        (
            "Voorstel",
            "De jongere maakt het plan zelf, met iemand die hij vertrouwt. Het gaat over:\n\n"
            "- wonen;\n- school of werk;\n- geld;\n- zorg;\n- mensen om op terug te vallen.",
        ),
    ),
    blocks=(3, 9),
)
WAITING = Paper(
    kind=ProposalKind.SPENDING,
    subject="Eén regionaal beeld van de wachttijden",
    summary="Verwijzers zien elke week waar plek is. Dat kost in het eerste jaar € 120.000.",
    commissioned_by="ab",
    cost=Decimal("120000"),
    cost_note="eerste jaar; daarna € 45.000 per jaar voor beheer",
    points=(
        "Eén regionaal overzicht van wachttijden te maken.",
        "Hiervoor in het eerste jaar € 120.000 vrij te maken.",
    ),
    sections=(
        (
            "Aanleiding",
            "Verwijzers bellen nu met vijf of zes aanbieders voordat zij een plek vinden.",
        ),
        (
            "Voorstel",
            "Aanbieders geven elke week hun wachttijd door. Het overzicht toont per soort hulp en "
            "per gemeente waar plek is. Het bevat geen gegevens over kinderen.",
        ),
        (
            "Wat het kost",
            "| wat | bedrag |\n| bouwen | € 75.000 |\n| invoeren en scholing | € 45.000 |",
        ),
    ),
    files=(
        File(
            "kostenraming.pdf",
            "Kostenraming per onderdeel",
            (
                "Kostenraming",
                "Bouwen: 75.000 euro. Invoeren en scholing: 45.000 euro.",
                "Dit bestand is gemaakt voor de demo.",
            ),
        ),
        File(
            "offertes-vergeleken.docx",
            "Vergelijking van twee offertes",
            (
                "Twee offertes naast elkaar",
                "Aanbieder A is goedkoper, aanbieder B kan eerder beginnen.",
                "Dit bestand is gemaakt voor de demo.",
            ),
            confidential=True,
        ),
    ),
    blocks=(2, 5),
)
WAITING_ADVICE = (
    "Laat ook zien hoe lang gezinnen echt wachten, niet alleen wat aanbieders verwachten.",
    "Vraag aanbieders niet twee keer om dezelfde cijfers.",
)
WAITING_ANSWERS = (
    ("adopted", "Het overzicht toont nu ook de wachttijd van het afgelopen kwartaal."),
    ("partly", "Landelijke cijfers nemen we over; per gemeente blijft één extra vraag nodig."),
)
WAITING_ADDED = (
    "Wat er na het advies is veranderd",
    "Het overzicht toont de verwachte en de echte wachttijd. Cijfers die aanbieders al landelijk "
    "doorgeven, nemen we over.",
)
SCHOOL = Paper(
    kind=ProposalKind.PROCESS,
    subject="Een vast gezicht van jeugdhulp op elke school",
    summary="Elke basisschool krijgt een vaste jeugdprofessional, die helpt zonder verwijzing.",
    commissioned_by="stuurgroep",
    points=(
        "Dat elke basisschool een vaste jeugdprofessional krijgt.",
        "Te beginnen met scholen in wijken waar de meeste hulp nodig is.",
    ),
    sections=(
        (
            "Aanleiding",
            "Leraren zien vaak als eerste dat een kind vastloopt. Zij weten niet altijd wie zij "
            "dan kunnen bellen.",
        ),
        (
            "Voorstel",
            "Een professional van het lokale team is elke week op school. Ouders en leraren lopen "
            "zonder afspraak binnen.",
        ),
    ),
    blocks=(1, 6),
)
SCHOOL_ADVICE = (
    "Begin met de scholen die er zelf om vragen.",
    "Spreek met de schoolbesturen af wie de ruimte betaalt.",
)
MEASURING = Paper(
    kind=ProposalKind.POLICY,
    subject="Eén manier om te meten of hulp helpt",
    summary="Aanbieders stellen gezinnen dezelfde drie vragen, zodat we van uitkomsten leren.",
    commissioned_by="ab",
    points=("De drie vragen over het resultaat van hulp in alle contracten op te nemen.",),
    sections=(
        ("Aanleiding", "Aanbieders meten nu elk op hun eigen manier. Vergelijken kan niet."),
        (
            "Voorstel",
            "Aan het eind van de hulp beantwoordt het gezin drie vragen: is het doel gehaald, is "
            "de hulp afgemaakt, en was de hulp goed?",
        ),
    ),
    blocks=(2, 9),
)
HELD_OVER = "Het bestuur wil eerst weten wat het meten aanbieders aan tijd kost."
GENERAL_PRACTICE = Paper(
    kind=ProposalKind.STARTING_NOTE,
    subject="Jeugdprofessional in de huisartsenpraktijk",
    summary="In 20 praktijken denkt een jeugdprofessional mee, zodat hulp sneller passend is.",
    commissioned_by="stuurgroep",
    cost=Decimal("96000"),
    cost_note="proef van één jaar in 20 praktijken",
    points=("Een proef van één jaar in 20 huisartsenpraktijken te beginnen.",),
    sections=(
        (
            "Aanleiding",
            "Huisartsen verwijzen veel, en hebben weinig tijd om met een gezin door te praten.",
        ),
        ("Voorstel", "De professional praat met het gezin en kijkt wat dichtbij al kan."),
    ),
    blocks=(7,),
)
PURCHASING = Paper(
    kind=ProposalKind.STARTING_NOTE,
    subject="Inkoop 2028: ruimte om te onderhandelen",
    summary="De regio bepaalt met welke bandbreedte zij gesprekken over nieuwe contracten voert.",
    commissioned_by="ab",
    points=("De bandbreedte voor de gesprekken vast te stellen.",),
    sections=(
        (
            "Aanleiding",
            "In 2028 beginnen nieuwe contracten. De gesprekken daarover starten binnenkort.",
        ),
        ("Voorstel", "De regio kiest vooraf wat zij hoogstens en minstens wil afspreken."),
    ),
)
SECRECY_GROUND = (
    "Economische en financiële belangen van de regio (Wet open overheid, artikel 5.1, tweede lid)."
)
SKIP_REASON = "Er rust geheimhouding op; het AOJ hoort niet tot de kring."
SUMMER = Paper(
    kind=ProposalKind.SPENDING,
    subject="Zomeraanbod voor gezinnen die dat nodig hebben",
    summary="Ook in de vakantie is er iets te doen voor kinderen die anders alleen thuis zitten.",
    cost=Decimal("40000"),
    cost_note="raming; nog te bespreken met de gemeenten",
    points=("In alle gemeenten zomeraanbod te regelen.",),
    sections=(
        ("Aanleiding", "In de vakantie valt veel steun weg, juist voor gezinnen met zorgen."),
        ("Voorstel", "Nog uit te werken met sportclubs, bibliotheken en jongerenwerk."),
    ),
    blocks=(1, 4),
)
EVENING = Paper(
    kind=ProposalKind.STARTING_NOTE,
    subject="Proef met avondspreekuren van het lokale team",
    summary="Ouders die overdag werken, kunnen één avond per week terecht bij het lokale team.",
    points=("Een proef met avondspreekuren te beginnen.",),
    sections=(("Aanleiding", "Veel ouders kunnen overdag niet weg van hun werk."),),
    blocks=(4,),
)
WITHDRAWN = "Vier gemeenten zijn hier zelf al mee begonnen; een regionale proef is niet meer nodig."

# A point that the secretary of the board adds after the agenda is out.
AGENDA_CHANGE = (
    "Werkbezoek aan een lokaal team",
    "Wie gaat er mee? De secretaris plant het bezoek.",
)
