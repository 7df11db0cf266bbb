"""Plans over `/api/v1/`: what is public is read by everybody, and written by who may by the verbs, each with the version seen.

Actions are GeoJSON; one without a drawing has no geometry. Money is text with a decimal point, a date is EDTF (2027, 2027-21 for
spring, 2028/ for from 2028).
"""

from plans.api.actions import ActionViewSet
from plans.api.goals import GoalViewSet
from plans.api.plans import PlanViewSet
from plans.api.told import AssignmentViewSet, MilestoneViewSet

__all__ = ["ActionViewSet", "AssignmentViewSet", "GoalViewSet", "MilestoneViewSet", "PlanViewSet"]
