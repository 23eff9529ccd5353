"""The tags of a book: those of our own pages, with the pages of others as plain parts between."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


class Tags:
    """WeasyPrint makes one Part for each page, in a Document; here parts are added in between."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self.book = book
        self.root = book.Root.StructTreeRoot
        top = self.root.K
        self.document = top[0] if isinstance(top, Array) else top
        self.parts = list(self.document.K)
        numbers = list(self.root.ParentTree.Nums)
        self.parents: dict[int, Any] = {
            int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)
        }

    def add_text(self, page: Any) -> int:
        """Tag what will be drawn on one of our pages; gives the number for its marked content."""
        of_page = self.parents[int(page.StructParents)]
        part = self.parts[self._place(page)]
        text = self._element(Name.P, part, page, Array([len(of_page)]))
        part.K.append(text)
        of_page.append(text)
        return len(of_page) - 1

    def add_page(self, page: Any, *, behind: Any) -> None:
        """Tag a page of somebody else as one paragraph, in reading order behind another page."""
        part = self._element(Name.Part, self.document, page, Array())
        text = self._element(Name.P, part, page, Array([0]))
        part.K.append(text)
        self.parts.insert(self._place(behind) + 1, part)
        page.StructParents = max(self.parents) + 1
        self.parents[int(page.StructParents)] = self.book.make_indirect(Array([text]))

    def finish(self) -> None:
        """Write the parts and the way back from content to tag."""
        self.document.K = Array(self.parts)
        numbers = [each for pair in sorted(self.parents.items()) for each in pair]
        self.root.ParentTree.Nums = Array(numbers)

    def _place(self, page: Any) -> int:
        return next(n for n, part in enumerate(self.parts) if part.Pg.objgen == page.objgen)

    def _element(self, kind: Name, parent: Any, page: Any, kids: Array) -> Any:
        made = Dictionary(Type=Name.StructElem, S=kind, P=parent, Pg=page, K=kids)
        return self.book.make_indirect(made)
