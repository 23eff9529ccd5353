"""What both reports share: the letterhead, and what they rest on.

`basis` is a digest of what a report rests on (who approved what, and whether it is published), so
that the same state gives the same report and a page can say that something changed since.
"""

import hashlib
import json
from typing import Any

from core import clock
from governance.models import Region
from governance.printing import address_of
from nulmeting.models import Approval, Round, Submission
from nulmeting.region_figures import is_public


def letterhead(region: Region) -> tuple[str, list[str]]:
    """The legal name and the lines of the address."""
    form = region.forms.current(clock.today()).first()
    return form.legal_name if form else region.name, address_of(region, form.host if form else "")


def basis_of(asked: Round) -> str:
    """What the figures of a round rest on; two queries."""
    rows = asked.submissions.order_by("pk").values_list("pk", "state")
    holding = Approval.objects.filter(submission__round=asked, lapsed_at__isnull=True)
    approvals = holding.order_by("submission").values_list("submission", "content_sha256")
    return _digest([asked.pk, asked.state, list(rows), list(approvals)])


def own_basis_of(submission: Submission) -> str:
    """What the report of a municipality rests on: its approval, and once public the region."""
    approval = submission.approvals.filter(lapsed_at__isnull=True).first()
    own = [approval.content_sha256, str(approval.confirmed_at)] if approval else []
    region = basis_of(submission.round) if is_public(submission.round) else ""
    return _digest([submission.pk, own, region])


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
