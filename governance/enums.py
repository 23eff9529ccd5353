"""Stored values are English, labels are Dutch."""

from django.db.models import TextChoices


class LegalForm(TextChoices):
    """Wet gemeenschappelijke regelingen, art. 8; 'hosted' for a region run by a GGD."""

    PUBLIC_BODY = "public_body", "openbaar lichaam"
    OPERATIONS = "operations", "bedrijfsvoeringsorganisatie"
    JOINT_ORGAN = "joint_organ", "gemeenschappelijk orgaan"
    CENTRAL = "central", "centrumregeling"
    HOSTED = "hosted", "ondergebracht bij een GGD"


class RegionRoleKind(TextChoices):
    ADMIN = "admin", "regiobeheerder"
    FINANCE = "finance", "financiën"


class MunicipalRoleKind(TextChoices):
    CONTACT = "contact", "contactpersoon"
    EDITOR = "editor", "invuller"
    APPROVER = "approver", "vaststeller"
    ADVISER = "adviser", "adviseur van de wethouder"
    CLERK = "clerk", "griffier"


class BodyKind(TextChoices):
    AB = "ab", "algemeen bestuur"
    DB = "db", "dagelijks bestuur"
    BOARD = "board", "bestuur"
    STEERING = "steering", "stuurgroep"
    AOJ = "aoj", "ambtelijk overleg jeugd"
    AO = "ao", "ambtelijk overleg"
    MO = "mo", "managersoverleg"
    PHO = "pho", "portefeuillehoudersoverleg"
    CORE_GROUP = "core_group", "kerngroep"
    PROGRAMME = "programme", "programmateam"
    DIRECTORS = "directors", "directeurenoverleg"
    TABLE = "table", "tafel"
    OTHER = "other", "ander overleg"


class LegalStatus(TextChoices):
    ORGAN = "organ", "bestuursorgaan"
    COMMITTEE = "committee", "adviescommissie"
    CONSULTATION = "consultation", "overleg"


class Circle(TextChoices):
    INTERNAL = "internal", "intern: gemeenten en regio"
    EXTERNAL = "external", "extern: ook aanbieders, jongeren of ouders"


class PublicationRegime(TextChoices):
    PUBLIC = "public", "openbaar zodra de leden het stuk krijgen"
    AFTER = "after", "openbaar na de vergadering"
    CLOSED = "closed", "niet openbaar"


class RelationKind(TextChoices):
    STEERS = "steers", "stuurt aan"
    ADVISES = "advises", "adviseert"
    REPORTS_TO = "reports_to", "legt verantwoording af aan"
    RINGS = "rings", "staat om heen"


class RuleBasis(TextChoices):
    LAW = "law", "wet (Gemeentewet 20, 28-32 via de Wgr)"
    OWN = "own", "eigen afspraken"


class Quorum(TextChoices):
    NONE = "none", "geen quorum"
    MORE_THAN_HALF = "more_than_half", "meer dan de helft van de zittende leden"


class TieRule(TextChoices):
    """What a tie means by own rules; the law says it itself (Gemeentewet 32, lid 4 en 5)."""

    EACH_TIME = "", "de vergadering kiest: aanhouden of verwerpen"
    NEXT_MEETING = "next_meeting", "aanhouden tot de volgende vergadering"
    REJECTED = "rejected", "verworpen"


class MemberRole(TextChoices):
    CHAIR = "chair", "voorzitter"
    MEMBER = "member", "lid"
    DEPUTY = "deputy", "plaatsvervanger"
    SECRETARY = "secretary", "secretaris"
    ADVISER = "adviser", "adviseur"


class MeetingState(TextChoices):
    PLANNED = "planned", "gepland"
    PUBLISHED = "published", "agenda gepubliceerd"
    HELD = "held", "gehouden"
    CONCLUDED = "concluded", "afgerond"
    CANCELLED = "cancelled", "vervallen"


class MeetingForm(TextChoices):
    """A written round is a meeting of another form: who answers is present."""

    MEETING = "meeting", "vergadering"
    WRITTEN = "written", "schriftelijke ronde"


