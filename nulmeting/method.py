"""How is measured, in plain words: the same sentences in both reports and on the public page."""

from nulmeting.figures import LEAST_IN_PUBLIC

_FIGURES = [
    "Elke gemeente gaf per vraag een score van 1 tot en met 5, of koos ‘weet niet’ of ‘niet van "
    "toepassing’. Die laatste twee tellen niet mee.",
    "De score van een onderdeel is het gemiddelde van de vragen met een score.",
    "De mediaan is de middelste score als alle gemeenten op volgorde staan: de helft scoort lager "
    "of gelijk, de helft hoger of gelijk. De middelste helft is wat overblijft als het laagste en "
    "het hoogste kwart wegvallen. Tussen twee gemeenten in wordt evenredig gerekend.",
    "Alleen wat een gemeente heeft vastgesteld, telt mee. Het getal bij elk cijfer zegt hoeveel "
    "gemeenten dat zijn.",
    "Jaren worden vergeleken op vragen die hetzelfde zijn gebleven. Waar vragen veranderden, staat "
    "erbij op hoeveel vragen de vergelijking rust.",
]

METHOD = [
    *_FIGURES,
    "Gemeenten staan op alfabet. Dit is geen ranglijst: elke gemeente kiest haar eigen tempo.",
]

IN_PUBLIC = [
    *_FIGURES,
    "Van één gemeente staat hier geen score. Rust een cijfer op minder dan "
    f"{LEAST_IN_PUBLIC} gemeenten, dan staat er ‘te weinig gemeenten’: uit zo’n cijfer is te "
    "herleiden hoe één gemeente scoort.",
]
