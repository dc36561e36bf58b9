"""What a JSON Merge Patch may hold, read off the schemas of what it is merged into (RFC 7396)."""

from __future__ import annotations

from types import GenericAlias
from typing import Any, Final, get_type_hints

from pydantic import Field, create_model

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.organisations import ChangedOrganisationBody, ContactPointBody
from chalicelib.api.schemas.person import YouthBody
from chalicelib.api.schemas.professionals import CardBody
from chalicelib.api.schemas.requests import MOST_SIGNALS, DecisionBody, SignalMeasureBody
from chalicelib.api.schemas.signals import (
    InformedBody,
    NotYetInformedBody,
    ProfessionalBody,
    SignalContentBody,
)

_LEFT_OUT: Final = Field(default_factory=lambda: None)
"""Of what must be there when all is merged: it may be left out, but not taken away."""

_MERGED: Final = "What is left out stays as it is; null takes it away."


def _part_of(body: type[Body], name: str, description: str, **parts: type[Body]) -> type[Body]:
    """A body with the same fields, none of which is required; ``parts`` are patches of their own."""
    hints = get_type_hints(body, include_extras=True) | parts
    fields: dict[str, Any] = {
        field: (hints[field], _LEFT_OUT) if held.is_required() else (hints[field] | None, None)
        for field, held in body.model_fields.items()
    }
    made: type[Body] = create_model(name, __base__=Body, __doc__=description, __module__=__name__, **fields)
    return made


_YouthPatch: Final = _part_of(YouthBody, "YouthPatchBody", f"Who the signal is about. {_MERGED}")

_Measure: Final = create_model(
    "SignalMeasureBody",
    __base__=SignalMeasureBody,
    __doc__=SignalMeasureBody.__doc__,
    __module__=__name__,
    youth=(_YouthPatch | None, None),
)
DecisionPatchBody: Final = create_model(
    "DecisionBody",
    __base__=DecisionBody,
    __doc__=DecisionBody.__doc__,
    __module__=__name__,
    measures=(GenericAlias(list, (_Measure,)), Field(default_factory=list, max_length=MOST_SIGNALS)),
)
"""A decision, with what a correction may hold."""

SignalPatchBody: Final = _part_of(
    SignalContentBody,
    "SignalPatchBody",
    f"A change of a signal. {_MERGED}",
    youth=_YouthPatch,
    professional=_part_of(
        ProfessionalBody,
        "ProfessionalPatchBody",
        f"The professional; another id is merged into the card of whom it names. {_MERGED}",
    ),
    informed=_part_of(InformedBody, "InformedPatchBody", f"Who was told. {_MERGED}"),
    not_yet_informed=_part_of(
        NotYetInformedBody, "NotYetInformedPatchBody", f"The ground for not yet telling them. {_MERGED}"
    ),
)

OrganisationPatchBody: Final = _part_of(
    ChangedOrganisationBody,
    "OrganisationPatchBody",
    f"A change of an organisation. {_MERGED}",
    contact_point=_part_of(
        ContactPointBody, "ContactPointPatchBody", f"Shown instead of the organisation (D19). {_MERGED}"
    ),
)

CardPatchBody: Final = _part_of(CardBody, "CardPatchBody", f"A change of a contact card. {_MERGED}")
