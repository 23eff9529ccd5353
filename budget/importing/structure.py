"""From rows to headings with lines, subtotals, contingency and total.

A heading begins with a row of its own, or with a new name in the column for headings. A subtotal
closes it: by its name, by its place, or because all headings before it were closed so. The first
total that closes no heading is the total of the budget; what follows it is no budget.
"""

from collections import Counter
from dataclasses import dataclass, field

from budget.importing.amounts import looks_like_amount
from budget.importing.cells import Cell, listed
from budget.importing.closing import Closings, of_a_heading
from budget.importing.context import Reading, quoted
from budget.importing.footnotes import Starred, mark_of
from budget.importing.lines import Group, line_of, name_of, state
from budget.importing.result import Figures, SheetContingency, SheetHeading, SheetLine
from budget.importing.table import Row, Table
from budget.importing.totals import TotalWords, is_contingency, is_note, undashed
from budget.importing.words import bare, understand, without_number


@dataclass
class Outline:
    """The budget as it is built. `covered`: how many headings the overall subtotal closes.

    `after` are the rows below the total, `rated` the texts in which the contingency's rate may be,
    `starred` what a note below the table may be about.
    """

    headings: list[SheetHeading] = field(default_factory=list)
    subtotal: Figures = field(default_factory=Figures)
    covered: int | None = None
    contingency: SheetContingency | None = None
    rated: list[str] = field(default_factory=list)
    totals: Figures = field(default_factory=Figures)
    after: list[Row] = field(default_factory=list)
    starred: Starred = field(default_factory=list)


def outline_of(table: Table, reading: Reading) -> Outline:
    """Read the rows in order."""
    builder = _Builder(table, reading)
    for number, row in enumerate(table.rows):
        if builder.out.totals.present:
            builder.out.after = table.rows[number:]
            break
        builder.read(number, row)
    builder.say_what_lacks()
    return builder.out


