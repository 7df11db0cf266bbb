"""Who may change benches: area workers where they work, and the office."""

from accounts.models import RoleAssignment
from accounts.rules import STEWARDS, grant, role_here
from benches.models import Bench

grant("benches.change_bench", role_here(RoleAssignment.Role.AREA_WORKER) | STEWARDS, Bench)
