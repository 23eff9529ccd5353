"""One module per aggregate; this file only gathers them for Django."""

from governance.models.advice import AdvicePoint
from governance.models.body import Body, BodyAlias, BodyRelation, Membership, RuleSet, Seat
from governance.models.decision import Decision, PointDecision
from governance.models.meeting import Attendance, Meeting
from governance.models.organisation import (
    Municipality,
    MunicipalRole,
    Recess,
    Region,
    RegionForm,
    RegionMunicipality,
    RegionRole,
)
from governance.models.proposal import (
    Attachment,
    CoAuthor,
    DecisionPoint,
    Proposal,
    ProposalVersion,
    Section,
)
from governance.models.route import RouteStep, RouteTemplate, RouteTemplateStep, StepMeeting
from governance.models.secrecy import ReadingLog, Secrecy

__all__ = [
    "AdvicePoint",
    "Attachment",
    "Attendance",
    "Body",
    "BodyAlias",
    "BodyRelation",
    "CoAuthor",
    "Decision",
    "DecisionPoint",
    "Meeting",
    "Membership",
    "MunicipalRole",
    "Municipality",
    "PointDecision",
    "Proposal",
    "ProposalVersion",
    "ReadingLog",
    "Recess",
    "Region",
    "RegionForm",
    "RegionMunicipality",
    "RegionRole",
    "RouteStep",
    "RouteTemplate",
    "RouteTemplateStep",
    "RuleSet",
    "Seat",
    "Secrecy",
    "Section",
    "StepMeeting",
]
