"""What a person may be looking for in councils; each module registers its source."""

from councils.search import advices as advices
from councils.search import councils as councils
