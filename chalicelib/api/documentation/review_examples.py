"""Examples of reviews (a test validates them)."""

from __future__ import annotations

from typing import Final

from chalicelib.api.documentation.examples import Example

REVIEW: Final[Example] = {
    "id": "mn-3d9a6c1f0b7e4d52a8f1c6e2947b0d38",
    "state": "OPEN",
    "since": "2026-11-22T09:31:07Z",
    "verdict": None,
    "decidedAt": None,
    "askedAt": None,
    "rule": "SAME_NUMBER_OTHER_PERSON",
    "evidence": [
        {"field": "bsn", "level": "EQUAL"},
        {"field": "surname", "level": "EQUAL"},
        {"field": "given_names", "level": "DIFFERENT"},
        {"field": "birth_date", "level": "DIFFERENT"},
    ],
    "sides": [
        {
            "signalId": "mn-9b2f4c1de07a4b6f8c3d5e1f2a7b9c04",
            "organisation": {"id": "regenboog", "name": "Basisschool De Regenboog"},
        },
        {
            "signalId": "mn-c41d7be2a90f4a3d8e6b5f1207c9d3ea",
            "organisation": {"id": "ggd-utrecht", "name": "GGD Regio Utrecht"},
        },
    ],
}
DECIDED_REVIEW: Final[Example] = REVIEW | {
    "state": "DECIDED",
    "verdict": "NOT_SAME",
    "decidedAt": "2026-11-23T13:05:00Z",
}
ASKED_REVIEW: Final[Example] = REVIEW | {"askedAt": "2026-11-22T15:00:00Z"}
REVIEW_LIST: Final[Example] = {"items": [REVIEW]}
