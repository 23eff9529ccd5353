"""The rows of the nulmeting: what is asked, when, and what municipalities answer."""

from nulmeting.models.answers import Answer, BlockAnswer, Evidence
from nulmeting.models.instrument import Instrument, Item, Level
from nulmeting.models.round import Approval, ApprovalInvite, Round, Submission

__all__ = [
    "Answer",
    "Approval",
    "ApprovalInvite",
    "BlockAnswer",
    "Evidence",
    "Instrument",
    "Item",
    "Level",
    "Round",
    "Submission",
]
