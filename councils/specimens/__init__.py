"""What the style page shows of councils; each module registers its own, made up and never saved."""

from councils.specimens import advices as advices
from councils.specimens import composition as composition
from councils.specimens import questions as questions
