"""What the document says of suspected searches."""

from __future__ import annotations

from typing import Final

from chalicelib.api.catalogue import INVALID_REQUEST
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.searches import SuspectedSearchListBody

LIST_SEARCHES: Final = Operation(
    tag="Organisations",
    description=(
        "Whoever gives a signal, reads its matches and retracts it within a day has searched (D16). Such "
        "retractions are counted per professional and per organisation in each calendar month; who reaches "
        "the threshold of the stage is listed here, this month and last, and the operators are alarmed. "
        "The audit trail tells each by itself."
    ),
    gives=SuspectedSearchListBody,
    answer_example={
        "items": [
            {
                "month": "2026-11",
                "organisationId": "regenboog",
                "professionalId": "staff-17",
                "retractions": 4,
            }
        ]
    },
    parameters=("ProfessionalId", "Limit", "Cursor"),
    headers=("Link",),
    problems=(INVALID_REQUEST,),
)
