"""What the document says of the operations on own professionals, with examples (a test validates them)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import INVALID_REQUEST, NOT_FOUND, PRECONDITION_FAILED, PRECONDITION_REQUIRED
from chalicelib.api.documentation.examples import PROFESSIONAL, SHOWN_PROFESSIONAL, Example
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.documentation.patches import CardPatchBody
from chalicelib.api.negotiation import JSON, MERGE_PATCH
from chalicelib.api.schemas.professionals import CardBody, OwnProfessionalBody, OwnProfessionalListBody
from chalicelib.api.schemas.transfers import TransferBody, TransferredBody

CARD: Final[Example] = {name: value for name, value in PROFESSIONAL.items() if name != "id"}
AT_A_SITE: Final[Example] = {
    "name": "P. Vos",
    "siteId": "zuid",
    "email": "p.vos@regenboog.example",
}
OWN: Final[Example] = SHOWN_PROFESSIONAL | {"leftAt": None, "mailTrouble": None}
BOUNCING: Final[Example] = OWN | {"id": "staff-9", "mailTrouble": "BOUNCES"}
TELEPHONE: Final[Example] = {"telephone": "+31307654321"}

_ON_ONE: Final = ("StaffId", "ProfessionalId")

PROFESSIONAL_OPERATIONS: Final[Mapping[str, Operation]] = {
    "list_professionals": Operation(
        tag="Professionals",
        description="Own professionals, by staff id. There is no search by name or address.",
        gives=OwnProfessionalListBody,
        answer_example={"items": [OWN, BOUNCING]},
        parameters=("ProfessionalId", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "read_professional": Operation(
        tag="Professionals",
        description="The card as others see it, and whether mail to its address arrives (D28).",
        gives=OwnProfessionalBody,
        answer_example=OWN,
        parameters=_ON_ONE,
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "put_professional": Operation(
        tag="Professionals",
        description=(
            "Stores a card; a signal that names this professional refers to it. A card that is there is "
            "replaced only with `If-Match`; the same card again is harmless. The address is in one of the "
            "organisation's registered e-mail domains."
        ),
        takes=CardBody,
        body_required=True,
        request_examples={"a-card": CARD, "at-a-site": AT_A_SITE},
        gives=OwnProfessionalBody,
        answer_example=OWN,
        parameters=(*_ON_ONE, "IfMatchOptional"),
        headers=("Location", "ETag"),
        problems=(INVALID_REQUEST, NOT_FOUND, PRECONDITION_FAILED, PRECONDITION_REQUIRED),
    ),
    "change_professional": Operation(
        tag="Professionals",
        description=(
            "A JSON Merge Patch (RFC 7396). A new telephone number is in every later read of a match and in "
            "every later notice; another address gets the mail from then on, what waited too."
        ),
        takes=CardPatchBody,
        media_types=(MERGE_PATCH, JSON),
        body_required=True,
        request_examples={"a-telephone-number": TELEPHONE},
        gives=OwnProfessionalBody,
        answer_example=OWN | TELEPHONE,
        parameters=(*_ON_ONE, "IfMatch"),
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND, PRECONDITION_FAILED, PRECONDITION_REQUIRED),
    ),
    "transfer_signals": Operation(
        tag="Professionals",
        description=(
            "Hands over all running signals of somebody who leaves to another of the organisation's own, by "
            "staff id or with a card (D28). From then on no new signal may name who left, until the card is "
            "stored anew. Each signal gets its next revision. The others in its matches see who took over "
            "from then on; who took over is told whom they are in touch with now. Large numbers take several "
            "requests: a 202 has a `cursor` to go on with. Repeating is harmless."
        ),
        takes=TransferBody,
        body_required=True,
        request_examples={"to-a-colleague": {"to": "staff-18"}, "to-somebody-new": {"to": PROFESSIONAL}},
        gives=TransferredBody,
        answer_example={"handedOver": 37, "cursor": None},
        parameters=_ON_ONE,
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
}
"""By the name that the table of routes gives."""