class ActionState(TextChoices):
    OPEN = "open", "open"
    DONE = "done", "afgerond"
    DROPPED = "dropped", "vervallen"


class ListState(TextChoices):
    """A decision list; its publication is as a concept until a later meeting adopts it."""

    CONCEPT = "concept", "in voorbereiding"
    PUBLISHED = "published", "concept, gepubliceerd"
    ADOPTED = "adopted", "vastgesteld"


class WrittenState(TextChoices):
    OPEN = "open", "loopt"
    DECIDED = "decided", "besloten"
    TO_MEETING = "to_meeting", "naar de vergadering"


class RoundAnswerKind(TextChoices):
    """What a member answers in a written round; one who asks to discuss it ends the round."""

    AGREE = "agree", "akkoord"
    DISAGREE = "disagree", "niet akkoord"
    DISCUSS = "discuss", "bespreken in een vergadering"


class Rhythm(TextChoices):
    """How often a body meets, when its meetings are planned in a series."""

    MONTHLY = "monthly", "elke maand"
    EVEN_MONTHS = "even_months", "in de even maanden"
    ODD_MONTHS = "odd_months", "in de oneven maanden"
    QUARTERLY = "quarterly", "elk kwartaal"
    WEEKLY = "weekly", "elke week"
    TWO_WEEKS = "two_weeks", "elke twee weken"
    THREE_WEEKS = "three_weeks", "elke drie weken"
    FOUR_WEEKS = "four_weeks", "elke vier weken"


class ProposalKind(TextChoices):
    PROCESS = "process", "procesvoorstel"
    STARTING_NOTE = "starting_note", "startnotitie"
    ACTION_PLAN = "action_plan", "plan van aanpak"
    INFORMATION = "information", "informatienota"
    SPENDING = "spending", "bestedingsvoorstel"
    POLICY = "policy", "beleidsvoorstel"


class ProposalState(TextChoices):
    CONCEPT = "concept", "concept"
    IN_ROUTE = "in_route", "in route"
    ADOPTED = "adopted", "vastgesteld"
    AMENDED = "amended", "gewijzigd vastgesteld"
    PARTLY = "partly", "deels vastgesteld"
    REJECTED = "rejected", "niet vastgesteld"
    NOTED = "noted", "ter kennis genomen"
    POSTPONED = "postponed", "uitgesteld"
    WITHDRAWN = "withdrawn", "ingetrokken"
    REPLACED = "replaced", "vervangen"


# What only a decision brings about.
DECIDED = (
    ProposalState.ADOPTED,
    ProposalState.AMENDED,
    ProposalState.PARTLY,
    ProposalState.REJECTED,
    ProposalState.REPLACED,
)


class Purpose(TextChoices):
    DISCUSS = "discuss", "bespreken"
    ADVISE = "advise", "adviseren"
    CONSENT = "consent", "instemmen"
    DECIDE = "decide", "besluiten"
    NOTE = "note", "kennisnemen"


class StepState(TextChoices):
    PLANNED = "planned", "nog te komen"
    ON_AGENDA = "on_agenda", "op de agenda"
    HANDLED = "handled", "behandeld"
    SKIPPED = "skipped", "overgeslagen"


class ItemKind(TextChoices):
    """What an agenda item is: a paper on its route, a fixed point of the body, or an own point."""

    PAPER = "paper", "stuk"
    FIXED = "fixed", "vast punt"
    OWN = "own", "eigen punt"


class Treatment(TextChoices):
    """How an agenda item is handled."""

    FORMALITY = "formality", "hamerstuk"
    DISCUSSION = "discussion", "bespreekstuk"
    NOTE = "note", "ter kennisname"


class ItemResult(TextChoices):
    """What came of an agenda item in one meeting; a step may be treated in several."""

    OPEN = "open", "nog te behandelen"
    HANDLED = "handled", "behandeld"
    HELD_OVER = "held_over", "aangehouden"


class PositionChoice(TextChoices):
    """What a member lets know beforehand (standpunt)."""

    AGREE = "agree", "akkoord"
    AGREE_IF = "agree_if", "akkoord, mits"
    DISCUSS = "discuss", "bespreken"
    OBJECT = "object", "bezwaar"


