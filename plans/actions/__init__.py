"""What can be done with plans; each verb checks the permission, locks, validates, writes and keeps the history.

While a plan is in the making, who edits it changes it at once. Once it is public only who publishes does; others `propose`.
"""

from plans.actions.actions import add_action, change_action, lead_on_action, remove_action
from plans.actions.around import Around, Money, Party
from plans.actions.direction import (
    add_principle,
    change_principle,
    choose_direction,
    remove_direction,
    remove_principle,
    write_touchstones,
)
from plans.actions.goals import (
    add_figure,
    add_goal,
    change_figure,
    change_goal,
    move_goal,
    remove_figure,
    remove_goal,
)
from plans.actions.imports import import_plan
from plans.actions.milestones import add_milestone, change_milestone, remove_milestone
from plans.actions.moving import move_actions, move_milestones, move_plans, move_tasks
from plans.actions.organisation import agree_organisation, change_organisation, remove_organisation
from plans.actions.plans import (
    add_plan,
    adopt_plan,
    change_plan,
    end_plan,
    lead_on_plan,
    open_for_reading,
    reopen_plan,
    set_people,
    withdraw_plan,
)
from plans.actions.proposals import accept_proposal, decline_proposal, propose, withdraw_proposal
from plans.actions.texts import (
    add_impact,
    add_text,
    change_impact,
    change_text,
    remove_impact,
    remove_text,
)

__all__ = [
    "Around",
    "Money",
    "Party",
    "accept_proposal",
    "add_action",
    "add_figure",
    "add_goal",
    "add_impact",
    "add_milestone",
    "add_plan",
    "add_principle",
    "add_text",
    "adopt_plan",
    "agree_organisation",
    "change_action",
    "change_figure",
    "change_goal",
    "change_impact",
    "change_milestone",
    "change_organisation",
    "change_plan",
    "change_principle",
    "change_text",
    "choose_direction",
    "decline_proposal",
    "end_plan",
    "import_plan",
    "lead_on_action",
    "lead_on_plan",
    "move_actions",
    "move_goal",
    "move_milestones",
    "move_plans",
    "move_tasks",
    "open_for_reading",
    "propose",
    "remove_action",
    "remove_direction",
    "remove_figure",
    "remove_goal",
    "remove_impact",
    "remove_milestone",
    "remove_organisation",
    "remove_principle",
    "remove_text",
    "reopen_plan",
    "set_people",
    "withdraw_plan",
    "withdraw_proposal",
    "write_touchstones",
]
