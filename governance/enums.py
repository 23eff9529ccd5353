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


class MemberRole(TextChoices):
    CHAIR = "chair", "voorzitter"
    MEMBER = "member", "lid"
    DEPUTY = "deputy", "plaatsvervanger"
    SECRETARY = "secretary", "secretaris"
    ADVISER = "adviser", "adviseur"


class MeetingState(TextChoices):
    PLANNED = "planned", "gepland"
    HELD = "held", "gehouden"
    CANCELLED = "cancelled", "vervallen"


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


class Treatment(TextChoices):
    """What came of a step in one meeting; a step may be treated in several."""

    OPEN = "open", "nog te behandelen"
    HANDLED = "handled", "behandeld"
    HELD_OVER = "held_over", "aangehouden"


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


class DecisionState(TextChoices):
    RECORDED = "recorded", "vastgelegd"
    FINAL = "final", "definitief"
    PUBLISHED = "published", "gepubliceerd"
    REPLACED = "replaced", "vervangen"
