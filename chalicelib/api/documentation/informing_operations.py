"""What the document says of informing the family."""

from __future__ import annotations

from typing import Final

from chalicelib.api.catalogue import INVALID_REQUEST, NOT_FOUND
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.informing import InformingOverviewBody

INFORMING_OPERATIONS: Final = {
    "list_uninformed": Operation(
        tag="Signals",
        description=(
            "The family has to be told of a signal (D30): under 12 the legal representative, at 12 to 15 the "
            "youth as well, from 16 the youth alone, by the age on the day of telling; of an incomplete "
            "birth date everybody who might have to be. A signal without `informed` is taken, and answers "
            "in `informBy` by when they have to be. Where the law lets somebody not be told yet, "
            "`notYetInformed` names the ground. `PATCH` adds either later. Listed are the own running "
            "signals that somebody still has to be told of; the list may lag a moment behind a change. "
            "What cannot be read for a reason of ours, or whose holder has no card, is in `unreadable` by "
            "its id, and in the counts."
        ),
        gives=InformingOverviewBody,
        answer_example={
            "counts": {"overdue": 1, "open": 12, "postponed": 2},
            "items": [
                {
                    "signalId": "mn-9b2f4c1de07a4b6f8c3d5e1f2a7b9c04",
                    "signalNumber": "S-7KQ4-M2XD",
                    "reference": "LVS-2026-00017",
                    "professionalId": "staff-17",
                    "professionalName": "J. Jansen",
                    "createdAt": "2026-11-22T09:30:00Z",
                    "informBy": "2026-12-20",
                    "standing": "OVERDUE",
                    "toInform": ["YOUTH"],
                    "ground": None,
                }
            ],
            "unreadable": [],
        },
        parameters=("ProfessionalId", "Limit", "Cursor"),
        headers=("Link",),
        problems=(INVALID_REQUEST,),
    ),
    "read_information_letter": Operation(
        tag="Signals",
        description=(
            "The letter by which a family is told of a signal (D30): to parents, or to young people who are "
            "told themselves. Plain Dutch (B1) or English, with the organisation's name, and with the "
            "contact card of the professional whom `Professional-Id` names. A page to print or to save: it "
            "names no youth, and fetches nothing."
        ),
        parameters=("LetterId", "Language", "ProfessionalId"),
        headers=("Content-Language",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
}
"""By the name that the table of routes gives."""
