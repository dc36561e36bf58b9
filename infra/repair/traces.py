"""What a stage still holds of a signal that was erased, read raw: every table and every queue (D38).

Reads what lies there, not what the code makes of it, so that one mistake cannot hide in both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from boto3.dynamodb.types import Binary

from chalicelib.models.erasures import UNFINISHED
from chalicelib.models.tables import table_shapes
from infra.repair.rows import Row, Rows

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_OF_A_TOMBSTONE: Final = frozenset(
    {
        "signalId", "organisationId", "createdAt", "lastDay", "number", "professionalId", "reference",
        "state", "revision", "plannedEndDate", "endedAt", "digest", "renews", "renewedBy",
    }
)  # fmt: skip
"""What may be left in the row of an erased signal; ``reference`` and ``digest`` are empty."""
_LEFT_NOTHING: Final = frozenset({"ERASED", "RETRACTED"})
"""The states of such a row; whoever retracted a signal still reads that it did."""
_LINE: Final = frozenset({"renews", "renewedBy"})
"""What names the signals next to one in its line of renewals, by their ids."""
_NAMES: Final = frozenset({"signal-number", "idempotency"})
"""Names that stay: a number means no other signal, and a repeat of the request is answered 410."""


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """Where something was found, and what: the id of a signal, or the number of a word."""

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Traces:
    """Looks for erased signals, by id, and for words that stood in their records."""

    rows: Rows
    sqs: SQSClient

    def of(self, signal_ids: Sequence[str], words: Sequence[str] = ()) -> list[Trace]:
        """Every trace, once each, by place. Words are told by their number, never themselves."""
        return sorted({*self._in_tables(signal_ids, words), *self._in_queues(signal_ids, words)})

    def _in_tables(self, signal_ids: Sequence[str], words: Sequence[str]) -> Iterator[Trace]:
        for table in table_shapes():
            for page in self.rows.pages(table):
                for row in page:
                    text = _text(row)
                    yield from _words_in(table, text, words)
                    for one in signal_ids:
                        if one in text and not _may_stay(table, row, one):
                            yield Trace(table, one)

    def _in_queues(self, signal_ids: Sequence[str], words: Sequence[str]) -> Iterator[Trace]:
        """A sample of each queue: its messages stay there, and hold positions of streams and ids of mails."""
        listed = self.sqs.list_queues(QueueNamePrefix=self.rows.prefix).get("QueueUrls", [])
        for url in listed:
            found = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
            for message in found.get("Messages", []):
                place, text = f"queue {url.rpartition('/')[2]}", message["Body"]
                yield from _words_in(place, text, words)
                yield from (Trace(place, one) for one in signal_ids if one in text)


def _text(row: Row) -> str:
    return json.dumps(row, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Binary):
        return _plain(cast("Any", value).value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return sorted(map(_plain, value)) if isinstance(value, set) else str(value)


def _words_in(place: str, text: str, words: Iterable[str]) -> Iterator[Trace]:
    low = text.casefold()
    return (Trace(place, f"word {number}") for number, word in enumerate(words, 1) if word.casefold() in low)


def _may_stay(table: str, row: Row, signal_id: str) -> bool:
    """Whether a row may name an erased signal: by its id, and nothing that was about a person."""
    if table == "signals":
        return _is_tombstone(row) if row["signalId"] == signal_id else _is_next_to(row, signal_id)
    if table == "references":
        return str(row["name"]).partition("#")[0] in _NAMES
    if table == "matches":
        return signal_id not in {row["firstSignal"], row["secondSignal"]}  # another's that rested on it
    if table == "signal-matches":
        return signal_id not in {row["signalId"], row["firstSignal"], row["secondSignal"]}
    if table == "work":
        return bool(row["bucket"] == UNFINISHED)
    return table in {"audit", "erasures", "leases", "requests"}  # what was asked, and done about which signal


def _is_next_to(row: Row, signal_id: str) -> bool:
    """Whether another signal names it as the one that it renewed, or that renewed it, and in no other way."""
    return signal_id not in _text({name: value for name, value in row.items() if name not in _LINE})


def _is_tombstone(row: Row) -> bool:
    emptied = not row["reference"] and not row["digest"]
    return row["state"] in _LEFT_NOTHING and emptied and not set(row) - _OF_A_TOMBSTONE
