"""Whether two persons are certainly two children, which is what a household match claims (D12)."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.matching.call_names import is_known
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.levels import Field, Level
from chalicelib.matching.merges import Group, Merge
from chalicelib.matching.weigh import Rule


def are_two_children(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> bool:
    """Whether two groups taken for twins are two children rather than one child under two spellings.

    Their sexes differ, or both bear a given name that people bear; a name that is in no table may be a
    slip in the other one. Whoever is not a twin is two children already.
    """
    if weighed.rule is not Rule.TWINS or weighed.evidence[Field.SEX] is Level.DIFFERENT:
        return True
    return _bears_a_known_name(weighed.first, youths) and _bears_a_known_name(weighed.second, youths)


def _bears_a_known_name(group: Group, youths: Mapping[str, FoldedYouth]) -> bool:
    given = (youths[signal].name.given for signal in group)
    return any(names is not None and names.names and is_known(names.names[0]) for names in given)
