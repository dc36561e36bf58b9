"""What the locked copy of an audit entry is called and holds (D39).

An entry is copied word for word, beside the fields of the Dutch standard "Logboek Dataverwerkingen",
which carry nothing that the entry does not say. Its name holds a digest of the entry, so that a list of
names tells whether table and copies agree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from chalicelib.domain.audit import Act, Outcome
from chalicelib.domain.processing import activity_of

FOLDER: Final = "entries"
LEDGER: Final = "erasures"
"""The folder of what left nothing: a restore of tables is put right by it."""
_LEFT_NOTHING: Final = frozenset(
    {Act.SIGNAL_ERASED, Act.SIGNAL_RETRACTED, Act.SIGNAL_RETRACTED_AFTER_LOOKING}
)

_STATUS: Final = {Outcome.DONE: "Ok", Outcome.REFUSED: "Unset"}
_TRACE_DIGITS: Final = 32
_SPAN_DIGITS: Final = 16

Entry = Mapping[str, str]
"""A row of the audit table, its attributes by their stored names."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An object of the locked bucket."""

    name: str
    body: bytes


def copy_of(entry: Entry, oin: str) -> Copy:
    """The copy of an entry by the index of the organisation with this OIN; the same whenever it is made."""
    return Copy(name_of(entry), _canonical({**_log_record(entry, oin), "entry": dict(entry)}))


def name_of(entry: Entry) -> str:
    """``entries/<organisation>/<time>-<token>.<digest>.json``: by organisation, then in order of time."""
    moment, _, token = entry["entryId"].partition("#")
    return f"{FOLDER}/{entry['organisationId']}/{moment}-{token}.{_digest(entry)}.json"


def ledger_line(entry: Entry, oin: str) -> Copy | None:
    """The line of the ledger that an entry means, if it tells of a signal that left nothing (D35, D38).

    ``erasures/<time>-<signal>.json``: its name says all that is needed after a restore.
    """
    if entry["act"] not in _LEFT_NOTHING or entry["outcome"] != Outcome.DONE:
        return None
    moment = entry["entryId"].partition("#")[0]
    return Copy(f"{LEDGER}/{moment}-{entry['resource']}.json", copy_of(entry, oin).body)


def signal_of(name: str) -> str:
    """The signal that a line of the ledger with this name is about."""
    return name.removeprefix(f"{LEDGER}/").removesuffix(".json").partition("Z-")[2]


def _log_record(entry: Entry, oin: str) -> dict[str, Any]:
    """The fields of the standard's interface; an act is done by one step, so it starts and ends at once."""
    system = f"urn:nld:oin:{oin}:systeem:verwijsindex"
    youth = entry.get("youth")
    return {
        "trace_id": _trace(entry),
        "span_id": _digest(entry, _SPAN_DIGITS),
        "status": _STATUS[Outcome(entry["outcome"])],
        "name": entry["act"],
        "start_time": entry["at"],
        "end_time": entry["at"],
        "resource": {"attributes": {"system": system}},
        "attributes": {
            "dpl.core.processing_activity_id": f"{system}:verwerking:{activity_of(Act(entry['act']))}",
            "dpl.core.data_subject_id": youth or entry["resource"],
            "dpl.core.data_subject_id_type": f"{system}:{'youth' if youth else 'resource'}",
        },
    }


def _trace(entry: Entry) -> str:
    """Sixteen bytes: the gateway's id of the request, else what tells the entry from all others."""
    asked = entry.get("requestId", "").replace("-", "").lower()
    known = len(asked) == _TRACE_DIGITS and not set(asked) - set("0123456789abcdef")
    return asked if known else _digest(entry, _TRACE_DIGITS)


def _digest(entry: Entry, digits: int = 32) -> str:
    return sha256(_canonical(dict(entry))).hexdigest()[:digits]


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
