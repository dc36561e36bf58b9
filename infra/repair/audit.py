"""``audit copy``: copies what a stream lost of the audit trail to where nobody can change it."""

from __future__ import annotations

import argparse
from typing import Final

from chalicelib.upkeep.audit_copies import copy_of
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk
from infra.repair.rows import Row
from infra.repair.verify import look_at


def _copy(desk: Desk, _: argparse.Namespace) -> None:
    look, bucket, count = look_at(desk, 0), desk.audit_bucket, 0
    for page in look.pages("audit"):
        copies = look.copies.of(page)
        for row in page:
            if not copies[row["organisationId"], row["entryId"]]:
                count += bucket.keep(copy_of(_texts(row), desk.settings.oin))
    print(f"copied: {count}")


def _texts(row: Row) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}


AUDIT_ACTIONS: Final = (
    Action(
        "copy",
        "copy audit entries that have no locked copy; safe to repeat",
        no_arguments,
        _copy,
        Logged.asked("audit"),
    ),
)
