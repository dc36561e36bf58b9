"""Was anything lost, or told twice: what there must be by the journal, against what there is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from benchmarks.load.journal import Standing
from chalicelib.domain.match import MatchState, match_id
from chalicelib.domain.notice import NoticeKind
from chalicelib.matching import MatchKind
from infra.emulator.mailbox import Mail

Told = Counter[tuple[str, str]]
"""How often a match was told to an address: (match id, address)."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was wrong, counted. ``matches`` and ``mails`` are how many there had to be.

    Attributes:
        lost: matches between signals that stand, which are not there.
        needless: matches that are active though nothing asks for them.
        untold: a match that stands, not told to one of its two sides.
        twice: a match that was told more than once to the same side.
        unsure: calls of which no answer says whether they were done.
    """

    signals: int
    matches: int
    mails: int
    lost: int
    needless: int
    untold: int
    twice: int
    unsure: int

    @property
    def whole(self) -> bool:
        """Nothing lost, nothing twice, and nothing that nobody knows."""
        return not (self.lost or self.needless or self.untold or self.twice or self.unsure)


def reckon(
    signals: Iterable[Standing], unsure: int, stored: Mapping[str, MatchState], told: Told, stage_code: str
) -> Reckoning:
    """Compare; ``stored`` is every stored match's state by its id."""
    known = list(signals)
    wanted = dict(_wanted(known, stage_code))
    active = {match for match, state in stored.items() if state is MatchState.ACTIVE}
    sides = [(match, address) for match, addresses in wanted.items() for address in addresses]
    return Reckoning(
        signals=len(known),
        matches=len(wanted),
        mails=len(sides),
        lost=len(wanted.keys() - active),
        needless=len(active - wanted.keys()),
        untold=sum(told[side] == 0 for side in sides),
        twice=sum(count > 1 for count in told.values()),
        unsure=unsure,
    )


def tell(mails: Iterable[Mail]) -> Told:
    """What the mails told, by the ids of the notices that they bear."""
    told: Told = Counter()
    for mail in mails:
        for notice in str(mail.message["X-Notice-Id"]).split(", "):
            match, _, rest = notice.partition(".")
            if NoticeKind.STARTED in rest.split("."):
                told[match, mail.to[0]] += 1
    return told


def stored_matches(client: Any, prefix: str) -> dict[str, MatchState]:
    """Every stored match of signals that stand or stood, by its id; reviews are left out."""
    pages = client.get_paginator("scan").paginate(
        TableName=f"{prefix}-matches",
        ConsistentRead=True,
        ProjectionExpression="matchId, #state, kind",
        ExpressionAttributeNames={"#state": "state"},
    )
    kinds = {kind.value for kind in MatchKind}
    return {
        item["matchId"]["S"]: MatchState(item["state"]["S"])
        for page in pages
        for item in page["Items"]
        if item["kind"]["S"] in kinds
    }


def address_of(organisation: str, youth: int) -> str:
    """Of the professional who gave the organisation's signal about a youth (`benchmarks.bodies`)."""
    return f"p{youth}@{organisation}.example"


def _wanted(signals: Iterable[Standing], stage_code: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each match there must be, and the two addresses it is told to."""
    by_youth: defaultdict[int, list[Standing]] = defaultdict(list)
    for signal in signals:
        if not signal.ended:
            by_youth[signal.youth].append(signal)
    for together in by_youth.values():
        for one, other in combinations(together, 2):
            if one.organisation != other.organisation:
                yield (
                    match_id(stage_code, MatchKind.PERSON, one.signal_id, other.signal_id),
                    (address_of(one.organisation, one.youth), address_of(other.organisation, other.youth)),
                )
