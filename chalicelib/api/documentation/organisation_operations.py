"""What the document says of the operations on organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import (
    IDEMPOTENCY_MISMATCH,
    INVALID_REQUEST,
    NOT_FOUND,
    ORGANISATION_EXISTS,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
)
from chalicelib.api.documentation import organisation_examples as examples
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.documentation.patches import OrganisationPatchBody
from chalicelib.api.negotiation import JSON, MERGE_PATCH
from chalicelib.api.schemas.organisations import NewOrganisationBody, OrganisationBody, OrganisationListBody

ORGANISATION_OPERATIONS: Final[Mapping[str, Operation]] = {
    "list_organisations": Operation(
        tag="Organisations",
        description="Every organisation of the region, by id.",
        gives=OrganisationListBody,
        answer_example=examples.ORGANISATION_LIST,
        parameters=("ProfessionalId", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "register_organisation": Operation(
        tag="Organisations",
        description=(
            "From then on it can get tokens for its scopes, and give signals if it is of the kind that "
            "reports. With `awsAccount` it gets a topic of its own, to which that account alone can "
            "subscribe. With an Idempotency-Key a request can be repeated for 24 hours and answers what "
            "it answered first."
        ),
        takes=NewOrganisationBody,
        body_required=True,
        request_examples={"a-school": examples.NEW_ORGANISATION, "a-supervisor": examples.NEW_SUPERVISOR},
        gives=OrganisationBody,
        answer_example=examples.ORGANISATION,
        parameters=("ProfessionalId", "IdempotencyKey"),
        headers=("Location", "ETag"),
        problems=(INVALID_REQUEST, ORGANISATION_EXISTS, IDEMPOTENCY_MISMATCH),
    ),
    "read_organisation": Operation(
        tag="Organisations",
        description="One organisation, for the region's administrator; its own for each, without a scope.",
        gives=OrganisationBody,
        answer_example=examples.ORGANISATION,
        parameters=("OrganisationId", "ProfessionalId"),
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "change_organisation": Operation(
        tag="Organisations",
        description=(
            "A JSON Merge Patch (RFC 7396): rights, names, e-mail domains, a contact point instead of its "
            "name (D19). All of it holds from the organisation's next request on; `state` SUSPENDED shuts "
            "it out, ACTIVE lets it in again. A new name is seen everywhere at once (D9). Another "
            "`awsAccount` gets a new topic; who was subscribed from the former one hears no more. Nobody "
            "suspends their own organisation."
        ),
        takes=OrganisationPatchBody,
        media_types=(MERGE_PATCH, JSON),
        body_required=True,
        request_examples={"suspension": examples.SUSPENSION, "contact-point": examples.CONTACT_POINT_ONLY},
        gives=OrganisationBody,
        answer_example=examples.SUSPENDED_ORGANISATION,
        parameters=("OrganisationId", "ProfessionalId", "IfMatch"),
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND, PRECONDITION_FAILED, PRECONDITION_REQUIRED),
    ),
}
"""By the name that the table of routes gives."""
