"""Councils and what they advise over `/api/v1/`."""

from councils.api.advices import AdviceViewSet
from councils.api.councils import CouncilViewSet

__all__ = ["AdviceViewSet", "CouncilViewSet"]
