"""What happens at night."""

from django.utils.translation import gettext_lazy

from accounts.privacy import apply_retention
from core.jobs import NightlyJob, nightly_jobs

nightly_jobs.register(
    NightlyJob(
        name="accounts.retention",
        title=gettext_lazy("Delete personal data past its time"),
        run=apply_retention,
    )
)
