"""What the document says of each operation beyond the table of routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import (
    CARD_MISSING,
    IDEMPOTENCY_MISMATCH,
    INVALID_REQUEST,
    NOT_FOUND,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    REFERENCE_IN_USE,
    SIGNAL_ENDED,
    SIGNAL_ERASED,
)
from chalicelib.api.documentation import examples
from chalicelib.api.documentation.batch_operation import GIVE_SIGNALS
from chalicelib.api.documentation.death_operations import DEATH_OPERATIONS
from chalicelib.api.documentation.exclusion_operations import EXCLUSION_OPERATIONS
from chalicelib.api.documentation.history_operation import OPEN_HISTORY
from chalicelib.api.documentation.informing_operations import INFORMING_OPERATIONS
from chalicelib.api.documentation.life_operations import LIFE_OPERATIONS
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.documentation.organisation_operations import ORGANISATION_OPERATIONS
from chalicelib.api.documentation.patches import SignalPatchBody
from chalicelib.api.documentation.professional_operations import PROFESSIONAL_OPERATIONS
from chalicelib.api.documentation.request_operations import REQUEST_OPERATIONS
from chalicelib.api.documentation.review_operations import REVIEW_OPERATIONS
from chalicelib.api.documentation.search_operation import LIST_SEARCHES
from chalicelib.api.documentation.sign_in_operations import SIGN_IN_OPERATIONS
from chalicelib.api.documentation.site_operations import SITE_OPERATIONS
from chalicelib.api.documentation.trail_operations import TRAIL_OPERATIONS
from chalicelib.api.negotiation import JSON, MERGE_PATCH
from chalicelib.api.schemas.matches import ExplanationBody, MatchInFullBody, MatchListBody
from chalicelib.api.schemas.public import HealthBody
from chalicelib.api.schemas.signals import (
    EmptyBody,
    NewSignalBody,
    SignalBody,
    SignalInFullBody,
    SignalListBody,
)

OPERATIONS: Final[Mapping[str, Operation]] = {
    "give_signal": Operation(
        tag="Signals",
        description=(
            "Tells the index that a professional is involved with a youth, never why (D3). A BSN is required "
            "of an organisation that may use it, and refused of one that may not (D4). The same reference "
            "with the same content answers 200 with the signal that is there; with other content 409. With "
            "an Idempotency-Key a request can be repeated for 24 hours and answers what it answered first."
        ),
        takes=NewSignalBody,
        body_required=True,
        request_examples={
            "with-bsn": examples.NEW_SIGNAL,
            "without-bsn": examples.NEW_SIGNAL_WITHOUT_BSN,
        },
        gives=SignalBody,
        answer_example=examples.SIGNAL,
        parameters=("ProfessionalId", "IdempotencyKey"),
        headers=("Location", "ETag"),
        leads_to=("read_signal", "change_signal", "read_signal_matches", "close_signal", "retract_signal"),
        problems=(INVALID_REQUEST, REFERENCE_IN_USE, SIGNAL_ERASED, IDEMPOTENCY_MISMATCH),
    ),
    "give_signals": GIVE_SIGNALS,
    "list_signals": Operation(
        tag="Signals",
        description=(
            "Own signals only. There is no way to search for a person (D16). A page may hold fewer signals "
            "than asked for, even none, and still have a next one: follow `Link` until there is none. Where "
            "the contact card of who holds a signal is missing, the signal stands in `withoutCard`."
        ),
        gives=SignalListBody,
        answer_example=examples.SIGNAL_LIST,
        parameters=("ProfessionalId", "State", "Reference", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "read_signal": Operation(
        tag="Signals",
        description=(
            "With the names and birth date that the organisation itself gave; never the BSN, a parent or an "
            "address (D4, D20, D21). `youth` is null once the signal ended (D36)."
        ),
        gives=SignalInFullBody,
        answer_example=examples.SIGNAL_IN_FULL,
        parameters=("SignalId", "ProfessionalId"),
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND, SIGNAL_ERASED, CARD_MISSING),
    ),
    "change_signal": Operation(
        tag="Signals",
        description=(
            "A JSON Merge Patch (RFC 7396) of what was given: moved, a name corrected, a BSN that arrived, "
            "another professional, an earlier end. It keeps the rules of giving a signal; nothing is "
            "extended (D7). When the address becomes another place, the one that was left becomes "
            "`previousAddress` unless the patch names one itself, or null for a mere correction. A "
            "`professional` with another id is merged into the card of whom it names. The matches are "
            "evaluated anew, and each side is told what changes (D23)."
        ),
        takes=SignalPatchBody,
        media_types=(MERGE_PATCH, JSON),
        body_required=True,
        request_examples={"moved": examples.MOVED, "another-professional": examples.ANOTHER_PROFESSIONAL},
        gives=SignalInFullBody,
        answer_example=examples.SIGNAL_IN_FULL,
        parameters=("SignalId", "ProfessionalId", "IfMatch"),
        headers=("ETag",),
        problems=(
            INVALID_REQUEST,
            NOT_FOUND,
            SIGNAL_ERASED,
            SIGNAL_ENDED,
            PRECONDITION_FAILED,
            PRECONDITION_REQUIRED,
        ),
    ),
    "read_signal_matches": Operation(
        tag="Matches",
        description=(
            "The contact cards of the others around this signal, for those in the match only (D16, D18). "
            "A household match concerns different youths. Talk with the family first; exchanging content "
            "needs the consent of the parents or the youth. Where the other's card is missing, the match "
            "stands in `withoutCard`, with their organisation as far as it is known."
        ),
        gives=MatchListBody,
        answer_example=examples.MATCH_LIST,
        parameters=("SignalId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND, SIGNAL_ERASED),
    ),
    "read_match": Operation(
        tag="Matches",
        description="One match, active or ended, for those in it only (D16); as the signal's list tells it.",
        gives=MatchInFullBody,
        answer_example=examples.MATCH,
        parameters=("MatchId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND, CARD_MISSING),
    ),
    "explain_match": Operation(
        tag="Matches",
        description=(
            "Which rule and model made the match, which fields agreed and how strongly, and when that was "
            "weighed (D22). Fields and levels are told by name: no value, and nothing of the other side. "
            "The weights are in bits, and their sum is the total."
        ),
        gives=ExplanationBody,
        answer_example=examples.EXPLANATION,
        parameters=("MatchId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "close_signal": Operation(
        tag="Signals",
        description=(
            "The risk is gone (D34). The others in its matches are told (D37). Closing twice is harmless."
        ),
        takes=EmptyBody,
        request_examples={"nothing": {}},
        gives=SignalBody,
        answer_example=examples.CLOSED_SIGNAL,
        parameters=("SignalId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND, SIGNAL_ERASED, SIGNAL_ENDED, CARD_MISSING),
    ),
    "retract_signal": Operation(
        tag="Signals",
        description=(
            "It was wrongly made (D34). The person record goes at once and leaves nothing (D35), nor does "
            "the reference, which is empty from then on. The others in its matches are told (D37). "
            "Retracting twice is harmless."
        ),
        takes=EmptyBody,
        request_examples={"nothing": {}},
        gives=SignalBody,
        answer_example=examples.RETRACTED_SIGNAL,
        parameters=("SignalId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND, SIGNAL_ERASED, SIGNAL_ENDED, CARD_MISSING),
    ),
    **INFORMING_OPERATIONS,
    "open_history": OPEN_HISTORY,
    **LIFE_OPERATIONS,
    **DEATH_OPERATIONS,
    "list_searches": LIST_SEARCHES,
    **TRAIL_OPERATIONS,
    **REVIEW_OPERATIONS,
    **PROFESSIONAL_OPERATIONS,
    **SITE_OPERATIONS,
    **ORGANISATION_OPERATIONS,
    **REQUEST_OPERATIONS,
    **SIGN_IN_OPERATIONS,
    **EXCLUSION_OPERATIONS,
    "health": Operation(
        tag="Public",
        description="For monitoring: live, which version, and whether the tables answer.",
        gives=HealthBody,
        answer_example=examples.HEALTH,
    ),
    "openapi": Operation(
        tag="Public",
        description="This document, readable without a token and from any browser.",
        answer_example=examples.DESCRIPTION,
    ),
}
"""By the name that the table of routes gives."""
