"""What the endpoints of requests call."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.ports.storage import OrganisationStore
from chalicelib.rights.access_answer import AnswerAccess
from chalicelib.rights.advise import AdviseOnRequest
from chalicelib.rights.change import ChangeRequest
from chalicelib.rights.decide import DecideRequest
from chalicelib.rights.file import FileRequest
from chalicelib.rights.read import ReadRequests


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsCases:
    """The use cases of requests, and the organisations that they name."""

    file: FileRequest
    read: ReadRequests
    change: ChangeRequest
    decide: DecideRequest
    advise: AdviseOnRequest
    answer: AnswerAccess
    organisations: OrganisationStore
