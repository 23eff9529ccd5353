"""One module per aggregate; this file only gathers them for Django."""

from governance.models.advice import AdvicePoint
from governance.models.agenda import AgendaItem, AgendaTemplateItem, AgendaVersion
from governance.models.body import Body, BodyAlias, BodyRelation, Membership, RuleSet, Seat
from governance.models.decision import Decision, PointDecision
from governance.models.local import LocalRound, LocalStep
from governance.models.meeting import Attendance, Meeting
from governance.models.minutes import ActionPoint, DecisionList, ItemRecord
from governance.models.organisation import (
    Municipality,
    MunicipalRole,
    Recess,
    Region,
    RegionForm,
    RegionMunicipality,
    RegionRole,
)
from governance.models.preparing import Annotation, Position, PrivateNote, Question
from governance.models.proposal import (
    Attachment,
    CoAuthor,
    DecisionPoint,
    Proposal,
    ProposalVersion,
    Section,
)
from governance.models.route import RouteStep, RouteTemplate, RouteTemplateStep
from governance.models.secrecy import ReadingLog, Secrecy
from governance.models.voting import Proxy, Recusal, Vote, VoteOption, VoteRound
from governance.models.written import RoundAnswer, WrittenRound

__all__ = [
    "ActionPoint",
    "AdvicePoint",
    "AgendaItem",
    "AgendaTemplateItem",
    "AgendaVersion",
    "Annotation",
    "Attachment",
    "Attendance",
    "Body",
    "BodyAlias",
    "BodyRelation",
    "CoAuthor",
    "Decision",
    "DecisionList",
    "DecisionPoint",
    "ItemRecord",
    "LocalRound",
    "LocalStep",
    "Meeting",
    "Membership",
    "MunicipalRole",
    "Municipality",
    "PointDecision",
    "Position",
    "PrivateNote",
    "Proposal",
    "ProposalVersion",
    "Proxy",
    "Question",
    "ReadingLog",
    "Recess",
    "Recusal",
    "Region",
    "RegionForm",
    "RegionMunicipality",
    "RegionRole",
    "RoundAnswer",
    "RouteStep",
    "RouteTemplate",
    "RouteTemplateStep",
    "RuleSet",
    "Seat",
    "Secrecy",
    "Section",
    "Vote",
    "VoteOption",
    "VoteRound",
    "WrittenRound",
]
