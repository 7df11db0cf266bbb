"""Plans, what they promise, who does it and what became of it."""

from plans.models.action import Action, ActionArea, ActionQuerySet
from plans.models.around import ActionParty, Amount, Dependency
from plans.models.assignment import Assignment, AssignmentRemark, Evaluation, Side
from plans.models.challenge import Challenge
from plans.models.direction import AreaOrganisation, Direction, DirectionForm, Principle, Touchstone
from plans.models.goal import Body, Goal, GoalIndicator, Impact, ProgressEntry
from plans.models.load import AssignmentMonth, TeamMonth
from plans.models.milestone import Milestone, MilestoneArea, pictures_shown
from plans.models.news import News, Step
from plans.models.plan import Plan, PlanArea, PlanPerson, PlanQuerySet, PlanText, PlanVersion
from plans.models.proposal import Proposal
from plans.models.reminded import Reminded

__all__ = [
    "Action",
    "ActionArea",
    "ActionParty",
    "ActionQuerySet",
    "Amount",
    "AreaOrganisation",
    "Assignment",
    "AssignmentMonth",
    "AssignmentRemark",
    "Body",
    "Challenge",
    "Dependency",
    "Direction",
    "DirectionForm",
    "Evaluation",
    "Goal",
    "GoalIndicator",
    "Impact",
    "Milestone",
    "MilestoneArea",
    "News",
    "Plan",
    "PlanArea",
    "PlanPerson",
    "PlanQuerySet",
    "PlanText",
    "PlanVersion",
    "Principle",
    "ProgressEntry",
    "Proposal",
    "Reminded",
    "Side",
    "Step",
    "TeamMonth",
    "Touchstone",
    "pictures_shown",
]
