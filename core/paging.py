"""Pages of long lists."""

from typing import Any

from django.core.paginator import Page, Paginator


class KeyPaginator(Paginator):  # type: ignore[type-arg]
    """Finds the rows of a page by their keys, out of an index, and joins what they show for those.

    For a queryset with an order, over thousands of rows; the number of queries stays the same.
    """

    def page(self, number: int | str) -> Page:  # type: ignore[type-arg]
        found, rows = super().page(number), self.object_list
        keys: Any = found.object_list
        found.object_list = rows.filter(pk__in=keys.values("pk"))  # type: ignore[attr-defined]
        return found
