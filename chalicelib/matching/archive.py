"""What the archive is searched by, and which of it is about a youth (D35, D36).

Its keys are families of their own, so that no key of one side is ever hashed as one of the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, product
from typing import Final

from chalicelib.matching.fold import MatchRecord
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.groups import Grouping
from chalicelib.matching.keys import MatchKey, household_keys, lookup_keys, person_keys
from chalicelib.matching.merges import Group, Scales
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Records
from chalicelib.matching.verdicts import Verdict, Verdicts

FAMILY: Final = "archive-"
"""Before the name of every family of archive keys; no match key's begins so."""


def archive_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Under which keys a signal is kept in the archive; it is asked for persons only."""
    return archived(person_keys(folded))


def archive_lookup_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Under which keys earlier signals about a youth are looked for."""
    return archived(lookup_keys(folded) - household_keys(folded))


def earlier_in_archive(
    subject: str,
    groups: Collection[Group],
    active: Iterable[MatchRecord],
    archived: Collection[MatchRecord],
    *,
    verdicts: Iterable[Verdict] = (),
    model: Model,
    largest_group: int,
) -> frozenset[str]:
    """Which of the ``archived`` records are certainly about the youth of ``subject``.

    ``groups`` are the persons that the ``active`` records were found to be. They stand: what the
    archive says joins no two of them, and takes none apart.
    """
    words = Verdicts((*verdicts, *_other_persons(groups)))
    records = Records((*active, *archived), {})
    scales = Scales(records, words, model, largest_group)
    grouping = Grouping(records.youths, scales, words, model.margin, persons=groups)
    mine = next(group for group in grouping.groups if subject in group)
    return frozenset(mine) & {record.signal_id for record in archived}


def archived(keys: Iterable[MatchKey]) -> frozenset[MatchKey]:
    """The archive's keys of these values."""
    return frozenset(MatchKey(FAMILY + key.family, key.value) for key in keys)


def _other_persons(groups: Iterable[Group]) -> Iterator[Verdict]:
    """That each two persons are not the same youth."""
    for one, other in combinations(groups, 2):
        yield from (Verdict(first, second, same=False) for first, second in product(one, other))
