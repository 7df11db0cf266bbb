"""Sections: on the page of a council those of its members, composition, meetings and advices, on that of an area its councils.

A section of a council is a panel of target `COUNCIL`; one file here for each subject, with its place in `ORDER`.
"""

COUNCIL = "councils.council"
# Where each subject stands on the page of a council.
ORDER = {"advice": 10, "members": 20, "composition": 30, "meetings": 40, "evaluation": 50, "contact": 60}

from councils.panels import advised, composed, evaluated, here, met  # noqa: E402, F401  # each registers its panels
