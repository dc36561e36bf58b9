"""Examples of requests of families (a test validates them)."""

from __future__ import annotations

from typing import Final

from chalicelib.api.documentation.examples import Example
from chalicelib.api.schemas.access import PURPOSE

SIGNAL: Final = "mn-9b2f4c1de07a4b6f8c3d5e1f2a7b9c04"
_REQUESTER: Final[Example] = {
    "role": "YOUTH",
    "identityChecked": {"on": "2026-11-20", "how": "IDENTITY_DOCUMENT"},
}
NEW_REQUEST: Final[Example] = {
    "kind": "ERASURE",
    "receivedOn": "2026-11-20",
    "requester": _REQUESTER,
    "youth": {
        "givenNames": "Sebastiaan Johannes",
        "surnamePrefix": "van der",
        "surname": "Meer",
        "birthDate": "2014-03-09",
    },
    "restrict": True,
}
REQUEST: Final[Example] = {
    "id": "mn-5b1f0c2de07a4b6f8c3d5e1f2a7b9c11",
    "kind": "ERASURE",
    "state": "OPEN",
    "receivedOn": "2026-11-20",
    "dueOn": "2026-12-18",
    "createdAt": "2026-11-22T09:30:00Z",
    "requester": _REQUESTER,
    "restrict": True,
    "signals": [
        {
            "signalId": SIGNAL,
            "organisation": {"id": "regenboog", "name": "Basisschool De Regenboog"},
            "concerns": True,
            "evidence": [],
            "askedAt": "2026-11-22T09:30:00Z",
            "advice": {
                "advice": "REFUSE",
                "ground": "SIGNAL_JUSTIFIED",
                "givenAt": "2026-11-25T14:00:00Z",
            },
            "hidden": True,
            "measure": None,
            "carriedOut": False,
        }
    ],
    "decision": None,
    "doneAt": None,
}
DECIDED: Final[Example] = REQUEST | {
    "state": "DONE",
    "signals": [REQUEST["signals"][0] | {"hidden": False, "measure": "ERASED", "carriedOut": True}],
    "decision": {"ruling": "GRANTED", "ground": None, "decidedAt": "2026-12-01T10:00:00Z"},
    "doneAt": "2026-12-01T10:00:00Z",
}
ASKED: Final[Example] = {
    "requestId": REQUEST["id"],
    "kind": "ERASURE",
    "receivedOn": "2026-11-20",
    "dueOn": "2026-12-18",
    "open": True,
    "signals": [{"signalId": SIGNAL, "advice": None}],
}
ADVICE: Final[Example] = {"signals": [{"signalId": SIGNAL, "advice": "REFUSE", "ground": "SIGNAL_JUSTIFIED"}]}

_SOURCE: Final[Example] = {
    "organisation": "Basisschool De Regenboog",
    "domain": "EDUCATION",
    "name": "J. Jansen",
    "function": "Intern begeleider",
}
_NURSE: Final[Example] = {
    "organisation": "GGD Regio Utrecht",
    "domain": "YOUTH_HEALTH_CARE",
    "name": "P. de Wit",
    "function": "Jeugdverpleegkundige",
}
ANSWER: Final[Example] = {
    "requestId": REQUEST["id"],
    "madeAt": "2026-12-01T10:00:00Z",
    "purpose": PURPOSE,
    "signals": [
        {
            "signalNumber": "S-7KQ4-M2XD",
            "state": "ACTIVE",
            "reference": "LVS-2026-00017",
            "source": _SOURCE,
            "givenAt": "2026-11-22T09:30:00Z",
            "plannedEndDate": "2027-07-31",
            "endedAt": None,
            "keptUntil": "2027-07-31",
            "youth": {
                "givenNames": "Sebastiaan Johannes",
                "initials": "S.J.",
                "surnamePrefix": "van der",
                "surname": "Meer",
                "birthDate": "2014-03-09",
                "sex": "M",
                "address": None,
                "previousAddress": None,
            },
            "notShown": ["BSN", "SECRET_ADDRESS"],
            "informed": {
                "whom": ["LEGAL_REPRESENTATIVE"],
                "on": "2026-11-20",
                "how": "CONVERSATION",
                "notYet": None,
            },
            "recipients": [
                {"who": _NURSE, "match": "PERSON", "told": "STARTED", "at": "2026-11-22T09:31:07Z"}
            ],
            "looks": [{"who": _SOURCE, "deed": "DID", "act": "SIGNAL_GIVEN", "at": "2026-11-22T09:30:00Z"}],
        }
    ],
}
