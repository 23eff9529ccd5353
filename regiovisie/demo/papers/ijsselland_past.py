"""The note of 2017 on the governance and the plan of January 2020, retold."""

from datetime import date
from decimal import Decimal

from governance.enums import ProposalKind
from regiovisie.demo.papers import Paper

GOVERNANCE = Paper(
    kind=ProposalKind.INFORMATION,
    subject="Hoe de elf gemeenten vanaf 2018 samenwerken aan jeugdhulp",
    summary=(
        "Vanaf 1 januari 2018 geldt een nieuwe regeling: één uitvoeringsorganisatie, een apart "
        "overleg over beleid en elk jaar een regioagenda."
    ),
    addressed_to="de portefeuillehouders jeugd",
    drafted_by="beleid maatschappelijke ontwikkeling",
    case_number="4028-2017",
    dated=date(2017, 10, 18),
    sections=(
        (
            "Aanleiding",
            "De gemeenten willen dat vernieuwing lokaal begint en dat de regio daarbij helpt. In "
            "het voorjaar van 2017 zocht een kwartiermaker met de elf gemeenten uit welke "
            "samenwerking daarbij past. Daarom komt er een nieuwe regeling, zonder "
            "einddatum.",
        ),
        (
            "Inhoud: de regioagenda",
            "Elk jaar kiest de regio welke onderwerpen zij samen oppakt. De portefeuillehouders "
            "stemmen in voordat het werk begint. Komt er in het jaar iets groots bij, dan "
            "bespreken zij dat eerst. Ervaringen van cliënten tellen mee bij inkoop en beleid.",
        ),
        (
            "Organisatie",
            "Bedrijfsvoering en programma gaan samen in het Regionaal Serviceteam Jeugd. Een "
            "regiomanager geeft leiding en is secretaris van het bestuur en van het "
            "portefeuillehoudersoverleg.\n\n"
            "- Het MO geeft strategisch en financieel advies.\n"
            "- Het AO volgt de projecten en bereidt beleid voor.\n"
            "- Na instemming van de portefeuillehouders besluit elke gemeente zelf.",
        ),
        (
            "Bestuur",
            "Het bestuurlijk overleg wordt gesplitst. Het bestuur van de uitvoeringsorganisatie "
            "komt twee tot vier keer per jaar bijeen over bedrijfsvoering. Over beleid gaat het "
            "portefeuillehoudersoverleg. Voor wat niet kan wachten komt er een spoedroute.\n\n"
            "Bij elk regionaal onderwerp hoort een portefeuillehouder als trekker. Een kerngroep "
            "met partners uit de hele keten brengt de vernieuwing op gang; zij voert zelf niets "
            "uit.",
        ),
    ),
)

ACTION_PLAN = Paper(
    kind=ProposalKind.ACTION_PLAN,
    subject="Plan van aanpak transformatie jeugdhulp 2020-2022",
    summary=(
        "Vier thema's, een kerngroep en tafels om van elkaar te leren: zo werken elf gemeenten "
        "tot en met 2022 aan andere jeugdhulp."
    ),
    commissioned_by="bo",
    addressed_to="de portefeuillehouders jeugd",
    drafted_by="kwartiermaker transformatie",
    dated=date(2020, 1, 29),
    cost=Decimal("2787871"),
    cost_note="begroting 2020-2022 uit het transformatiefonds; het BO stelt die vast",
    decision_intro="De portefeuillehouders wordt gevraagd om:",
    points=(
        "In te stemmen met de vier thema's en de aanpak van dit plan.",
        "Een kerngroep transformatie in te stellen, met vier bestuurlijk trekkers.",
        "Per thema een transformatietafel te houden en die na de eerste vier te evalueren.",
    ),
    sections=(
        (
            "Opdracht",
            "De gemeenten vernieuwen de jeugdhulp in de eerste plaats zelf. Het bestuur wil dat "
            "zij daarbij van elkaar leren en samen doen wat niet alleen kan. In het voorjaar van "
            "2019 koos het vier thema's: ambulantisering, de verbinding tussen jeugdhulp en "
            "onderwijs, het gedwongen kader en de inkoop.",
        ),
        (
            "Waar we heen willen",
            "Ieder kind groeit gezond, veilig en met kansen op. Hulp is zo gewoon mogelijk, duurt "
            "zo kort als kan en is dicht bij huis. We vragen steeds opnieuw of zorg het antwoord "
            "is, of iets anders.",
        ),
        (
            "Aanpak",
            "De kerngroep heeft elk jaar twee of drie bijeenkomsten. Daarin zitten bestuurders uit "
            "de wereld rond het kind en vier portefeuillehouders. In de eerste helft van 2020 is "
            "er per thema één tafel: een spreker, voorbeelden uit de buurt en tijd voor "
            "afspraken.",
        ),
        (
            "Geld",
            "Het transformatiefonds van de regio is € 3.246.393. Daarvan is begin 2020 nog "
            "€ 2.787.871 over, en dat verdelen we over 2020 tot en met 2022. De regiomanager is "
            "budgethouder, de kwartiermaker beheert het budget.",
        ),
    ),
    blocks=(1, 2, 3, 4),
)
ACTION_PLAN_ADVICE = (
    "Voorbeeld: laat per thema zien wat gemeenten zelf moeten doen en hoeveel tijd dat vraagt.",
)
ACTION_PLAN_ANSWERS = (
    ("adopted", "Voorbeeld: per thema staat nu welke inzet van gemeenten nodig is."),
)
ACTION_PLAN_CHANGE = "Inzet van gemeenten per thema toegevoegd."
ACTION_PLAN_ADDED = (
    "Wat we van gemeenten vragen",
    "Voorbeeld. Voor elk thema levert een gemeente één beleidsadviseur in een projectgroep.",
)
