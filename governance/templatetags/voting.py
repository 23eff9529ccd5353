"""What a page about a meeting shows of its votes."""

from typing import Any

from django import template

from governance.models import Meeting
from governance.presenting import Act
from governance.vote_page import vote_acts, waiting_address

register = template.Library()


@register.simple_tag(takes_context=True)
def votes_waiting(context: dict[str, Any], meeting: Meeting) -> list[Act]:
    """The vote that runs for this reader, and for a secretary the second meeting and proxies."""
    return vote_acts(meeting, context["request"].user)


@register.simple_tag(takes_context=True)
def votes_come_up(context: dict[str, Any], meeting: Meeting) -> str:
    """The page on which a vote comes up by itself, for a member while they meet."""
    return waiting_address(meeting, context["request"].user)
