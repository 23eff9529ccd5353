"""Stored values are English, labels are Dutch."""

from decimal import Decimal

from django.db.models import TextChoices

# No fund of a region comes near; what is above it was typed wrong.
MOST = Decimal("999999999.99")


class VersionState(TextChoices):
    """An adopted version never changes: money was promised on it. A next one is drawn from it."""

    CONCEPT = "concept", "concept"
    ADOPTED = "adopted", "vastgesteld"
    REPLACED = "replaced", "vervangen"


class LineKind(TextChoices):
    """Money for the unforeseen is moved to another line before it is promised."""

    ORDINARY = "ordinary", "post"
    CONTINGENCY = "contingency", "onvoorzien"


class Scope(TextChoices):
    """Which figure of a source sheet is meant."""

    HEADING = "heading", "subtotaal van een onderdeel"
    SUBTOTAL = "subtotal", "subtotaal"
    CONTINGENCY = "contingency", "onvoorzien"
    TOTAL = "total", "totaal"


class MandateAct(TextChoices):
    SIGN = "sign", "tekenen"
    CHECK = "check", "controleren"
    MAKE_PAYABLE = "make_payable", "betaalbaar stellen"
    REGISTER_PAYMENT = "register_payment", "betalingen registreren"
    REALLOCATE = "reallocate", "verschuiven"


class CommitmentState(TextChoices):
    PROPOSED = "proposed", "voorgesteld"
    SIGNED = "signed", "getekend"
    CLOSED = "closed", "afgesloten"
    CANCELLED = "cancelled", "vervallen"


class InvoiceKind(TextChoices):
    PARTIAL = "partial", "deelfactuur"
    FINAL = "final", "eindfactuur"
    CREDIT = "credit", "creditnota"


class InvoiceState(TextChoices):
    RECEIVED = "received", "ontvangen"
    CHECKED = "checked", "gecontroleerd"
    PAYABLE = "payable", "betaalbaar"
    PAID = "paid", "betaald"
    DISPUTED = "disputed", "betwist"
    CANCELLED = "cancelled", "vervallen"


class MoveKind(TextChoices):
    REALLOCATION = "reallocation", "verschuiving"
    CARRY_OVER = "carry_over", "doorgeschoven naar het volgende jaar"


class EntryKind(TextChoices):
    """What a row of the ledger adds to. A release is below zero, and so is a credit note."""

    BUDGET = "budget", "begroot"
    REALLOCATION = "reallocation", "verschoven"
    CARRY_OVER = "carry_over", "doorgeschoven"
    COMMIT = "commit", "vastgelegd"
    RELEASE = "release", "vrijgevallen"
    INVOICE = "invoice", "gefactureerd"
    PAYMENT = "payment", "betaald"


# Which kinds make each figure. What is left is the budget, less what is committed, less what was
# paid beyond a commitment.
BUDGETED = (EntryKind.BUDGET, EntryKind.REALLOCATION, EntryKind.CARRY_OVER)
COMMITTED = (EntryKind.COMMIT, EntryKind.RELEASE)
MOVED = (EntryKind.REALLOCATION, EntryKind.CARRY_OVER)

# Invoices that still have to be judged, and those that count as used.
OPEN_INVOICES = (InvoiceState.RECEIVED, InvoiceState.CHECKED, InvoiceState.DISPUTED)
