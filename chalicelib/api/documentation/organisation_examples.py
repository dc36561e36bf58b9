"""Examples of organisations (a test validates them)."""

from __future__ import annotations

from typing import Final

from chalicelib.api.documentation.examples import Example

NEW_ORGANISATION: Final[Example] = {
    "id": "regenboog",
    "name": "Scholengroep De Regenboog",
    "kind": "REPORTING",
    "domains": ["EDUCATION"],
    "mayUseBsn": True,
    "emailDomains": ["regenboog.example"],
    "scopes": ["signals:read", "signals:write", "matches:read", "matches:write"],
    "oin": "00000099000000101000",
    "kvk": "90000001",
    "brin": "99ZZ",
    "awsAccount": "111122223333",
    "administrator": "beheer@regenboog.example",
    "language": "nl",
    "requestsPerMinute": 6000,
}
NEW_SUPERVISOR: Final[Example] = {
    "name": "Gemeente Utrecht, regievoering",
    "kind": "SUPERVISION",
    "emailDomains": ["utrecht.example"],
    "municipalities": ["0344"],
}
SUSPENSION: Final[Example] = {"state": "SUSPENDED"}
CONTACT_POINT_ONLY: Final[Example] = {
    "contactPoint": {
        "name": "Meldpunt Samen Sterk",
        "email": "contact@samensterk.example",
        "telephone": "+31302223344",
    }
}
ORGANISATION: Final[Example] = NEW_ORGANISATION | {
    "state": "ACTIVE",
    "scopes": ["matches:read", "matches:write", "signals:read", "signals:write"],
    "agb": None,
    "contactPoint": None,
    "municipalities": [],
    "topicArn": "arn:aws:sns:eu-central-1:444455556666:verwijsindex-midden-nederland-events-regenboog",
}
SUSPENDED_ORGANISATION: Final[Example] = ORGANISATION | {"state": "SUSPENDED"}
ORGANISATION_LIST: Final[Example] = {"items": [ORGANISATION]}
