"""What must hold of the unique names at any time: each points at what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chalicelib.api.batches import BATCH
from chalicelib.models.erasures import POINTS_AT_NOTHING
from infra.repair.look import Look
from infra.repair.promise import Promise
from infra.repair.rows import Row

_OF_SIGNALS: Final = frozenset({"signal-number", "reference"})
_KINDS: Final = _OF_SIGNALS | {"match-key", "supervisor"}


def _names_of_nothing(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    lasting = [row for row in _lasting(look, rows) if _kind(row) in _KINDS]
    signals = look.signals(row["target"] for row in lasting if _kind(row) in _OF_SIGNALS)
    matches = look.by_id(
        "matches", "matchId", (row["target"] for row in lasting if _kind(row) == "match-key")
    )
    cards = {
        f"{card['organisationId']}#{card['professionalId']}"
        for card in look.rows.held(
            "professionals", (_card(row["target"]) for row in lasting if _kind(row) == "supervisor")
        )
    }
    known = {*signals, *matches, *cards, POINTS_AT_NOTHING}
    return (row for row in lasting if row["target"] not in known)


def _repeats_of_nothing(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    """Keys of requests that were answered, and made nothing that is there.

    One that is being answered names its own run, and a batch makes no one thing. The administrator may
    take an entry of the register of addresses away again, so what they made need not be there.
    """
    keys = [row for row in _lasting(look, rows) if _kind(row) == "idempotency" and "runningUntil" not in row]
    made = {row["target"] for row in keys} - {BATCH}
    known = {BATCH, *look.signals(made), *look.by_id("requests", "requestId", made)}
    owners = look.by_id("organisations", "organisationId", {*made, *map(_owner, keys)})
    return (
        row
        for row in keys
        if row["target"] not in known | owners.keys()
        if owners.get(_owner(row), {}).get("kind") != "ADMINISTRATION"
    )


def _lasting(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    """Those whose time is not over, whether the service swept them up or not."""
    now = int(look.now.timestamp())
    return (row for row in rows if row.get("expiresAt", now + 1) > now)


def _kind(name: Row) -> str:
    return str(name["name"]).partition("#")[0]


def _owner(name: Row) -> str:
    """Whose key of a request it is."""
    return str(name["name"]).split("#")[1]


def _card(receiver: str) -> Row:
    organisation, _, professional = receiver.partition("#")
    return {"organisationId": organisation, "professionalId": professional}


NAME_PROMISES: Final = (
    Promise("names-point", "references", "a name points at what is there", _names_of_nothing),
    Promise("repeats-point", "references", "a request that was answered made what is", _repeats_of_nothing),
)
