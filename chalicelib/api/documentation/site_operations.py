"""What the document says of the operations on own sites, with examples (a test validates them)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import INVALID_REQUEST, NOT_FOUND, PRECONDITION_FAILED, PRECONDITION_REQUIRED
from chalicelib.api.documentation.examples import Example
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.sites import OwnSiteBody, OwnSiteListBody, SiteBody

SITE: Final[Example] = {"name": "De Regenboog, locatie Zuid", "telephone": "+31301234500"}
OWN: Final[Example] = SITE | {"id": "zuid"}

SITE_OPERATIONS: Final[Mapping[str, Operation]] = {
    "list_sites": Operation(
        tag="Professionals",
        description="Own sites, by id, as cards that name them show them.",
        gives=OwnSiteListBody,
        answer_example={"items": [OWN]},
        parameters=("ProfessionalId", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "read_site": Operation(
        tag="Professionals",
        description="A place of the organisation, which contact cards may name.",
        gives=OwnSiteBody,
        answer_example=OWN,
        parameters=("SiteId", "ProfessionalId"),
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "put_site": Operation(
        tag="Professionals",
        description=(
            "Stores a site. Cards that name it with `siteId` show it as it is called now, in every later "
            "read of a match and in every later notice, and its number where the professional has none "
            "(D28). One that is there is replaced only with `If-Match`; the same again is harmless."
        ),
        takes=SiteBody,
        body_required=True,
        request_examples={"a-site": SITE},
        gives=OwnSiteBody,
        answer_example=OWN,
        parameters=("SiteId", "ProfessionalId", "IfMatchOptional"),
        headers=("Location", "ETag"),
        problems=(INVALID_REQUEST, NOT_FOUND, PRECONDITION_FAILED, PRECONDITION_REQUIRED),
    ),
}
"""By the name that the table of routes gives."""
