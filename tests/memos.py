"""A decision with everything a memo prints, and memos as plain content for the layout."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from core.printed import printed_html
from governance.documents import (
    DecisionMemo,
    Fact,
    MemoAdvice,
    MemoAttachment,
    MemoPoint,
    MemoSection,
    MemoStop,
    MemoVote,
)
from governance.models import (
    AdvicePoint,
    Body,
    Decision,
    DecisionPoint,
    Meeting,
    PointDecision,
    Proposal,
    ProposalVersion,
    Region,
    RegionForm,
    RouteStep,
    RuleSet,
    Section,
)

HOSTILE = (
    '<script>alert(1)</script>{{7*7}}{% now "Y" %}<img src="http://127.0.0.1:{port}/x.png">'
    '<img src="file:///etc/passwd"><style>@import "http://127.0.0.1:{port}/x.css";</style>'
    '<link rel="attachment" href="file:///etc/passwd"><svg><image href="http://127.0.0.1:{port}/"'
    ' width="9" height="9"/></svg> \' " & < > \u0000 \u202e 😀👨‍👩‍👧 漢字 file:///etc/passwd'
)
LOREM = (
    "De gemeenten willen dat een gezin dicht bij huis wordt geholpen en maar een keer zijn verhaal"
    " hoeft te doen. Daarvoor maken zij samen afspraken over wie wat doet en wanneer dat klaar is."
)


def hostile(port: int = 9) -> str:
    return HOSTILE.replace("{port}", str(port))


def example_memo(**changes: Any) -> DecisionMemo:
    """A short memo of about two pages."""
    advice = MemoAdvice(
        who="AOJ",
        point=1,
        date="24 juni 2021",
        text="Geef gemeenten tot na de zomer de tijd.",
        answer="partly",
        label="Deels overgenomen",
        reason="Aanvullen kan tot 15 september; later past niet bij de inkoop.",
        version="Verwerkt in versie 3.",
    )
    memo = DecisionMemo(
        created=datetime(2021, 7, 2, 14, 30, tzinfo=UTC),
        number="2021-003",
        title="Samen meten waar elke gemeente staat",
        region="Voorbeeldregio",
        legal_name="Gemeenschappelijke Regeling Jeugdhulp Voorbeeldregio",
        address=["p/a gemeente Voorbeeldstad", "Postbus 1", "1000 AA Voorbeeldstad"],
        body="Algemeen bestuur",
        facts=[
            Fact("Aan", "De leden van het algemeen bestuur"),
            Fact("Van", "Programmateam"),
            Fact("Vergadering", "Algemeen bestuur, vrijdag 2 juli 2021, 9.30 uur"),
            Fact("Voorstel", "Procesvoorstel, versie 3 van 24 juni 2021"),
            Fact("Openbaarheid", "Openbaar na de vergadering"),
        ],
        decision_intro="Het algemeen bestuur stemt in met:",
        points=[
            MemoPoint(
                1,
                "een meting door elke gemeente.",
                "adopted",
                "Aangenomen zonder stemming.",
                "",
                "",
            ),
            MemoPoint(
                2,
                "de regie van het programmateam tot en met december 2022.",
                "amended",
                "Gewijzigd aangenomen met 12 stemmen voor en 2 tegen.",
                "de regie van het programmateam tot en met december 2025.",
                "",
            ),
        ],
        valid="Het besluit geldt vanaf 2 juli 2021.",
        replaced="Het vervangt geen eerder besluit.",
        local="",
        note="",
        summary="Elke gemeente meet waar zij staat; de regio kiest daarna samen wat eerst komt.",
        cost="Er zijn geen kosten.",
        sections=[MemoSection(1, "Aanleiding", f"<p>{LOREM}</p><p>{LOREM}</p>")],
        stops=[
            MemoStop("Programmateam", "14 juni 2021", "bespreken", "handled", "", 0),
            MemoStop("Stuurgroep transformatie", "23 juni 2021", "adviseren", "handled", "", 2),
            MemoStop("Ambtelijk overleg jeugd", "24 juni 2021", "adviseren", "handled", "", 1),
            MemoStop("Algemeen bestuur", "2 juli 2021", "besluiten", "handled", "", 0),
        ],
        advice=[
            replace(
                advice,
                who="Stuurgroep",
                answer="adopted",
                label="Overgenomen",
                date="23 juni 2021",
                text="Laat zien wat elke bouwsteen in de praktijk betekent.",
                reason="Per bouwsteen staat er nu een doel bij.",
                version="Verwerkt in versie 2.",
            ),
            advice,
        ],
        votes=[MemoVote(2, 12, 2, "Gewijzigd aangenomen")],
        quorum="Van de 15 zittende leden waren er 14 aanwezig.",
        attachments=[
            MemoAttachment("Schema van de meting", ""),
            MemoAttachment("Raming", "geheim"),
        ],
        panels=[],
        signatures=[
            "De voorzitter van het algemeen bestuur",
            "De secretaris van het algemeen bestuur",
        ],
        version_line="Voorstel versie 3, besluit van 2 juli 2021",
        example=True,
        secrecy="",
    )
    return replace(memo, **changes)


def long_memo() -> DecisionMemo:
    """Everything at its longest: 12 points, 40 advice points, 9 stops, a text of many pages."""
    memo = example_memo()
    name = "Portefeuillehoudersoverleg Jeugd, Onderwijs en Maatschappelijke Ondersteuning"
    table = "<table><tr><th>Post</th><th>2021</th><th>2022</th></tr>"
    table += "".join(
        f"<tr><td>Post {n}</td><td>{n}.000</td><td>{n}.500</td></tr>" for n in range(60)
    )
    text = "".join(f"<p>{LOREM}</p>" for _ in range(5))
    return replace(
        memo,
        title=(LOREM + " " + LOREM)[:200],
        body=name,
        secrecy="Geheim. Opgelegd door het algemeen bestuur op 2 juli 2021. Grond: lopende inkoop.",
        points=[
            MemoPoint(n, LOREM * 2, "adopted", "Aangenomen zonder stemming.", "", "")
            for n in range(1, 13)
        ],
        sections=[
            MemoSection(level, f"Kop van niveau {level}", text) for level in (1, 2, 3, 4, 2, 1)
        ]
        + [MemoSection(1, "Begroting", printed_html(table + "</table>"))],
        stops=[MemoStop(name, "14 juni 2021", "adviseren", "handled", "", n) for n in range(6)]
        + [
            MemoStop("AO", "", "kennisnemen", "skipped", "overgeslagen: spoed", 0),
            MemoStop("MO", "", "adviseren", "planned", "nog te komen", 0),
            MemoStop("AB", "2 juli 2021", "besluiten", "handled", "", 0),
        ],
        advice=[
            replace(memo.advice[n % 2], point=n, text=LOREM, reason=LOREM) for n in range(1, 41)
        ],
        panels=[
            {
                "title": "Wat het kost",
                "caption": "Post in de begroting",
                "head": ["Post", "Bedrag"],
                "rows": [["Uitvoering", "€ 33.000"]],
            }
        ],
    )


def make_decision(text: str = "", **changes: Any) -> Decision:
    """A decision on two points, one of them counted. `text` is put in every field for people."""
    region = Region.objects.create(
        name=f"Rijnmond {text}"[:100], slug="rijnmond", address=f"Postbus 1\n{text}"
    )
    RegionForm.objects.create(
        region=region, legal_form="public_body", legal_name=f"GR Jeugdhulp {text}"[:160]
    )
    rules = RuleSet.objects.create(region=region, name="Wet", basis="law", quorum="more_than_half")
    body = Body.objects.create(
        region=region,
        name=f"AB {text}"[:100],
        short_name="AB",
        slug="ab",
        kind="ab",
        legal_status="organ",
        publication="after",
        rules=rules,
    )
    meeting = Meeting.objects.create(
        body=body, starts_at=datetime(2021, 7, 2, 7, 30, tzinfo=UTC), place=f"zaal {text}"[:120]
    )
    proposal = Proposal.objects.create(
        region=region, number=1, kind="process", state="amended", author_body=body
    )
    version = ProposalVersion.objects.create(
        proposal=proposal,
        number=3,
        subject=f"Nulmeting {text}"[:200],
        cost=33000,
        summary=f"Samen meten. {text}"[:200],
        decision_intro=f"Het AB besluit {text}",
        cost_note=text[:200],
        frozen_at=datetime(2021, 6, 24, 12, tzinfo=UTC),
    )
    Section.objects.create(
        version=version,
        order=1,
        level=3,
        heading=f"Aanleiding {text}"[:200],
        body=f"<h2>Kop</h2><p>Tekst {text}</p>"
        "<table><tr><td>a</td></tr><tr><td>1</td></tr></table>",
    )
    step = RouteStep.objects.create(
        proposal=proposal,
        order=1,
        body=body,
        purpose="decide",
        state="handled",
        meeting=meeting,
        version=version,
    )
    AdvicePoint.objects.create(
        proposal=proposal,
        body=body,
        given_on=date(2021, 6, 23),
        number=1,
        text=f"Meet {text}",
        answer="adopted",
        reason=f"Gedaan {text}",
        answered_in=version,
    )
    decision = Decision.objects.create(
        **{
            "region": region,
            "year": 2021,
            "sequence": 3,
            "proposal": proposal,
            "step": step,
            "body": body,
            "meeting": meeting,
            "version": version,
            "state": "final",
            "decided_on": date(2021, 7, 2),
            "valid_from": date(2021, 7, 2),
            "members_present": 14,
            "members_total": 15,
            "note": text,
            "recorded_at": datetime(2021, 7, 2, 9, tzinfo=UTC),
            **changes,
        }
    )
    for order, (outcome, method) in enumerate([("adopted", "consensus"), ("amended", "count")]):
        point = DecisionPoint.objects.create(version=version, order=order, text=f"punt {text}")
        PointDecision.objects.create(
            decision=decision,
            point=point,
            outcome=outcome,
            method=method,
            amended_text=f"nieuw {text}" if outcome == "amended" else "",
            votes_for=12 if method == "count" else None,
            votes_against=2 if method == "count" else None,
        )
    return decision
