"""The addresses of the pages of a fund."""

from django.urls import reverse

from budget.models import Fund


def url_of(name: str, fund: Fund, *args: object) -> str:
    """The address of a page of a fund: 'commitment-list', 'invoice-detail' …"""
    return reverse(f"budget:{name}", args=[fund.region.slug, fund.slug, *args])
