"""What must hold of the rows of a stage at any time, and how each is told when it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chalicelib.domain.organisation import Language
from chalicelib.models.buckets import WORK_BUCKETS, bucket_of
from infra.repair.archive_promises import ARCHIVE_PROMISES
from infra.repair.look import Look
from infra.repair.name_promises import NAME_PROMISES
from infra.repair.promise import Promise
from infra.repair.rows import Row
from infra.repair.trail_promises import TRAIL_PROMISES
from infra.repair.unreadable import is_readable


def _without_key_items(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    wanted = {
        row["signalId"]: {(_hashed(text), row["signalId"]) for text in row.get("matchKeys", ())}
        for row in rows
    }
    keys = ({"matchKey": hashed, "signalId": one} for held in wanted.values() for hashed, one in held)
    found = {(item["matchKey"], item["signalId"]) for item in look.rows.held("match-keys", keys)}
    return (row for row in rows if wanted[row["signalId"]] - found)


def _ended_with_keys(_: Look, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if "endedAt" in row and row.get("matchKeys"))


def _overdue(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if "endedAt" not in row and row["lastDay"] < look.ended_before)


def _sealed_for_good(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if "person" in row and not look.opens(row["signalId"]))


def _given_by_nobody(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    shown = [row for row in rows if row["state"] != "ERASED"]
    held = look.rows.held("professionals", map(_card_key, shown))
    cards = {_giver(card) for card in held if _tells_of_somebody(card)}
    known = look.by_id("organisations", "organisationId", {row["organisationId"] for row in shown})
    return (row for row in shown if _giver(row) not in cards or row["organisationId"] not in known)


def _tells_of_somebody(card: Row) -> bool:
    written = all(isinstance(card.get(field), str) for field in ("name", "email"))
    return written and card.get("language") in {*Language}


def _nameless_signals(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    held = look.names(name for row in rows for name in _names_of(row))
    return (row for row in rows if any(held.get(name) != row["signalId"] for name in _names_of(row)))


def _orphan_keys(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    signals = look.signals(row["signalId"] for row in rows)
    return (row for row in rows if row["signalId"] not in signals)


def _unfit_keys(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    signals = look.signals(row["signalId"] for row in rows)
    for row in rows:
        text = f"{row['keyset']}|{row['family']}|{row['matchKey'].hex()}"
        signal = signals.get(row["signalId"])
        if signal is not None and text not in signal.get("matchKeys", ()):
            yield row


def _without_mirrors(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    keys = ({"signalId": one, "matchId": row["matchId"]} for row in rows for one in _sides(row))
    mirrors = {(one["signalId"], one["matchId"]): one for one in look.rows.held("signal-matches", keys)}
    for row in rows:
        both = [mirrors.get((one, row["matchId"])) for one in _sides(row)]
        if any(mirror is None or _version(mirror) != _version(row) for mirror in both):
            yield row


def _resting_on_nothing(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    active = [row for row in rows if row["kind"] != "REVIEW" and row["state"] == "ACTIVE"]
    needed = {row["matchId"]: {*_sides(row), *row.get("restsOn", ())} for row in active}
    every = set().union(*needed.values())
    live = {one for one, row in look.signals(every).items() if row["state"] == "ACTIVE"}
    awaited = look.awaited(every - live)
    return (row for row in active if needed[row["matchId"]] - live - awaited)


def _keyless_matches(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    names = {row["matchId"]: f"match-key#{row['matchKey']}" for row in rows if row["kind"] != "REVIEW"}
    held = look.names(names.values())
    return (row for row in rows if row["matchId"] in names and names[row["matchId"]] not in held)


def _orphan_mirrors(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    matches = look.by_id("matches", "matchId", (row["matchId"] for row in rows))
    return (row for row in rows if row["matchId"] not in matches)


def _unreadable_notices(_: Look, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if not is_readable(row))


def _notices_without_match(look: Look, notices: Sequence[Row]) -> Iterator[Row]:
    rows = [row for row in notices if is_readable(row)]
    about = {row["matchId"] for row in rows}
    known = {*look.by_id("matches", "matchId", about), *look.by_id("requests", "requestId", about)}
    known |= look.signals(about - known).keys()
    return (row for row in rows if row["matchId"] not in known)


def _forgotten_notices(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    waits = (row for row in rows if is_readable(row) and row["state"] in _STAYS_DUE)
    waiting = {row["noticeId"]: due_key(row) for row in waits}
    due = {item["itemId"] for item in look.rows.held("work", waiting.values())}
    return (
        row for row in rows if row["noticeId"] in waiting and waiting[row["noticeId"]]["itemId"] not in due
    )


def _due_without_notice(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    due = {row["itemId"]: notice_of_due(row) for row in rows if _is(row, "due")}
    notices = look.by_id("notices", "noticeId", due.values())
    waiting = {
        one for one, notice in notices.items() if notice.get("state") in _STAYS_DUE or not is_readable(notice)
    }
    return (row for row in rows if row["itemId"] in due and due[row["itemId"]] not in waiting)


def _pending_too_long(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if _is(row, "pending") and row["since"] < look.stored_before)


def _untold_too_long(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    """What is put off on purpose is due later, and says so itself."""
    return (row for row in rows if _is(row, "due") and row["since"] < look.stored_before)


def _locked_data_keys(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if "wrapped" in row and not look.unwraps(row))


PROMISES: Final = (
    Promise("keys-there", "signals", "a signal can be found under each of its keys", _without_key_items),
    Promise("ended-unfound", "signals", "an ended signal has no keys", _ended_with_keys),
    Promise("ended-in-time", "signals", "a signal past its last day has ended", _overdue),
    Promise("persons-open", "signals", "a person record opens", _sealed_for_good),
    Promise("cards-there", "signals", "who gave a signal has a card and an organisation", _given_by_nobody),
    Promise("signals-named", "signals", "a signal has its number and its reference", _nameless_signals),
    Promise("keys-owned", "match-keys", "a key belongs to a signal", _orphan_keys),
    Promise("keys-fit", "match-keys", "a key is one of its signal's", _unfit_keys),
    Promise("mirrors-there", "matches", "both sides list a match or review as it is", _without_mirrors),
    Promise("matches-rest", "matches", "an active match rests on active signals", _resting_on_nothing),
    Promise("matches-keyed", "matches", "a match has its key", _keyless_matches),
    Promise("mirrors-owned", "signal-matches", "what a side lists is there", _orphan_mirrors),
    Promise("notices-read", "notices", "a notice can be read", _unreadable_notices),
    Promise("notices-founded", "notices", "a notice is about what is there", _notices_without_match),
    Promise("notices-due", "notices", "a notice that waits is due", _forgotten_notices),
    Promise("due-notices", "work", "what is due is a notice that waits", _due_without_notice),
    Promise("work-done", "work", "no reconcile waits longer than was asked", _pending_too_long),
    Promise("notices-told", "work", "no notice waits longer than was asked", _untold_too_long),
    Promise("data-keys-open", "data-keys", "a data key opens", _locked_data_keys),
    *NAME_PROMISES,
    *ARCHIVE_PROMISES,
    *TRAIL_PROMISES,
)
"""Every promise that is checked."""

_STAYS_DUE: Final = frozenset({"PENDING", "SENDING", "BOUNCED"})


def due_key(notice: Row) -> Row:
    """The key of the work item that has a notice delivered."""
    receiver = notice["receiver"]
    bucket = f"due#{bucket_of(receiver, WORK_BUCKETS)}"
    return {"bucket": bucket, "itemId": f"{receiver}#{notice['noticeId']}"}


def notice_of_due(item: Row) -> str:
    """The id of the notice that a work item has delivered."""
    return str(item["itemId"]).rpartition("#")[2]


def _hashed(text: str) -> bytes:
    return bytes.fromhex(text.rpartition("|")[2])


def _names_of(signal: Row) -> list[str]:
    number = f"signal-number#{signal['number']}"
    if "endedAt" in signal:
        return [number]
    return [number, f"reference#{signal['organisationId']}#{signal['reference']}"]


def _giver(row: Row) -> tuple[str, str]:
    return row["organisationId"], row["professionalId"]


def _card_key(signal: Row) -> Row:
    return {"organisationId": signal["organisationId"], "professionalId": signal["professionalId"]}


def _sides(row: Row) -> tuple[str, str]:
    return row["firstSignal"], row["secondSignal"]


def _version(row: Row) -> tuple[object, ...]:
    return row["state"], row["revision"], row["episode"]


def _is(row: Row, kind: str) -> bool:
    return str(row["bucket"]).startswith(f"{kind}#")
