"""The code with one thing wrong where key sets change: the operator's steps, and who writes meanwhile."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.ports.region import KeysetsInUse
from chalicelib.ports.storage import ExcludedAddress, SignalChange
from chalicelib.upkeep.keysets import KeysetChange, Keysets, Step
from chalicelib.upkeep.rekeying import Rekeying
from tests.simulation.register import RowedExclusions
from tests.simulation.stores import SteppedSignals
from tests.simulation.variant import Variant


class RegisterByMemory(RowedExclusions):
    """Who writes the register goes by the key sets it remembers."""

    def _keysets(self) -> KeysetsInUse:
        written, read = self.settings.keysets()
        return KeysetsInUse(written=written, read=read, kept=written)

    def _are_in_use(self, keysets: KeysetsInUse) -> bool:
        return True


class PutBack(RowedExclusions):
    """A backfill writes what it read, whatever became of it since."""

    def rekey(self, excluded: ExcludedAddress) -> bool:
        """Keep the entry; that somebody took it out meanwhile is not asked."""
        written = self._keysets().written
        self.state.before("exclusions.rekey")
        self.state.register.update({(excluded.form, one): excluded for one in written})
        return True


class KeysUnread(SteppedSignals):
    """Who changes a signal asks for its revision, not for the keys that a backfill gave it since."""

    def change(self, change: SignalChange) -> None:
        """Write the next revision; of the keys remove those that were read."""
        self.state.before("signals.change")
        held = self.state.signals.get(change.previous.id)
        if held is not None and held.revision == change.previous.revision:
            self.state.signals[held.id] = replace(held, keys=change.previous.keys)
        quiet, self.state.before = self.state.before, lambda _: None
        try:
            SteppedSignals.change(self, change)
        finally:
            self.state.before = quiet


def _settled_before(step: Step) -> object:
    """Nobody waits before the step that follows this one."""
    waits = Keysets.require_settled

    def require_settled(self: Keysets, change: KeysetChange) -> None:
        if change.step is not step:
            waits(self, change)

    return require_settled


_required = Keysets.required


def _any_step(self: Keysets, *steps: Step) -> KeysetChange:
    """A switch needs no verifying."""
    return (
        _required(self, Step.BEGUN, Step.VERIFIED) if steps == (Step.VERIFIED,) else _required(self, *steps)
    )


def _nothing_lacking(*_: object) -> bool:
    """Whoever verifies does not look at the signals."""
    return False


MUTANTS_OF_KEYSETS = tuple(
    replace(mutant, rotates=True)
    for mutant in (
        Variant(name="the register written by remembered key sets", stores={"exclusions": RegisterByMemory}),
        Variant(name="a backfill that puts an entry back", stores={"exclusions": PutBack}),
        Variant(name="a switch without verifying", patches=((Keysets, "required", _any_step),)),
        Variant(
            name="verified before writers settled",
            patches=((Keysets, "require_settled", _settled_before(Step.BEGUN)),),
        ),
        Variant(
            name="dropped before writers settled",
            patches=((Keysets, "require_settled", _settled_before(Step.SWITCHED)),),
        ),
        Variant(
            name="verifying that does not look at signals", patches=((Rekeying, "_lacks", _nothing_lacking),)
        ),
        Variant(
            name="a change that does not know of the keys a backfill gave", stores={"signals": KeysUnread}
        ),
    )
)
"""Each must be caught, as those of :mod:`tests.simulation.mutants`."""
