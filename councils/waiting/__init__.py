"""What of councils waits for a person; each module registers its source."""

from councils.waiting import advices as advices
from councils.waiting import agreements as agreements
from councils.waiting import composition as composition
from councils.waiting import evaluations as evaluations
from councils.waiting import meetings as meetings
