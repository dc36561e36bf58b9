"""What moving does to what is known of a youth: the old address becomes the previous one (D23)."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.matching import Address, Youth, address_forms


def with_move(before: Youth, after: Youth) -> Youth:
    """``after``, with the address that was left as the previous one when it is another place now.

    Another spelling of the same place, a kind or a mark of secrecy is a correction, not a move.
    """
    if before.address is None or _is_same_place(before.address, after.address):
        return after
    return replace(after, previous_address=before.address)


def _is_same_place(one: Address, other: Address | None) -> bool:
    if other is None:
        return False
    forms = address_forms(one)
    return one == other or (forms is not None and forms == address_forms(other))
