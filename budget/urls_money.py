"""Addresses of money in motion, under their fund."""

from django.urls import path

from budget.views import (
    money_commitments,
    money_invoices,
    money_ledger,
    money_mandates,
    money_reallocations,
    money_suppliers,
)

FUND = "fonds/<slug:slug>/"
COMMITMENTS = f"{FUND}verplichtingen/"
COMMITMENT = f"{COMMITMENTS}<str:number>/"
INVOICES = f"{FUND}facturen/"
INVOICE = f"{INVOICES}<int:pk>/"
SUPPLIERS = f"{FUND}leveranciers/"
SUPPLIER = f"{SUPPLIERS}<int:pk>/"
MANDATES = f"{FUND}mandaten/"
MOVES = f"{FUND}verschuivingen/"
LEDGER = f"{FUND}boekingen/"

urlpatterns = [
    path(COMMITMENTS, money_commitments.commitment_list, name="commitment-list"),
    path(
        f"{COMMITMENTS}verplichtingen.xlsx",
        money_commitments.commitment_download,
        name="commitment-download",
    ),
    path(f"{COMMITMENTS}nieuw/", money_commitments.commitment_new, name="commitment-new"),
    path(COMMITMENT, money_commitments.commitment_detail, name="commitment-detail"),
    path(f"{COMMITMENT}wijzigen/", money_commitments.commitment_edit, name="commitment-edit"),
    path(f"{COMMITMENT}<slug:act>/", money_commitments.commitment_act, name="commitment-act"),
    path(INVOICES, money_invoices.invoice_list, name="invoice-list"),
    path(f"{INVOICES}facturen.xlsx", money_invoices.invoice_download, name="invoice-download"),
    path(f"{INVOICES}ontvangen/", money_invoices.invoice_new, name="invoice-new"),
    path(INVOICE, money_invoices.invoice_detail, name="invoice-detail"),
    path(f"{INVOICE}wijzigen/", money_invoices.invoice_edit, name="invoice-edit"),
    path(f"{INVOICE}<slug:act>/", money_invoices.invoice_act, name="invoice-act"),
    path(SUPPLIERS, money_suppliers.supplier_list, name="supplier-list"),
    path(f"{SUPPLIERS}nieuw/", money_suppliers.supplier_new, name="supplier-new"),
    path(SUPPLIER, money_suppliers.supplier_detail, name="supplier-detail"),
    path(f"{SUPPLIER}wijzigen/", money_suppliers.supplier_edit, name="supplier-edit"),
    path(f"{SUPPLIER}belang/", money_suppliers.interest_new, name="interest-new"),
    path(
        f"{SUPPLIER}belang/<int:interest>/weghalen/",
        money_suppliers.interest_remove,
        name="interest-remove",
    ),
    path(MANDATES, money_mandates.mandate_list, name="mandate-list"),
    path(f"{MANDATES}nieuw/", money_mandates.mandate_new, name="mandate-new"),
    path(f"{MANDATES}regels/", money_mandates.rules, name="mandate-rules"),
    path(f"{MANDATES}<int:pk>/beeindigen/", money_mandates.mandate_end, name="mandate-end"),
    path(MOVES, money_reallocations.reallocation_list, name="reallocation-list"),
    path(f"{MOVES}nieuw/", money_reallocations.reallocation_new, name="reallocation-new"),
    path(f"{MOVES}doorschuiven/", money_reallocations.carry_over, name="carry-over"),
    path(LEDGER, money_ledger.ledger, name="ledger"),
    path(f"{LEDGER}boekingen.xlsx", money_ledger.ledger_download, name="ledger-download"),
    path(f"{LEDGER}<int:pk>/verbeteren/", money_ledger.entry_correct, name="entry-correct"),
]
