"""What the reader of a report should know beside the differences."""

from collections.abc import Sequence

from budget.importing.cells import column_name, listed
from budget.importing.checking import Node, is_rounding
from budget.importing.context import Reading
from budget.importing.explaining import percent
from budget.importing.result import Scope, SheetContingency
from budget.importing.structure import Outline
from core.formats import euro

NO_TOTAL = "Er is geen totaal gevonden. Het is opgeteld uit de koppen en posten die er staan."


def say_what_hides(reading: Reading) -> None:
    """Hidden rows and columns count; who looks at the sheet does not see them."""
    rows = [str(number) for number in reading.sheet.hidden_rows]
    columns = [column_name(number) for number in reading.sheet.hidden_columns]
    for one, more, hidden in (("Rij", "De rijen", rows), ("Kolom", "De kolommen", columns)):
        if len(hidden) == 1:
            reading.warnings.append(f"{one} {hidden[0]} is verborgen; zij telt mee.")
        elif hidden:
            reading.warnings.append(f"{more} {listed(hidden)} zijn verborgen; ze tellen mee.")


def say_what_was_not_checked(nodes: Sequence[Node], outline: Outline, reading: Reading) -> None:
    """Figures that cannot be recomputed, or that fit only because of 'ca' or rounding."""
    for node in nodes:
        where = f"{node.cell} ({node.name}, {node.year})"
        if node.scope is Scope.CONTINGENCY:
            if outline.contingency and (text := _about(node, outline.contingency)):
                reading.warnings.append(text)
        elif node.stated is not None and node.computed is None:
            reading.warnings.append(
                f"{where} is niet na te rekenen: eronder staat een cel die niet is gelezen."
            )
        elif node.rounded:
            reading.warnings.append(
                f"{where} klopt met de uitkomsten van de formules, maar niet tot op de cent met de "
                "afgeronde bedragen."
            )
    if not outline.totals.present:
        reading.warnings.append(NO_TOTAL)


def _about(node: Node, contingency: SheetContingency) -> str:
    """A contingency that is right because the sheet says 'ca'."""
    stated, right, rate = node.stated, node.computed, contingency.rate
    if node.wrong or stated is None or right is None or rate is None or is_rounding(stated, right):
        return ""
    return (
        f"{node.cell}: {euro(stated)} is {percent(contingency.shares[node.year])} van het "
        f"subtotaal. Dat is ongeveer {percent(rate)}, zoals het blad zegt; precies is het "
        f"{euro(right)}."
    )
