"""The shared parts of the document: schemas, parameters, headers, problems and the security scheme."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chalicelib.api.catalogue import ProblemKind
from chalicelib.api.conditions import ENTITY_TAGS
from chalicelib.api.documentation.answers import Part, headers, problem_response, response_name
from chalicelib.api.documentation.operation import OF_OAUTH
from chalicelib.api.documentation.operations import OPERATIONS
from chalicelib.api.documentation.security import schemes
from chalicelib.api.queries import (
    CURSOR,
    DEFAULT_LIMIT,
    IDEMPOTENCY_KEY,
    LARGEST_LIMIT,
    LISTED_REQUESTS,
    LISTED_REVIEWS,
    OPEN_REQUESTS,
    ORGANISATION_ID,
    REFERENCE,
    SIGNAL_ID,
)
from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.public import ProblemBody
from chalicelib.api.trail_query import MOMENT, PSEUDONYM, RESOURCE
from chalicelib.domain.organisation import Language
from chalicelib.domain.review import ReviewState
from chalicelib.domain.signal import SignalState
from chalicelib.signals.inform import Audience

_TAKEN: Final[JsonSchemaMode] = "validation"
_GIVEN: Final[JsonSchemaMode] = "serialization"


def components(answers: Iterable[tuple[ProblemKind, ...]]) -> Part:
    """The value of ``components``; ``answers`` are the problems that operations may answer with."""
    return {
        "schemas": _schemas(),
        "parameters": _parameters(),
        "headers": headers(),
        "responses": {response_name(kinds): problem_response(kinds) for kinds in answers},
        "securitySchemes": schemes(),
    }


def schema_name(body: type[Body]) -> str:
    """What a body is called in the document."""
    return body.__name__.removesuffix("Body")


def _schemas() -> Part:
    told_of = [operation for name, operation in OPERATIONS.items() if name not in OF_OAUTH]
    taken = {operation.takes for operation in told_of if operation.takes is not None}
    given = {operation.gives for operation in told_of if operation.gives is not None}
    given |= {refusal.body for operation in OPERATIONS.values() for refusal in operation.refusals.values()}
    asked = [(body, _TAKEN) for body in sorted(taken, key=schema_name)]
    told = [(body, _GIVEN) for body in sorted(given | {ProblemBody}, key=schema_name)]
    _, schemas = models_json_schema([*asked, *told], ref_template="#/components/schemas/{model}")
    text = json.dumps(schemas["$defs"])
    for written, told_as in ((r"(\w+)Body-Input\b", r"\1Given"), (r"(\w+)Body(-Output)?\b", r"\1")):
        text = re.sub(written, told_as, text)
    plain: Part = _without_titles(json.loads(text))
    for schema in plain.values():
        _say_what_is_a_date(schema)
    return dict(sorted(plain.items()))


def _say_what_is_a_date(schema: Part) -> None:
    """A date that may be null or told in parts says so at its own place too, as generic readers ask."""
    for name, held in schema.get("properties", {}).items():
        if name.endswith("Date") and "$ref" not in held:
            held["format"] = "date"


def _without_titles(part: Any) -> Any:
    """Pydantic titles every field by its own name; properties that are called title stay."""
    if isinstance(part, list):
        return [_without_titles(member) for member in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _without_titles(member)
        for name, member in part.items()
        if name != "title" or not isinstance(member, str)
    }


def _of_the_trail() -> Part:
    moment = _text(MOMENT) | {"format": "date-time"}
    return {
        "ByOrganisation": _parameter(
            "query", "organisationId", "Only entries of this one.", _text(ORGANISATION_ID)
        ),
        "ByResource": _parameter("query", "resource", "Only entries about this one.", _text(RESOURCE)),
        "ByPseudonym": _parameter(
            "query", "pseudonym", "Only entries about the youth of this pseudonym.", _text(PSEUDONYM)
        ),
        "Since": _parameter("query", "since", "From this moment on.", moment),
        "Until": _parameter("query", "until", "Before this moment.", moment),
    }


def _parameters() -> Part:
    states = {"type": "string", "enum": [state.value for state in SignalState]}
    tags = {"type": "string", "pattern": rf"^(\*|{ENTITY_TAGS.pattern})$"}
    limit = {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT}
    return {
        "SignalId": _parameter("path", "signalId", "The signal's id.", _text(SIGNAL_ID), required=True),
        "MatchId": _parameter("path", "matchId", "The match's id.", _text(SIGNAL_ID), required=True),
        "ReviewId": _parameter("path", "reviewId", "The review's id.", _text(SIGNAL_ID), required=True),
        "RequestId": _parameter("path", "requestId", "The request's id.", _text(SIGNAL_ID), required=True),
        "RequestState": _parameter(
            "query",
            "state",
            "Only requests that are open, or done.",
            {"type": "string", "enum": list(LISTED_REQUESTS), "default": OPEN_REQUESTS},
        ),
        "StaffId": _parameter(
            "path", "professionalId", "The organisation's own staff id.", _text(REFERENCE), required=True
        ),
        "SiteId": _parameter(
            "path", "siteId", "The organisation's own id of the site.", _text(REFERENCE), required=True
        ),
        "ExcludedAddressId": _parameter(
            "path", "excludedAddressId", "The id of the entry.", _text(SIGNAL_ID), required=True
        ),
        "OrganisationId": _parameter(
            "path", "organisationId", "The organisation's id.", _text(ORGANISATION_ID), required=True
        ),
        "ReviewState": _parameter(
            "query",
            "state",
            "Only reviews in this state.",
            {"type": "string", "enum": list(LISTED_REVIEWS), "default": ReviewState.OPEN.value},
        ),
        "LetterId": _parameter(
            "path",
            "letterId",
            "To whom the letter is written.",
            {"type": "string", "enum": [audience.value for audience in Audience]},
            required=True,
        ),
        "Language": _parameter(
            "query",
            "language",
            "In which language.",
            {
                "type": "string",
                "enum": [language.value for language in Language],
                "default": Language.DUTCH.value,
            },
        ),
        **_of_the_trail(),
        "State": _parameter("query", "state", "Only signals in this state.", states),
        "Reference": _parameter("query", "reference", "Only signals with this reference.", _text(REFERENCE)),
        "Limit": _parameter("query", "limit", "How many at most.", limit),
        "Cursor": _parameter(
            "query", "cursor", "Where the previous page stopped; from `Link`.", _text(CURSOR)
        ),
        "ProfessionalId": _parameter(
            "header", "Professional-Id", "Who acts: the organisation's own staff id.", _text(REFERENCE)
        ),
        "ActingProfessional": _parameter(
            "header",
            "Professional-Id",
            "Who acts: the organisation's own staff id. It lands in the audit trail.",
            _text(REFERENCE),
            required=True,
        ),
        "IfMatchOptional": _parameter(
            "header", "If-Match", "The `ETag` that the change rests on, if any.", tags
        ),
        "IfMatch": _parameter(
            "header", "If-Match", "The `ETag` that the change rests on.", tags, required=True
        ),
        "IdempotencyKey": _parameter(
            "header", "Idempotency-Key", "Makes repeating harmless; quoted or bare.", _text(IDEMPOTENCY_KEY)
        ),
    }


def _parameter(place: str, name: str, description: str, schema: Part, *, required: bool = False) -> Part:
    return {"in": place, "name": name, "description": description, "required": required, "schema": schema}


def _text(form: re.Pattern[str]) -> Part:
    return {"type": "string", "pattern": f"^{form.pattern}$"}
