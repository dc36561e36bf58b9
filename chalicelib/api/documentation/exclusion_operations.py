"""What the document says of the register of excluded addresses, with examples (a test validates them)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import IDEMPOTENCY_MISMATCH, INVALID_REQUEST, NOT_FOUND
from chalicelib.api.documentation.examples import Example
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.exclusions import (
    ExclusionBody,
    ExclusionListBody,
    NewExclusionBody,
    RemovedExclusionBody,
)

SHELTER: Final[Example] = {
    "address": {"postalCode": "3511 AB", "houseNumber": 12},
    "level": "NUMBER",
    "kind": "SHELTER",
    "source": "Gemeente Utrecht",
    "validFrom": "2026-11-22",
}
ENTRY: Final[Example] = SHELTER | {
    "id": "mn-7b1de4c09f2a4b6f8c3d5e1f2a7b9c04",
    "address": {"postalCode": "3511AB", "houseNumber": 12, "houseLetter": None, "houseNumberAddition": None},
    "validUntil": None,
}

EXCLUSION_OPERATIONS: Final[Mapping[str, Operation]] = {
    "list_excluded_addresses": Operation(
        tag="Excluded addresses",
        description="The register of D13, by id. An entry that was just made may be listed a moment later.",
        gives=ExclusionListBody,
        answer_example={"items": [ENTRY]},
        parameters=("ProfessionalId", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "exclude_address": Operation(
        tag="Excluded addresses",
        description=(
            "Who lives at an institution, a shelter or a prison shares no household with the others there "
            "(D13). An entry for the same address takes the place of an earlier one. Signals at the address "
            "are matched anew, on the first and after the last day of the entry too."
        ),
        takes=NewExclusionBody,
        body_required=True,
        request_examples={"a-shelter": SHELTER},
        gives=ExclusionBody,
        answer_example=ENTRY,
        parameters=("ProfessionalId", "IdempotencyKey"),
        headers=("Location",),
        problems=(INVALID_REQUEST, NOT_FOUND, IDEMPOTENCY_MISMATCH),
    ),
    "read_excluded_address": Operation(
        tag="Excluded addresses",
        description="One entry of the register of D13. One that was just made may be there a moment later.",
        gives=ExclusionBody,
        answer_example=ENTRY,
        parameters=("ExcludedAddressId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "include_address": Operation(
        tag="Excluded addresses",
        description="Takes an entry out of the register; signals at its address are matched anew.",
        gives=RemovedExclusionBody,
        answer_example={"signals": 2},
        parameters=("ExcludedAddressId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
}
"""By the name that the table of routes gives."""
