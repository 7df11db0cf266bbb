"""What the plumbing keeps: progress of jobs, the mail queue, private files, and who keeps the worker alive."""

from core.models.files import PrivateFile
from core.models.mail import OutgoingMail
from core.models.progress import JobProgress
from core.models.worker import TickRun, WorkerHeartbeat

__all__ = ["JobProgress", "OutgoingMail", "PrivateFile", "TickRun", "WorkerHeartbeat"]
