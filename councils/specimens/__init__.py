"""What the style page shows of councils; each module registers its own, made up and never saved."""

from councils.specimens import composition as composition
