"""A frozen version never changes; the next one is a whole copy."""

import pytest

from core.refusal import Refused
from governance.domain import proposals, texts
from governance.models import ProposalVersion
from tests import factories as make


@pytest.fixture
def version(cast):
    proposal = make.proposal(cast.author, cast.team, addressed_to="Het bestuur")
    working = proposal.working
    texts.add_section(working, heading="Voorstel", level=2, body="<p>Doen.</p>", by=cast.author)
    for title in ("Plan", "Begroting"):
        texts.add_attachment(
            working,
            make.stored_file(f"{title}.pdf"),
            title=title,
            confidential=title == "Plan",
            by=cast.author,
        )
    return working


def content(version: ProposalVersion) -> list[object]:
    return [
        [getattr(version, name) for name in texts.HEADER_FIELDS if name != "change_note"],
        list(version.sections.values_list("order", "level", "heading", "body")),
        list(version.points.values_list("order", "text")),
        list(version.attachments.values_list("order", "title", "file", "confidential")),
    ]


def test_the_copy_has_everything_in_its_order(cast, version):
    texts.move_part(version.attachments.get(title="Begroting"), to=1, by=cast.author)
    before = content(version)
    proposals.freeze_version(version.proposal, by=cast.author, change_note="Eerste versie")
    copy = texts.working_version(version.proposal, by=cast.author)
    assert (copy.number, copy.change_note, copy.frozen_at) == (2, "", None)
    assert content(copy) == before
    assert [a.title for a in copy.attachments.all()] == ["Begroting", "Plan"]


def test_writing_on_leaves_the_frozen_one_alone(cast, version):
    frozen = proposals.freeze_version(version.proposal, by=cast.author)
    before = content(frozen)
    copy = texts.working_version(version.proposal, by=cast.author)
    texts.add_point(copy, text="Nog een punt.", by=cast.author)
    texts.remove_part(copy.sections.first(), by=cast.author)
    texts.remove_part(copy.attachments.first(), by=cast.author)
    texts.edit_header(copy, {"subject": "Nieuw"}, base={}, base_revision=1, by=cast.author)
    assert content(ProposalVersion.objects.get(pk=frozen.pk)) == before


@pytest.mark.parametrize(
    "act",
    [
        lambda v, by: texts.edit_header(v, {"subject": "x"}, base={}, base_revision=1, by=by),
        lambda v, by: texts.edit_section(
            v.sections.first(), {"heading": "x"}, base={}, base_revision=1, by=by
        ),
        lambda v, by: texts.add_section(v, heading="x", by=by),
        lambda v, by: texts.add_point(v, text="x", by=by),
        lambda v, by: texts.edit_point(v.points.first(), text="x", base="", base_revision=1, by=by),
        lambda v, by: texts.remove_part(v.points.first(), by=by),
        lambda v, by: texts.move_part(v.points.last(), to=1, by=by),
        lambda v, by: texts.add_attachment(v, make.stored_file(), title="x", by=by),
        lambda v, by: texts.remove_part(v.attachments.first(), by=by),
    ],
)
def test_no_act_changes_a_frozen_version(cast, version, act):
    frozen = proposals.freeze_version(version.proposal, by=cast.author)
    before = content(frozen)
    with pytest.raises(Refused, match="Deze versie is vastgezet"):
        act(version, cast.author)
    assert content(ProposalVersion.objects.get(pk=frozen.pk)) == before


def test_freezing_twice_keeps_the_first_moment(cast, version):
    first = proposals.freeze_version(version.proposal, by=cast.author)
    again = proposals.freeze_version(version.proposal, by=cast.author, change_note="Toch anders")
    assert (again.pk, again.frozen_at, again.change_note) == (first.pk, first.frozen_at, "")


def test_points_stay_numbered_without_gaps(cast, version):
    texts.add_point(version, text="Derde.", by=cast.author)
    texts.remove_part(version.points.first(), by=cast.author)
    assert list(version.points.values_list("order", flat=True)) == [1, 2]
    texts.move_part(version.points.last(), to=1, by=cast.author)
    assert [p.text for p in version.points.all()] == ["Derde.", "Het geld vrij te maken."]
