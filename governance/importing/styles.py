"""What a paragraph of a Word file looks like: heading, title, list item or plain."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from governance.importing.package import Package

_HEADING = re.compile(r"^(?:heading|kop)\s*(\d)$", re.IGNORECASE)
_LIST = re.compile(r"^(?:list (?:bullet|number)|lijst\s?(?:opsom|nummer)\w*)(?: (\d))?$", re.I)


@dataclass(frozen=True)
class Look:
    heading: int = 0
    title: bool = False
    item: int | None = None
    bold: bool = False


@dataclass
class _Style:
    name: str = ""
    based_on: str = ""
    properties: Element | None = None
    bold: bool = False


@dataclass
class Styles:
    """The paragraph styles of a file by their id."""

    by_id: dict[str, _Style] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, names: list[str]) -> "Styles":
        styles = cls()
        for name in names:
            for element in package.xml(name):
                if local(element) != "style":
                    continue
                styles.by_id[attribute(element, "styleId")] = _Style(
                    name=value(child(element, "name")),
                    based_on=value(child(element, "basedOn")),
                    properties=child(element, "pPr"),
                    bold=_is_on(child(child(element, "rPr"), "b")),
                )
        return styles

    def look(self, paragraph: Element) -> Look:
        """Direct formatting first, then the style and those it is based on."""
        own = child(paragraph, "pPr")
        chain = self._chain(value(child(own, "pStyle")))
        heading = next((level for style in chain if (level := _heading_of(style))), 0)
        outline = _outline(own)
        for style in chain:
            outline = _outline(style.properties) if outline is None else outline
        if outline is not None and outline < 9 and not heading:
            heading = outline + 1
        title = any(style.name.lower() in ("title", "titel") for style in chain[:1])
        return Look(heading, title, self._item(own, chain), self._bold(paragraph, chain))

    def _chain(self, style_id: str) -> list[_Style]:
        chain: list[_Style] = []
        while style_id in self.by_id and self.by_id[style_id] not in chain and len(chain) < 20:
            chain.append(self.by_id[style_id])
            style_id = chain[-1].based_on
        return chain

    def _item(self, own: Element | None, chain: list[_Style]) -> int | None:
        for properties in [own, *(style.properties for style in chain)]:
            numbering = child(properties, "numPr")
            if numbering is not None:
                if value(child(numbering, "numId")) == "0":
                    return None
                level = value(child(numbering, "ilvl"))
                return int(level) if level.isdigit() else 0
        for style in chain:
            match = _LIST.match(style.name)
            if match:
                return int(match[1] or 1) - 1
        return None

    def _bold(self, paragraph: Element, chain: list[_Style]) -> bool:
        if any(style.bold for style in chain):
            return True
        runs = [run for run in paragraph.iter() if local(run) == "r" and "".join(run.itertext())]
        return bool(runs) and all(_is_on(child(child(run, "rPr"), "b")) for run in runs)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    return next((part for part in element if local(part) == name), None)


def attribute(element: Element, name: str) -> str:
    found = (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def value(element: Element | None) -> str:
    return "" if element is None else attribute(element, "val")


def _is_on(element: Element | None) -> bool:
    return element is not None and value(element).lower() not in ("0", "false", "off")


def _heading_of(style: _Style) -> int:
    match = _HEADING.match(style.name)
    return int(match[1]) if match else 0


def _outline(properties: Element | None) -> int | None:
    level = value(child(properties, "outlineLvl"))
    return int(level) if level.isdigit() else None
