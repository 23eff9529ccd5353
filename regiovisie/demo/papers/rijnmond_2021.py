"""The two proposals of 14 June 2021: retold, with the figures, dates and advice as they were."""

from datetime import date
from decimal import Decimal

from governance.enums import ProposalKind
from regiovisie.demo.papers import File, Paper

DATED = date(2021, 6, 14)
TO = "de wethouders in het AB platform jeugd"
WHY = (
    "Op 16 april 2021 nam het AB de startnotitie over de transformatie aan. Sindsdien is er een "
    "programmateam dat de regiovisie in de praktijk brengt."
)

LOCAL_BLOCKS = Paper(
    kind=ProposalKind.PROCESS,
    subject="Lokale bouwstenen van de regiovisie uitwerken",
    summary=(
        "Elke gemeente meet waar zij staat op negen bouwstenen. Daaruit volgt één gezamenlijke "
        "opgave, waarvan het programmateam de acties leidt."
    ),
    commissioned_by="ab",
    addressed_to=TO,
    drafted_by="programmateam regiovisie",
    dated=DATED,
    decision_intro="Het AB wordt gevraagd om in te stemmen met deze aanpak:",
    points=(
        "Iedere gemeente doet een nulmeting met het schema uit de bijlage. De uitkomsten zijn de "
        "basis voor een gezamenlijke ontwikkelopgave, die past bij de regionale inkoop en de "
        "kadernota.",
        "Het programmateam leidt de acties uit die opgave tot en met december 2022, en zo nodig "
        "langer, tot en met 2025. Gemeenten mogen verschillen in tempo en werkwijze, zolang dat "
        "de doelen dichterbij brengt.",
    ),
    sections=(
        (
            "Aanleiding",
            f"{WHY} Dit voorstel gaat over het lokale deel: hoe worden de bouwstenen concreet, "
            "zodat gemeenten samen hun doelen halen?",
        ),
        (
            "Wat het programmateam doet",
            "Het team schrijft niets voor. Het brengt gemeenten bij elkaar om van elkaar te leren "
            "en zorgt dat afspraken worden nagekomen.\n\n"
            "Het team vertelt het AB en het AOJ hoe het gaat. Ook verbindt het de lokale plannen "
            "met de werkgroep inkoop en de zorglandschapstafels. De regionale bouwstenen blijven "
            "bij de uitvoeringsorganisatie.",
        ),
        (
            "De ontwikkelopgave",
            "De opgave noemt doelen voor alle negen lokale bouwstenen. De nulmeting is daarvoor "
            "niet de enige bron. Ook twee onderzoeken naar de jeugdhulp tellen mee, en wat de "
            "gemeenteraden meegaven toen zij de visie vaststelden.\n\n"
            "De opgave zegt ook wat we in Rijnmond onder jeugdhulp verstaan en hoe we meten of "
            "het beter gaat. We denken erover om de meting elk jaar te herhalen.",
        ),
        (
            "Wie waarover gaat",
            "De stuurgroep transformatie geeft namens het AB opdracht aan het programmateam. De "
            "directeuren denken mee en coachen. Gaat het om geld, of om een andere koers van de "
            "inkoop, dan zet de stuurgroep het op de agenda van het AB.\n\n"
            "Aanbieders, scholen en organisaties van jongeren doen mee vanaf het begin.",
        ),
        (
            "Planning",
            "De nulmeting begint vast en is klaar voor de zomer van 2021. De acties lopen vanaf "
            "december 2021, eerst voor één jaar. Zo zijn de gemeenten op tijd klaar voor de "
            "nieuwe contracten van 2023.",
        ),
    ),
    files=(
        File(
            "schema-nulmeting.docx",
            "Schema voor de nulmeting (voorbeeld)",
            (
                "Schema voor de nulmeting",
                "Per bouwsteen: waar staan we nu, waaraan zien we dat, waar willen we heen?",
                "Dit bestand is gemaakt voor de demo.",
            ),
        ),
    ),
    blocks=(1, 2, 3, 4, 5, 6, 7, 8, 9),
)
LOCAL_BLOCKS_ADVICE = (
    "Maak in de ontwikkelopgave duidelijk wat elke lokale bouwsteen precies inhoudt.",
    "Laat het programmateam meedoen met wat gemeenten lokaal al zijn begonnen.",
)
LOCAL_BLOCKS_ANSWERS = (
    (
        "adopted",
        "Voorbeeld: per bouwsteen staat nu wat die inhoudt en waaraan gemeenten dat merken.",
    ),
    (
        "partly",
        "Voorbeeld: het team begint met een overzicht van wat er loopt; aansluiten volgt per "
        "gemeente, als de nulmeting er is.",
    ),
)
LOCAL_BLOCKS_CHANGE = "Bouwstenen omschreven; overzicht van lopende lokale initiatieven toegevoegd."
LOCAL_BLOCKS_ADDED = (
    "Wat er na het advies is veranderd",
    "Voorbeeld. Bij elke bouwsteen staat in één zin wat we ermee bedoelen. Het programmateam "
    "maakt eerst een overzicht van wat gemeenten al doen.",
)

