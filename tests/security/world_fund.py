"""A fund of the world: one version in force, one in concept, and a proposal that touches a line."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from budget.domain import adoption, funds, imports, lines, versions
from budget.domain.lines import YearAmount
from budget.domain.proposal_lines import touch_line
from budget.enums import Scope
from budget.models import Fund, ProposalLine
from core import clock
from core.files import store_upload
from governance.models import Proposal
from tests.cast import Cast
from tests.fund import eur


def make_fund(cast: Cast, proposal: Proposal) -> Fund:
    """Its totals are public; the concept has a figure of its sheet that is off."""
    year = clock.today().year
    fund = funds.open_fund(
        cast.region,
        slug="fonds",
        name="Fonds",
        grantor="het Rijk",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        by=cast.author,
    )
    funds.add_instalment(fund, year=year, amount=eur(1000), by=cast.author)
    version = versions.draft_version(fund, title="Begroting", by=cast.author)
    heading = lines.put_heading(version, name="Organisatie", by=cast.author)
    amounts = {year: YearAmount(eur(100))}
    row = lines.put_line(version, heading=heading, name="Post", years=amounts, by=cast.author)
    version = adoption.adopt_version(version, ground="Het bestuur", by=cast.author)
    concept = versions.draft_version(fund, by=cast.author)
    lines.state_total(concept, Scope.TOTAL, year=year, amount=eur(90), by=cast.author)
    for name in ("begroting.csv", "te-lezen.csv"):
        content = f"post;{year}\nOrganisatie;\nPost;€ 100\nTotaal;€ 100\n".encode()
        file = store_upload(
            SimpleUploadedFile(name, content), by=cast.author, kinds=imports.SHEET_KINDS
        )
        upload = imports.keep_upload(fund, file, by=cast.author)
        if name == "begroting.csv":
            version.file = upload.file
            version.save()
    touch_line(proposal, row.line, year=year, amount=eur(10), by=cast.author)
    return funds.publish_totals(fund, by=cast.author)


def arguments(fund: Fund, on: str) -> dict[str, Any]:
    """What an address of the fund is about: a version, line, heading, instalment or proposal."""
    _, _, part = on.partition(".")
    if part.startswith("cost"):
        row = ProposalLine.objects.get(line__fund=fund)
        whole = {"number": row.proposal.number}
        return whole | ({"pk": row.pk} if part == "cost" else {})
    concept = fund.versions.get(state="concept")
    number = {"number": concept.number}
    own: dict[str, dict[str, Any]] = {
        "": {},
        "instalment": {"pk": fund.instalments.get().pk},
        "line": {"pk": fund.lines.get().pk},
        "file": {"name": "fonds.csv"},
        "adopted": {"number": 1},
        "concept": number,
        "pair": number | {"other": 1},
        "sheet": {"pk": fund.uploads.get(file__name="te-lezen.csv").file_id},
        "stated": number | {"pk": concept.stated.get().pk},
        "heading": number | {"pk": concept.headings.get().pk},
        "row": number | {"pk": concept.lines.get().pk},
    }
    return {"slug": fund.slug} | own[part]
