"""What the plumbing keeps: progress of jobs, mails, files, what waits for a yes or its moment, and who keeps the worker alive."""

from core.models.attachment import Attachment
from core.models.files import PrivateFile
from core.models.intake import Intake
from core.models.mail import OutgoingMail
from core.models.progress import JobProgress
from core.models.release import Release, ReleaseLook, ReleaseReader
from core.models.worker import TickRun, WorkerHeartbeat

__all__ = [
    "Attachment",
    "Intake",
    "JobProgress",
    "OutgoingMail",
    "PrivateFile",
    "Release",
    "ReleaseLook",
    "ReleaseReader",
    "TickRun",
    "WorkerHeartbeat",
]
