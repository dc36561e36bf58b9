"""What follows a death, put together."""

from __future__ import annotations

from functools import partial

from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.rights.of_youth import FindAllOfYouth
from chalicelib.security.cursors import Cursors
from chalicelib.signals.death import ConfirmDeath, ReportDeath
from chalicelib.wiring import base
from chalicelib.wiring.erasing import erase_signal
from chalicelib.wiring.finding import find_signals
from chalicelib.wiring.histories import find_earlier


def report_death(hasher: IndexHasher) -> ReportDeath:
    """Finds who else has a signal about the youth by the same decision as the function ``match``."""
    find = FindAllOfYouth(earlier=partial(find_earlier, hasher), find=find_signals(hasher))
    return ReportDeath(storage=base.storage(), erase=erase_signal(), find=find, clock=base.clock())


def confirm_death(pseudonyms: Pseudonyms) -> ConfirmDeath:
    """What the region's administrator does."""
    return ConfirmDeath(
        storage=base.storage(),
        erase=erase_signal(),
        cursors=Cursors(pseudonyms),
        names=base.names(),
        clock=base.clock(),
    )
