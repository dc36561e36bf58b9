"""The register of excluded addresses row by row: an entry has one under each key set, as over its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chalicelib.models.exclusions import ATTEMPTS
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.region import KeysetsInUse
from chalicelib.ports.storage import ExcludedAddress
from tests.fakes.region import FakeExclusions
from tests.simulation.stores import Parts, SteppedSettings, SteppedState


@dataclass(frozen=True, slots=True)
class RowedExclusions(FakeExclusions):
    """Key sets, rows and what is written are requests of their own; ``excluded`` is what was said last."""

    state: SteppedState

    def excluded(self, forms: Iterable[str], today: date) -> frozenset[str]:
        """The forms of which a row under a key set that is read holds on this day."""
        _, read = self.settings.keysets()
        self.state.before("exclusions.excluded")
        rows = self.state.register
        return frozenset(
            form
            for form in forms
            for keyset in read
            if (form, keyset) in rows and _holds_on(rows[form, keyset], today)
        )

    def put(self, excluded: ExcludedAddress) -> None:
        """Create or replace an entry, under the key sets in use at that very moment."""
        for _ in range(ATTEMPTS):
            keysets = self._keysets()
            self.state.before("exclusions.put")
            if not self._are_in_use(keysets):
                continue
            for keyset in keysets.kept:
                self.state.register.pop((excluded.form, keyset), None)
            self.state.register.update({(excluded.form, one): excluded for one in keysets.written})
            self.state.excluded[excluded.form] = excluded
            self.state.after("exclusions.put")
            return
        raise StorageBusy("the key sets change")

    def rekey(self, excluded: ExcludedAddress) -> bool:
        """Keep an entry under the key sets it lacks, while it is in the register under the others."""
        written = self._keysets().written
        self.state.before("exclusions.rekey: read")
        rows, form = self.state.register, excluded.form
        held = [one for one in written if (form, one) in rows]
        self.state.before("exclusions.rekey")
        lacking = [one for one in written if one not in held]
        if not held or any(self._id(form, one) != excluded.id for one in held):
            return False
        rows.update({(form, one): excluded for one in lacking})
        self.state.after("exclusions.rekey")
        return True

    def all(self) -> tuple[ExcludedAddress, ...]:
        """The whole register, by form."""
        self.state.before("exclusions.all")
        by_form = {form: entry for (form, _), entry in self.state.register.items()}
        return tuple(by_form[form] for form in sorted(by_form))

    def entry(self, entry_id: str) -> ExcludedAddress | None:
        """One entry."""
        self.state.before("exclusions.entry")
        return next((one for one in self.state.register.values() if one.id == entry_id), None)

    def remove(self, form: str) -> bool:
        """Remove an entry, whatever it is kept under at that very moment."""
        for _ in range(ATTEMPTS):
            keysets = self._keysets()
            self.state.before("exclusions.remove: read")
            if not any((form, one) in self.state.register for one in keysets.kept):
                return False
            self.state.before("exclusions.remove")
            if not self._are_in_use(keysets):
                continue
            for keyset in keysets.kept:
                self.state.register.pop((form, keyset), None)
            self.state.excluded.pop(form, None)
            self.state.after("exclusions.remove")
            return True
        raise StorageBusy("the key sets change")

    def lacking(self, keyset: str) -> tuple[ExcludedAddress, ...]:
        """The entries that are not kept under a key set, by form."""
        self.state.before("exclusions.lacking")
        rows = self.state.register
        by_form = {form: entry for (form, _), entry in rows.items() if (form, keyset) not in rows}
        return tuple(by_form[form] for form in sorted(by_form))

    def drop(self, keyset: str) -> int:
        """Remove what is kept under a key set, row by row."""
        self.state.before("exclusions.drop")
        held = sorted(key for key in self.state.register if key[1] == keyset)
        for key in held:
            self.state.before("exclusions.drop: one")
            self.state.register.pop(key, None)
            self.state.after("exclusions.drop: one")
        return len(held)

    def _keysets(self) -> KeysetsInUse:
        """Who writes asks afresh."""
        return self.settings.keysets_in_use()

    def _are_in_use(self, keysets: KeysetsInUse) -> bool:
        """What the transaction is conditional on."""
        return keysets == self.state.keysets

    def _id(self, form: str, keyset: str) -> str | None:
        row = self.state.register.get((form, keyset))
        return row.id if row is not None else None


def _holds_on(entry: ExcludedAddress, today: date) -> bool:
    return entry.valid_from <= today and (entry.valid_until is None or today <= entry.valid_until)


ROWED: Parts = {"settings": SteppedSettings, "exclusions": RowedExclusions}
"""The stores of a story in which key sets change."""