class AnswerKind(TextChoices):
    ADOPTED = "adopted", "overgenomen"
    PARTLY = "partly", "deels overgenomen"
    NOT = "not", "niet overgenomen"


class Outcome(TextChoices):
    ADOPTED = "adopted", "aangenomen"
    AMENDED = "amended", "gewijzigd aangenomen"
    REJECTED = "rejected", "verworpen"
    POSTPONED = "postponed", "aangehouden"
    NOTED = "noted", "ter kennis genomen"


class Method(TextChoices):
    CONSENSUS = "consensus", "zonder stemming"
    COUNT = "count", "met stemming"
    ROLL_CALL = "roll_call", "met hoofdelijke stemming"
    SECRET = "secret", "met geheime stemming"
    WRITTEN = "written", "in een schriftelijke ronde"


class VoteKind(TextChoices):
    """How members cast their votes in a round. A show of hands needs no round: it is typed in."""

    ROLL_CALL = "roll_call", "hoofdelijke stemming"
    SECRET = "secret", "geheime stemming over personen"


class RoundState(TextChoices):
    OPEN = "open", "geopend"
    CLOSED = "closed", "gesloten"
    CONFIRMED = "confirmed", "bevestigd"
    DISCARDED = "discarded", "vervallen"


class Choice(TextChoices):
    """What a member says at a roll call. Who left the room takes no part."""

    FOR = "for", "voor"
    AGAINST = "against", "tegen"
    ABSTAIN = "abstain", "onthouding"
    AWAY = "away", "niet in de zaal"


class VoteResult(TextChoices):
    """What a vote comes to, by the rules of the body."""

    ADOPTED = "adopted", "aangenomen"
    REJECTED = "rejected", "verworpen"
    TIE = "tie", "de stemmen staken"
    INVALID = "invalid", "niet geldig"
    CHOSEN = "chosen", "gekozen"
    NOBODY = "nobody", "niemand heeft de volstrekte meerderheid"


class DecisionState(TextChoices):
    RECORDED = "recorded", "vastgelegd"
    FINAL = "final", "definitief"
    PUBLISHED = "published", "gepubliceerd"
    REPLACED = "replaced", "vervangen"


class LocalKind(TextChoices):
    """What municipalities are asked: their view before the decision, or their own after it."""

    ZIENSWIJZE = "zienswijze", "zienswijze"
    DECISION = "decision", "lokaal besluit"


class Addressee(TextChoices):
    COLLEGE = "college", "college van B en W"
    COUNCIL = "council", "gemeenteraad"


class TermSource(TextChoices):
    """Where the term comes from. `governance.domain.local_terms` knows how long each is."""

    BUDGET = "budget", "begroting (Wgr, artikel 35, derde lid)"
    ARRANGEMENT = "arrangement", "ontwerp van de regeling (Wgr, artikel 1, derde lid)"
    OWN = "own", "eigen termijn"


class TermUnit(TextChoices):
    DAYS = "days", "dagen"
    WEEKS = "weeks", "weken"


class LocalRoundState(TextChoices):
    CONCEPT = "concept", "concept"
    ASKED = "asked", "loopt"
    CLOSED = "closed", "gesloten"
    WITHDRAWN = "withdrawn", "ingetrokken"


class LocalStepState(TextChoices):
    OPEN = "open", "wacht op reactie"
    REPORTED = "reported", "gemeld"
    SILENT = "silent", "geen reactie binnen de termijn"
    MERGED = "merged", "overgegaan naar de opvolger"
    LEFT = "left", "doet niet meer mee"


class LocalOutcome(TextChoices):
    """The first four answer a zienswijze, the last four a local decision (`OUTCOMES`)."""

    NONE = "none", "geen zienswijze"
    POSITIVE = "positive", "positief"
    REMARKS = "remarks", "positief met opmerkingen"
    NEGATIVE = "negative", "negatief"
    AGREED = "agreed", "akkoord"
    AMENDED = "amended", "akkoord met wijziging"
    REFUSED = "refused", "niet akkoord"
    NOT_TREATED = "not_treated", "niet behandeld"