PARTICIPATION = Paper(
    kind=ProposalKind.PROCESS,
    subject="Cliëntparticipatie: jongeren en ouders praten mee",
    summary=(
        "Jongeren en gezinnen krijgen een vaste plek rond de stuurgroep, met een praatplaat en "
        "een plan. Dat kost in 2021 € 33.000."
    ),
    commissioned_by="ab",
    addressed_to=TO,
    drafted_by="programmateam regiovisie",
    dated=DATED,
    cost=Decimal("33000"),
    cost_note="2021, binnen de begroting van de GR; vanaf 2022 een eigen transformatiebudget",
    decision_intro="Het AB wordt gevraagd om in te stemmen met:",
    points=(
        "Uitvoeren wat het plan van aanpak cliëntparticipatie adviseert, met de begroting die "
        "daarbij hoort.",
        "De praatplaat gebruiken om met elkaar over de regiovisie te praten.",
    ),
    sections=(
        (
            "Aanleiding",
            f"{WHY} Samen met jongeren en gezinnen leren is een bouwsteen van die visie. Dit "
            "voorstel zegt hoe we dat doen.",
        ),
        (
            "Wat er verandert",
            "Cliëntenraden en adviesgroepen bestaan al, maar los van elkaar. We brengen samenhang "
            "aan, bijvoorbeeld met bijeenkomsten voor de hele regio.\n\n"
            "Jongeren en gezinnen staan als een ring om de stuurgroep. Zij denken mee over:\n\n"
            "- hoe de jeugdhulp er nu voor staat;\n"
            "- welke verbeteringen we kiezen en hoe we die uitvoeren;\n"
            "- hoe we meten of het werkt;\n"
            "- hoe we goede resultaten delen en vasthouden.",
        ),
        (
            "De kerngroep",
            "Er is een kerngroep met twee ambassadeurs uit de stuurgroep, jongeren met ervaring, "
            "een opvoeder en twee beleidsambtenaren. Een adviesbureau voor participatie helpt tot "
            "november 2021 om het netwerk op te bouwen. Daarna neemt het programmateam dat over.",
        ),
        (
            "Geld",
            "In 2021 is € 33.000 nodig, uit de begroting van de GR. Vanaf 2022 heeft het "
            "programmateam een eigen budget voor transformatie.",
        ),
        (
            "Planning",
            "De kerngroep werkt vier jaar samen. Het plan van aanpak gaat over vier dingen: het "
            "netwerk groter maken, een lichte organisatie, communicatie en het overdragen van "
            "kennis.",
        ),
    ),
    files=(
        File(
            "plan-van-aanpak-participatie.pdf",
            "Plan van aanpak cliëntparticipatie (voorbeeld)",
            (
                "Plan van aanpak cliëntparticipatie",
                "Netwerk, organisatie, communicatie en overdracht van kennis.",
                "Dit bestand is gemaakt voor de demo.",
            ),
        ),
        File("praatplaat.png", "Praatplaat (voorbeeld)", ()),
    ),
    blocks=(9,),
)
# Given on 21 April 2021, before the route began.
EARLY_ADVICE = (
    "Ga uit van de participatie die er al is, bij gemeenten en bij aanbieders.",
    "Zoek creatieve manieren om kritische inbreng voor het beleid te krijgen.",
    "Houd jongeren en ouders op de hoogte en deel de opbrengst breed en op meer manieren.",
)
PARTICIPATION_ANSWERS = (
    ("adopted", "Voorbeeld: bestaande raden en groepen zijn het begin van het netwerk."),
    ("adopted", "Voorbeeld: de praatplaat en bijeenkomsten staan nu in het plan."),
    ("partly", "Voorbeeld: delen staat in het plan; de middelen kiest de kerngroep zelf."),
)
PARTICIPATION_CHANGE = "Advies van 21 april verwerkt: bestaande initiatieven en communicatie."
PARTICIPATION_ADDED = (
    "Wat er met het advies van 21 april is gedaan",
    "Voorbeeld. We beginnen bij de groepen die er al zijn. De kerngroep kiest zelf hoe zij laat "
    "zien wat er met inbreng gebeurt.",
)