class _Builder:
    def __init__(self, table: Table, reading: Reading) -> None:
        self.table, self.rows, self.reading = table, table.rows, reading
        self.themes = table.themes
        self.out = Outline()
        self.current: SheetHeading | None = None
        self.group: Group | None = None
        self.undashed = 0  # lines of the heading at hand that have no dash before them
        self.closings = Closings(self.rows)
        self.out.headings = self.closings.headings
        self.per_theme = Counter(row.theme_name for row in self.rows)
        self.nameless: list[Cell] = []
        self.without_amounts: list[Cell] = []

    def read(self, number: int, row: Row) -> None:
        if not row.labels and not row.theme:
            self._nameless(row)
        elif words := self.closings.words[number]:
            self._total(number, row, words)
        elif self._is_contingency(number, row):
            self._contingency(row)
        elif self._is_line(number, row):
            self._line(number, row)
        elif self.themes and not row.labels:
            self._theme(number, row)
        else:
            self._label(number, row)

    def say_what_lacks(self) -> None:
        """Names without amounts and amounts without names, each once for the whole sheet."""
        if self.without_amounts:
            self.reading.warnings.append(
                f"{listed(quoted(cell) for cell in self.without_amounts)}: hierbij staat in geen "
                "enkel jaar een bedrag."
            )
        if self.nameless:
            self.reading.warnings.append(
                f"{listed(quoted(cell) for cell in self.nameless)}: hierbij staat geen naam. Zet "
                "voor de bedragen de naam van de post of het totaal."
            )

    # Rows without a name ------------------------------------------------------------------------

    def _nameless(self, row: Row) -> None:
        cells = [*row.amounts.values(), *row.factors.values()]
        if cells:
            self.nameless += self.reading.set_aside(cells, "er staat geen naam bij", figure=True)
        else:
            self.reading.note(cell for cell in row.cells if not looks_like_amount(cell))

    # Totals -------------------------------------------------------------------------------------

    def _total(self, number: int, row: Row, words: TotalWords) -> None:
        self.group = None
        heading = self.closings.closed_by(number, self.current)
        if heading is None and of_a_heading(row):
            heading = self._new(row, row.theme_name)
        if heading is None:
            self._overall(row, words)
            return
        if heading.figures.present:
            self._second(row, f"‘{heading.name}’ heeft al een subtotaal", heading.figures)
            return
        if not words.general and bare(heading.name) not in words.names:
            self.reading.warnings.append(
                f"{quoted(row.first)} is gelezen als het subtotaal van ‘{heading.name}’. Klopt "
                "dat niet, geef kop en subtotaal dan dezelfde naam."
            )
        self._state(heading.figures, row)
        if row.code and not heading.code:
            heading.code = row.code.text
            self.reading.take(row.code)
        heading.explanation = _joined(heading.explanation, self._explained(row))
        self._nest(heading)
        self.current = None

    def _nest(self, heading: SheetHeading) -> None:
        """A heading that closes after others which began and closed within it holds those."""
        inside = self.out.headings[self.out.headings.index(heading) + 1 :]
        if inside and all(each.figures.present for each in inside):
            for each in inside:
                each.under = each.under or heading.name

    def _overall(self, row: Row, words: TotalWords) -> None:
        self.current = None
        into = self.out.subtotal if words.sub else self.out.totals
        if into.present:
            self._second(row, "er is al een subtotaal van alle koppen", into)
            return
        if words.sub:
            self.out.covered = len(self.out.headings)
        self._state(into, row)
        self.reading.note(row.explanations)

    def _second(self, row: Row, what: str, there: Figures) -> None:
        """A total of something that has one already."""
        place = next(iter(there.cells.values()), there.cell)
        self.reading.warnings.append(
            f"{quoted(row.first)}: {what} in {place}. Dit tweede is niet gelezen."
        )
        self.reading.set_aside(row.amounts.values(), "tweede subtotaal", figure=True)
        self.reading.set_aside(row.cells, "tweede subtotaal")

    def _state(self, figures: Figures, row: Row) -> None:
        names = [row.label] if of_a_heading(row) else [row.theme_name, row.label]
        figures.name = " ".join(filter(None, names))
        self.reading.take(*row.labels, *row.copies, row.theme)
        state(figures, row, self.table, self.reading)

    # The contingency ----------------------------------------------------------------------------

    def _is_contingency(self, number: int, row: Row) -> bool:
        alone = is_contingency(row.theme_name) and self.per_theme[row.theme_name] == 1
        in_heading = row.theme is not None and bool(self.closings.named(row.theme_name))
        named = alone or (is_contingency(row.label) and not in_heading)
        if not named or self.out.contingency or (not row.amounts and self._line_follows(number)):
            return False
        return alone or not self.closings.closes_later(number, self.current)

    def _contingency(self, row: Row) -> None:
        self.group = self.current = None
        name = " ".join(filter(None, [row.theme_name, row.label]))
        found = SheetContingency(name, explanation=self._explained(row))
        self._state(found.figures, row)
        found.figures.name = name
        self.out.contingency = found
        self.out.rated = [row.label or row.theme_name, *(cell.text for cell in row.cells)]

    # Lines --------------------------------------------------------------------------------------

    def _is_line(self, number: int, row: Row) -> bool:
        if self.themes:
            return row.has_figures or (bool(row.labels) and not is_note(row.label))
        return row.has_figures and not self._has_years_again(number, row)

    def _has_years_again(self, number: int, row: Row) -> bool:
        """The years once more, beside the name of a heading that begins here."""
        return (
            len(row.amounts) > 1
            and self._line_follows(number)
            and all(understand(cell.text).year == year for year, cell in row.amounts.items())
        )

    def _line(self, number: int, row: Row) -> None:
        if self._is_stated_above(number, row):
            heading = self._open(number, row)
            state(heading.figures, row, self.table, self.reading)
            return
        heading = self._heading_of(row)
        if not undashed(row.label)[1]:
            self.group = None
            self.undashed += 1
        line = line_of(row, self.table, self.reading, group=self.group)
        heading.lines.append(line)
        self._star(row.label, line)
        if not line.amounts and not line.unreadable:
            self.without_amounts.append(row.first)

    def _is_stated_above(self, number: int, row: Row) -> bool:
        """A heading with its total beside it, and its lines below."""
        following = self.rows[number + 1] if number + 1 < len(self.rows) else None
        if following is None or self.closings.words[number + 1]:
            return False
        if self.themes:
            theirs = following.theme_name
            return not row.labels and bool(following.labels) and theirs in ("", row.theme_name)
        mine, next_one = _number(row), _number(following)
        return bool(mine) and next_one.startswith(f"{mine}.")

    def _heading_of(self, row: Row) -> SheetHeading:
        if row.theme:
            found = self.closings.named(row.theme.text)
            self.current = found if found else self._new(row, row.theme_name)
        elif self.current is None:
            self.current = self._new(row, "")
        return self.current

    def _new(self, row: Row, name: str) -> SheetHeading:
        code, text = without_number(name)
        text = text or name
        place = row.theme if row.theme and row.theme_name == name else row.first
        heading = SheetHeading(text, place.place, code=code)
        self.closings.add(heading)
        self._star(name, heading)
        self.current, self.group, self.undashed = heading, None, 0
        return heading

    def _star(self, name: str, row: SheetHeading | SheetLine) -> None:
        if mark := mark_of(name):
            self.out.starred.append((mark, row))

    # Rows with a name and nothing else ----------------------------------------------------------

    def _open(self, number: int, row: Row) -> SheetHeading:
        """A row that begins a heading."""
        heading = self._new(row, row.label or row.theme_name)
        if row.code:
            heading.code = row.code.text
        heading.explanation = self._explained(row)
        self.reading.take(*row.labels, *row.copies, row.theme, row.code)
        if self._has_years_again(number, row):
            self.reading.take(*row.amounts.values())
        return heading

    def _theme(self, number: int, row: Row) -> None:
        """A heading in its own column, with its lines below."""
        if is_note(row.theme_name) or not any(each.labels for each in self.rows[number + 1 :]):
            self.reading.note(row.cells)
        else:
            self._open(number, row)

    def _label(self, number: int, row: Row) -> None:
        if is_note(row.label):
            self.reading.note(row.cells)
        elif self._is_group(number, row):
            self.group = Group(name_of(row)[1])
            self.reading.take(*row.labels, *row.copies)
            self.reading.note(row.explanations)
        elif self._is_line_without_amounts(number, row):
            self._line(number, row)
        elif self._begins_heading(number, row):
            self._open(number, row)
        else:
            self.reading.note(row.cells)

    def _is_group(self, number: int, row: Row) -> bool:
        """A name above dashed lines, inside a heading that has lines without a dash as well."""
        following = self.rows[number + 1] if number + 1 < len(self.rows) else None
        if self.current is None or following is None or self.closings.is_named(row) or _number(row):
            return False
        return self.undashed > 0 and undashed(following.label)[1] and following.has_figures

    def _is_line_without_amounts(self, number: int, row: Row) -> bool:
        if self.current is None or self.closings.is_named(row):
            return False
        return self.closings.closes_later(number, self.current) and not _number(row)

    def _begins_heading(self, number: int, row: Row) -> bool:
        return self.closings.is_named(row) or bool(_number(row)) or self._line_follows(number)

    def _line_follows(self, number: int) -> bool:
        """Whether the next row has figures and is no total."""
        following = next(iter(self.rows[number + 1 :]), None)
        words = self.closings.words[number + 1 : number + 2]
        return following is not None and following.has_figures and words == [None]

    def _explained(self, row: Row) -> str:
        self.reading.take(*row.explanations)
        return "\n".join(cell.text for cell in row.explanations)


def _number(row: Row) -> str:
    return row.code.text.rstrip(".") if row.code else without_number(row.label)[0]


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))
