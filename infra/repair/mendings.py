"""What of a stage follows from other rows, so that it can be written anew, or taken away, without a backup.

Each is written in one transaction with a look at the row that it follows from: whoever changes that one
in between is not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from infra.repair.promises import due_key, notice_of_due
from infra.repair.rows import Row
from infra.repair.unreadable import anew


@dataclass(frozen=True, slots=True)
class Source:
    """The row that a mending follows from, and what must still hold of it, as DynamoDB writes conditions.

    ``#state`` stands for the attribute of that name, which is a reserved word.
    """

    table: str
    key: Row
    condition: str
    values: Row


@dataclass(frozen=True, slots=True)
class Mending:
    """A row to write whole, or, when ``goes``, the key of one to take away.

    ``asks`` is the signal that has to be reconciled after it.
    """

    table: str
    row: Row
    source: Source
    goes: bool = False
    asks: str | None = None


def _missing_keys(signal: Row) -> Iterator[Mending]:
    for text in signal.get("matchKeys", ()):
        keyset, family, hashed = text.split("|")
        row = {"matchKey": bytes.fromhex(hashed), "signalId": signal["signalId"], "keyset": keyset}
        row |= {"family": family, "revision": signal["revision"]}
        yield Mending("match-keys", row, _lists(signal, "matchKeys", text), asks=signal["signalId"])


def _missing_archive_keys(signal: Row) -> Iterator[Mending]:
    for text in signal.get("archiveKeys", ()):
        keyset, family, hashed = text.split("|")
        row = {"archiveKey": bytes.fromhex(hashed), "signalId": signal["signalId"], "keyset": keyset}
        yield Mending("archive-keys", row | {"family": family}, _lists(signal, "archiveKeys", text))


def _stray_key(item: Row) -> Iterator[Mending]:
    key = {"matchKey": item["matchKey"], "signalId": item["signalId"]}
    yield Mending("match-keys", key, _lists_not(item, "matchKeys", item["matchKey"]), goes=True)


def _stray_archive_key(item: Row) -> Iterator[Mending]:
    key = {"archiveKey": item["archiveKey"], "signalId": item["signalId"]}
    yield Mending("archive-keys", key, _lists_not(item, "archiveKeys", item["archiveKey"]), goes=True)


def _mirrors(match: Row) -> Iterator[Mending]:
    """Both, whatever is there: they hold what the row holds, but for what is its alone."""
    source = Source("matches", {"matchId": match["matchId"]}, "revision = :r", {":r": match["revision"]})
    shared = {name: value for name, value in match.items() if name not in _OF_THE_ROW_ALONE}
    for signal_id in (match["firstSignal"], match["secondSignal"]):
        yield Mending("signal-matches", {**shared, "signalId": signal_id}, source)


def _notice_anew(notice: Row) -> Iterator[Mending]:
    """What its id and the rest of it still tell; it is due, for its mail may have left, or may not."""
    row = anew(notice)
    if row is not None:
        source = Source("notices", {"noticeId": notice["noticeId"]}, "attribute_exists(noticeId)", {})
        yield Mending("notices", row, source)


def _due_item(notice: Row) -> Iterator[Mending]:
    row = {**due_key(notice), "since": notice.get("dueAt", notice["createdAt"])}
    source = Source("notices", {"noticeId": notice["noticeId"]}, f"#state IN ({_WAITS})", _WAITING)
    yield Mending("work", row, source)


def _idle_due_item(item: Row) -> Iterator[Mending]:
    condition = f"attribute_not_exists(noticeId) OR NOT #state IN ({_WAITS})"
    source = Source("notices", {"noticeId": notice_of_due(item)}, condition, _WAITING)
    yield Mending("work", {"bucket": item["bucket"], "itemId": item["itemId"]}, source, goes=True)


def _history_of_nothing(history: Row) -> Iterator[Mending]:
    key = {"signalId": history["signalId"]}
    over = "attribute_not_exists(signalId) OR attribute_exists(endedAt)"
    yield Mending("histories", key, Source("signals", key, over, {}), goes=True)


MENDS: Final[Mapping[str, Callable[[Row], Iterator[Mending]]]] = {
    "keys-there": _missing_keys,
    "keys-owned": _stray_key,
    "keys-fit": _stray_key,
    "archive-there": _missing_archive_keys,
    "archive-fits": _stray_archive_key,
    "history-owned": _history_of_nothing,
    "mirrors-there": _mirrors,
    "notices-read": _notice_anew,
    "notices-due": _due_item,
    "due-notices": _idle_due_item,
}
"""What a row that breaks a promise leads to, by the promise's name; no other promise can be mended so."""

_OF_THE_ROW_ALONE: Final = frozenset({"explanation", "reviewState", "reviewSince"})
_WAITING: Final[Row] = {":p": "PENDING", ":s": "SENDING", ":b": "BOUNCED"}
_WAITS: Final = ", ".join(_WAITING)


def _lists(signal: Row, attribute: str, text: str) -> Source:
    return Source("signals", {"signalId": signal["signalId"]}, f"contains({attribute}, :t)", {":t": text})


def _lists_not(item: Row, attribute: str, hashed: bytes) -> Source:
    text = f"{item['keyset']}|{item['family']}|{hashed.hex()}"
    condition = f"attribute_not_exists(signalId) OR NOT contains({attribute}, :t)"
    return Source("signals", {"signalId": item["signalId"]}, condition, {":t": text})
