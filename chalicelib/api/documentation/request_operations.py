"""What the document says of requests of families."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import (
    ANSWER_NOT_READY,
    IDEMPOTENCY_MISMATCH,
    INVALID_REQUEST,
    NOT_FOUND,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    REQUEST_CLOSED,
    REQUEST_UNSETTLED,
)
from chalicelib.api.documentation import request_examples as examples
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.documentation.patches import DecisionPatchBody
from chalicelib.api.schemas.access import AccessAnswerBody
from chalicelib.api.schemas.requests import (
    AskedAdviceBody,
    ConcernsBody,
    GivenAdviceBody,
    NewRequestBody,
    RequestBody,
    RequestListBody,
)
from chalicelib.api.schemas.signals import EmptyBody

_ON_ONE: Final = ("RequestId", "ProfessionalId")
_CHANGING: Final = (*_ON_ONE, "IfMatchOptional")
_REFUSED: Final = (INVALID_REQUEST, NOT_FOUND, REQUEST_CLOSED, PRECONDITION_FAILED, PRECONDITION_REQUIRED)

REQUEST_OPERATIONS: Final[Mapping[str, Operation]] = {
    "file_request": Operation(
        tag="Requests",
        description=(
            "For who handles requests of families. The youth asks from 12, the legal representative until 16 "
            "(D31). The signals about this youth are found by the core that matches: certain ones at once, "
            "doubtful ones with the fields that agree. The professional of each is asked for advice. Who the "
            "youth is, is sealed, told nobody, and forgotten when the request is done."
        ),
        takes=NewRequestBody,
        body_required=True,
        request_examples={"erasure": examples.NEW_REQUEST},
        gives=RequestBody,
        answer_example=examples.REQUEST,
        parameters=("ProfessionalId", "IdempotencyKey"),
        headers=("Location", "ETag"),
        problems=(INVALID_REQUEST, NOT_FOUND, IDEMPOTENCY_MISMATCH),
    ),
    "list_requests": Operation(
        tag="Requests",
        description=(
            "Those that the organisation handles, first due first: open ones unless `state` asks for those "
            "done. A page may hold fewer than asked for and still have a next one: follow `Link`."
        ),
        gives=RequestListBody,
        answer_example={"items": [examples.REQUEST]},
        parameters=("ProfessionalId", "RequestState", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "read_request": Operation(
        tag="Requests",
        description="How far it is: whom it concerns, what is advised, when it is due, what was decided.",
        gives=RequestBody,
        answer_example=examples.REQUEST,
        parameters=_ON_ONE,
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "settle_doubt": Operation(
        tag="Requests",
        description=(
            "A person's word on a doubtful signal. One that is concerned is advised on as the others are; "
            "of one that is not, nobody hears. The same again changes nothing."
        ),
        takes=ConcernsBody,
        body_required=True,
        request_examples={"concerned": {"concerns": True}},
        gives=RequestBody,
        answer_example=examples.REQUEST,
        parameters=("RequestId", "SignalId", "ProfessionalId", "IfMatchOptional"),
        headers=("ETag",),
        problems=_REFUSED,
    ),
    "grant_restriction": Operation(
        tag="Requests",
        description=(
            "Hides the signals from matching while the request is decided (D33): nothing finds them, their "
            "matches end, and come back when the signals do. Not for access, or a copy."
        ),
        takes=EmptyBody,
        request_examples={"nothing": {}},
        gives=RequestBody,
        answer_example=examples.REQUEST,
        parameters=_CHANGING,
        headers=("ETag",),
        problems=_REFUSED,
    ),
    "lift_restriction": Operation(
        tag="Requests",
        description=(
            "Ends a restriction, granted meanwhile or by the decision: the signals match again, unless "
            "another request hides them. Lifting twice is harmless while the request is open."
        ),
        gives=RequestBody,
        answer_example=examples.REQUEST | {"restrict": False},
        parameters=_CHANGING,
        headers=("ETag",),
        problems=_REFUSED,
    ),
    "decide_request": Operation(
        tag="Requests",
        description=(
            "GRANTED, PARTLY or REFUSED, the latter two on a lawful ground; or WITHDRAWN by the requester. "
            "The index does what follows, signal by signal: a wrong one is ERASED everywhere, else it is "
            "CLOSED, CORRECTED and matched anew, RESTRICTED, SHOWN or KEPT (D33). Repeating the decision "
            "goes on where carrying it out stopped. Refused while a doubt is open, or more was found since."
        ),
        takes=DecisionPatchBody,
        body_required=True,
        request_examples={
            "granted": {"ruling": "GRANTED"},
            "refused": {"ruling": "REFUSED", "ground": "SIGNAL_JUSTIFIED"},
            "corrected": {
                "ruling": "GRANTED",
                "measures": [
                    {
                        "signalId": examples.SIGNAL,
                        "measure": "CORRECTED",
                        "youth": {"birthDate": "2014-03-19"},
                    }
                ],
            },
        },
        gives=RequestBody,
        answer_example=examples.DECIDED,
        parameters=_CHANGING,
        headers=("ETag",),
        problems=(*_REFUSED, REQUEST_UNSETTLED),
    ),
    "read_access_answer": Operation(
        tag="Requests",
        description=(
            "What D32 lists, made anew each time and kept nowhere: why data are held, what each signal says "
            "of the youth, who gave it, until when, who was told and who looked. As JSON, or as a page in "
            "plain Dutch (`Accept: text/html`). Never a BSN, a parent or a secret address (D4, D20, D21). "
            "Once the request is granted, for as many days as it may take to answer one."
        ),
        gives=AccessAnswerBody,
        answer_example=examples.ANSWER,
        parameters=_ON_ONE,
        problems=(INVALID_REQUEST, NOT_FOUND, ANSWER_NOT_READY),
    ),
    "read_asked_advice": Operation(
        tag="Requests",
        description=(
            "For the organisation whose signal a request is about: what is asked, and by when it is decided. "
            "Its own signals alone; another organisation is answered that there is nothing here."
        ),
        gives=AskedAdviceBody,
        answer_example=examples.ASKED,
        parameters=_ON_ONE,
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "give_advice": Operation(
        tag="Requests",
        description=(
            "The advice of the reporting professional on own signals (D31): REFUSE with a ground, no free "
            "text. Another advice takes the place of an earlier one until the request is decided."
        ),
        takes=GivenAdviceBody,
        body_required=True,
        request_examples={"refuse": examples.ADVICE},
        gives=AskedAdviceBody,
        answer_example=examples.ASKED,
        parameters=_ON_ONE,
        problems=(INVALID_REQUEST, NOT_FOUND, REQUEST_CLOSED),
    ),
}
"""By the name that the table of routes gives."""
