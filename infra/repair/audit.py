"""``audit copy``: copies what a stream lost of the audit trail to where nobody can change it."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Final

from chalicelib.models.moments import stored
from chalicelib.upkeep.audit_copies import copy_of, ledger_line
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk
from infra.repair.rows import texts
from infra.repair.verify import look_at

ON_ITS_WAY: Final = timedelta(minutes=5)
"""The stream brings what is younger than that, the entry of this very command too."""


def _copy(desk: Desk, _: argparse.Namespace) -> None:
    look, bucket, count = look_at(desk, 0), desk.audit_bucket, 0
    late = stored(look.now - ON_ITS_WAY)
    for page in look.pages("audit"):
        lost = [row for row in page if row["at"] < late]
        copies = look.copies.of(lost)
        for row in lost:
            if not copies[row["organisationId"], row["entryId"]]:
                count += bucket.keep(copy_of(texts(row), desk.settings.oin))
        for row in lost:
            line = ledger_line(texts(row), desk.settings.oin)
            if line is not None:
                bucket.keep(line)
    print(f"copied: {count}")


AUDIT_ACTIONS: Final = (
    Action(
        "copy",
        "copy audit entries that have no locked copy; safe to repeat",
        no_arguments,
        _copy,
        Logged.asked("audit"),
    ),
)
