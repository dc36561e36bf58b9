"""Examples of bodies: fictional people, test numbers, ``.example`` addresses (a test validates them).

They name no postal code: a rule of the Dutch design rules' own ruleset, which looks for operations by
``post``, takes a member of that name inside an example for one.
"""

from __future__ import annotations

from typing import Any, Final

Example = dict[str, Any]

PROFESSIONAL: Final[Example] = {
    "id": "staff-17",
    "name": "J. Jansen",
    "function": "Intern begeleider",
    "site": "De Regenboog",
    "email": "j.jansen@regenboog.example",
    "telephone": "+31301234567",
    "language": "nl",
}

SHOWN_PROFESSIONAL: Final[Example] = PROFESSIONAL | {"siteId": None}

NEW_SIGNAL: Final[Example] = {
    "reference": "LVS-2026-00017",
    "youth": {
        "bsn": "999990342",
        "givenNames": "Sebastiaan Johannes",
        "initials": "S.J.",
        "surnamePrefix": "van der",
        "surname": "Meer",
        "birthDate": "2014-03-09",
        "sex": "M",
        "address": {
            "kind": "RESIDENTIAL",
            "addressableObjectId": "0344010000012345",
            "houseNumber": 12,
            "houseLetter": "A",
            "houseNumberAddition": "2",
            "street": "Lange Nieuwstraat",
            "city": "Utrecht",
            "municipalityCode": "0344",
            "secret": False,
        },
        "previousAddress": None,
        "parents": [{"bsn": None, "givenNames": "Anna", "surname": "Bakker", "birthDate": "1985-01-02"}],
    },
    "professional": PROFESSIONAL,
    "plannedEndDate": "2027-07-31",
    "informed": {"whom": ["LEGAL_REPRESENTATIVE"], "on": "2026-11-20", "how": "CONVERSATION"},
}

NEW_SIGNAL_WITHOUT_BSN: Final[Example] = {
    "reference": "ZORG-88",
    "youth": {"givenNames": "Sebas", "surname": "van der Meer", "birthDate": {"year": 2014, "month": 3}},
    "professional": {"id": "w-4", "name": "R. Smit", "email": "r.smit@jeugdzorg.example"},
    "plannedEndDate": "2027-01-31",
    "notYetInformed": {"ground": "SAFETY_OF_YOUTH"},
}

MOVED: Final[Example] = {
    "youth": {"address": {"addressableObjectId": "0344010000067890", "houseNumber": 4, "houseLetter": None}},
}

ANOTHER_PROFESSIONAL: Final[Example] = {
    "professional": {"id": "staff-9", "name": "P. Vos", "email": "p.vos@regenboog.example"},
}

SIGNAL: Final[Example] = {
    "id": "mn-9b2f4c1de07a4b6f8c3d5e1f2a7b9c04",
    "signalNumber": "S-7KQ4-M2XD",
    "state": "ACTIVE",
    "reference": "LVS-2026-00017",
    "createdAt": "2026-11-22T09:30:00Z",
    "plannedEndDate": "2027-07-31",
    "endedAt": None,
    "informBy": "2026-12-20",
    "professional": SHOWN_PROFESSIONAL,
    "earlierSignals": None,
    "renews": None,
    "renewedBy": None,
}

SIGNAL_IN_FULL: Final[Example] = SIGNAL | {
    "youth": {
        "givenNames": "Sebastiaan Johannes",
        "initials": "S.J.",
        "surnamePrefix": "van der",
        "surname": "Meer",
        "birthDate": "2014-03-09",
    },
    "informed": NEW_SIGNAL["informed"],
    "notYetInformed": None,
}

_ENDED: Final[Example] = SIGNAL | {"informBy": None}
CLOSED_SIGNAL: Final[Example] = _ENDED | {"state": "CLOSED", "endedAt": "2027-02-01T14:00:00Z"}
ERASED_SIGNAL: Final[Example] = SIGNAL | {
    "state": "ERASED",
    "endedAt": "2026-11-23T08:15:00Z",
    "reference": "",
}
RETRACTED_SIGNAL: Final[Example] = _ENDED | {
    "state": "RETRACTED",
    "endedAt": "2026-11-23T08:15:00Z",
    "plannedEndDate": "2026-11-23",
    "reference": "",
}
RENEWAL: Final[Example] = {
    "plannedEndDate": "2028-07-31",
    "informed": {"whom": ["LEGAL_REPRESENTATIVE", "YOUTH"], "on": "2027-07-14", "how": "CONVERSATION"},
}
RENEWED_SIGNAL: Final[Example] = SIGNAL | {
    "id": "mn-1c7d90b2e5f84a36b0d4c8a1f93e6d25",
    "signalNumber": "S-4WQ9-K7TD",
    "createdAt": "2027-07-15T08:00:00Z",
    "plannedEndDate": "2028-07-31",
    "renews": SIGNAL["id"],
}
SIGNAL_LIST: Final[Example] = {"items": [SIGNAL], "withoutCard": []}

MATCH_LIST: Final[Example] = {
    "items": [
        {
            "id": "mn-51c0e2a94d7b4f13a6c85e90b1d2f3a4",
            "kind": "PERSON",
            "basis": None,
            "state": "ACTIVE",
            "matchKey": "M-4TZ9-K3WD-7",
            "since": "2026-11-22T09:30:01Z",
            "counterpart": {
                "organisation": "GGD Regio Utrecht",
                "domain": "YOUTH_HEALTH_CARE",
                "name": "P. de Wit",
                "function": "Jeugdverpleegkundige",
                "site": None,
                "email": "p.dewit@ggd.example",
                "telephone": "+31307654321",
            },
            "contact": {"state": "OPEN"},
        },
        {
            "id": "mn-77aa01c3b5d94e0f8a2b6c4d9e1f3057",
            "kind": "HOUSEHOLD",
            "basis": ["SHARED_ADDRESS", "SHARED_PARENT"],
            "state": "ACTIVE",
            "matchKey": "M-8HNC-2QFR-J",
            "since": "2026-11-24T11:02:40Z",
            "counterpart": {
                "organisation": "Meldpunt Samen Sterk",
                "domain": None,
                "name": None,
                "function": None,
                "site": None,
                "email": "contact@samensterk.example",
                "telephone": "+31302223344",
            },
            "contact": {"state": "MADE"},
        },
    ],
    "withoutCard": [],
}

MATCH: Final[Example] = MATCH_LIST["items"][0] | {"signalId": "mn-9b2f4c1de07a4b6f8c3d5e1f2a7b9c04"}

EXPLANATION: Final[Example] = {
    "matchId": "mn-51c0e2a94d7b4f13a6c85e90b1d2f3a4",
    "rule": "person",
    "modelVersion": "1",
    "weighedAt": "2026-11-22T09:30:01Z",
    "evidence": [
        {"field": "surname", "level": "same", "weight": 9.25, "termFrequencyShare": 1.25},
        {"field": "birth date", "level": "same", "weight": 11.5, "termFrequencyShare": 0.0},
    ],
    "total": 20.75,
    "matchThreshold": 12.0,
    "possibleThreshold": 6.0,
}

HEALTH: Final[Example] = {"status": "UP", "version": "0.1.0", "tables": "UP"}

DESCRIPTION: Final[Example] = {
    "openapi": "3.1.0",
    "info": {"title": "Verwijsindex", "version": "1.0.0"},
    "paths": {},
}

REQUEST_ID: Final = "3f0c7a52-6f0e-4a5b-9a54-0d6f3c1b8e21"
