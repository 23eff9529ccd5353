"""A nulmeting in every state, with names as long as they can be: what the browser tests look at."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from core import clock
from governance.models import Municipality
from nulmeting.domain import filling, instruments, invites, rounds
from nulmeting.models import Evidence, Instrument, Round, Submission
from regioagenda.models import BlockLead
from tests import baseline
from tests import factories as make
from tests.cast import Cast

LONG_HOME = "Nieuw-Beekzicht aan de Oude Maas en Rijn"
LONG_BLOCK = (
    "Investeren in vraagverheldering en gezinsgerichte samenwerking met onderwijs, huisartsen, wijk"
)
LONG_QUESTION = (
    "Onderzoeken we samen met jongere en ouders de vraag achter de vraag, ook als het gezin al "
    "bekend is bij een andere organisatie, bij de huisarts of op school, en leggen we dan vast wie "
    "wat doet, wanneer we dat samen bespreken en hoe we merken dat het helpt, in woorden van het "
    "gezin zelf?"
)
assert 280 < len(LONG_QUESTION) <= 300
TEXT = "De pilot loopt; daarna besluit de raad over een vervolg in alle wijken."


@dataclass
class World:
    cast: Cast
    editor: User  # of Aardam, which fills in, and of the long one, which handed in
    approver: User  # of the long one
    drafted: Instrument
    running: Round
    closed: Round
    filling_in: Submission
    handed_in: Submission
    piece: Evidence
    token: str
    code: str


def make_world(cast: Cast) -> World:
    """A published, a closed and a running round; one municipality in progress, one handed in."""
    home = cast.municipality
    far = Municipality.objects.get(name="Beekzicht")
    far.name = LONG_HOME
    far.save()
    editor = baseline.editor(home)
    make.municipal_role(far, editor, "editor")
    approver = baseline.approver(far)
    make.municipal_role(home, approver, "approver")
    first = _fixed(cast)
    _, closed, running = _rounds(cast, first, (editor, approver))
    filling_in, handed_in = baseline.of(running, "Aardam"), baseline.of(running, LONG_HOME)
    part = running.instrument.items.first().block
    baseline.fill(filling_in, editor, score=3, blocks=[part], explanation=TEXT)
    piece = filling.add_evidence(
        filling_in,
        title="Uitvoeringsplan jeugd en gezin van de gemeente Aardam voor de jaren 2026 tot 2029",
        dated_on=clock.today(),
        url="https://aardam.example/" + "plan/" * 20,
        items=running.instrument.items.all()[:3],
        by=editor,
    )
    baseline.submitted(handed_in, editor, score=4, may_share=True, shared=TEXT, support=TEXT)
    who = {"email": "wethouder@beekzicht.example", "office": "wethouder jeugd en onderwijs"}
    _, token, code = invites.send_invite(handed_in, by=editor, **who)
    return World(
        cast,
        editor,
        approver,
        _next(cast, first),
        running,
        closed,
        filling_in,
        handed_in,
        piece,
        token,
        code,
    )


def _fixed(cast: Cast) -> Instrument:
    drafted = baseline.drafted(cast, blocks=3)
    part = drafted.items.first().block
    part.title, part.short, part.description = LONG_BLOCK, "Vraagverheldering", TEXT * 3
    part.save()
    BlockLead.objects.create(block=part, municipality=cast.municipality)
    item = drafted.items.first()
    instruments.change_item(item, text=LONG_QUESTION, asks_the_same=True, by=cast.author)
    for score, name in enumerate(("Los", "In aanbouw", "Ingericht", "Gestuurd", "Lerend"), 1):
        instruments.keep_level(drafted, None, score, name=name, text=TEXT, by=cast.author)
        instruments.keep_level(drafted, part, score, text=LONG_QUESTION, by=cast.author)
    return instruments.fix_instrument(drafted, by=cast.author)


def _next(cast: Cast, first: Instrument) -> Instrument:
    """The next version in preparation: one question mended, one changed, one taken out."""
    drafted = instruments.draw_next(first, by=cast.author)
    mended, other, gone = list(drafted.items.all())[:3]
    instruments.change_item(mended, text="Anders verwoord?", asks_the_same=True, by=cast.author)
    instruments.change_item(other, text="Iets heel anders?", asks_the_same=False, by=cast.author)
    instruments.remove_item(gone, by=cast.author)
    return drafted


def _rounds(cast: Cast, first: Instrument, people: tuple[User, User]) -> list[Round]:
    year, found = clock.today().year, []
    for ago in (2, 1, 0):
        before = found[-1] if found else None
        asked = baseline.opened(
            cast,
            first,
            year=year - ago,
            compared_with=before,
            guidance=TEXT * 2,
            closes_on=clock.today() + timedelta(days=20),
        )
        if ago:
            for name in ("Aardam", LONG_HOME):
                baseline.approved(baseline.of(asked, name), *people, score=2 + ago)
            asked = rounds.close_round(asked, by=cast.author)
        if ago == 2:
            asked = rounds.publish_round(asked, by=cast.author)
        found.append(asked)
    return found
