"""Bringing in a new key set without losing a match: begin, backfill, verify, switch, drop.

While a change is under way every signal that is written gets its keys under the old and the new set,
so any two find each other by the old; once all have both, by the new; only then the old goes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.matching import FOLD_VERSION, FOLDS
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import Storage
from chalicelib.security.hashing import fold_of, secret_version_of
from chalicelib.security.index_versions import SecretVersions

REPORT: Final = "keysets#change"
SETTLING: Final = timedelta(minutes=20)
"""After which no function still writes as before: one may remember the key sets, then run as long as any."""


class KeysetRefused(Exception):  # noqa: N818 - as the use cases' errors
    """A step out of its order or too early; the message says what comes first."""


class Step(StrEnum):
    """How far a change is."""

    NONE = "NONE"
    BEGUN = "BEGUN"
    VERIFIED = "VERIFIED"
    SWITCHED = "SWITCHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetChange:
    """A change under way: from which key set to which, how far, and since when."""

    old: str
    new: str
    step: Step
    since: datetime

    @property
    def is_of_one_fold(self) -> bool:
        """Whether both key sets fold alike: then each signal has as many keys of a family under either."""
        return fold_of(self.old) == fold_of(self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keysets:
    """The steps of a change that touch the key sets themselves; the walks between are in ``rekeying``."""

    storage: Storage
    versions: SecretVersions
    trail: OperatorTrail
    clock: Clock
    settling: timedelta = SETTLING

    def under_way(self) -> KeysetChange | None:
        """The change that was begun and has not ended."""
        held = self.storage.settings.report(REPORT) or {}
        if held.get("step", Step.NONE) == Step.NONE:
            return None
        return KeysetChange(
            old=str(held["old"]),
            new=str(held["new"]),
            step=Step(str(held["step"])),
            since=datetime.fromisoformat(str(held["since"])),
        )

    def required(self, *steps: Step) -> KeysetChange:
        """The change under way. Raises KeysetRefused when there is none, or it is at another step."""
        change = self.under_way()
        if change is None:
            raise KeysetRefused("no change of key sets is under way: begin one")
        if change.step not in steps:
            raise KeysetRefused(f"the change is {change.step}; this needs {' or '.join(steps)}")
        return change

    def require_settled(self, change: KeysetChange) -> None:
        """Raise KeysetRefused while functions may still write by the key sets of before the step."""
        ready = change.since + self.settling
        if self.clock.now() < ready:
            raise KeysetRefused(f"functions may still write as before: try again after {ready:%H:%M:%S} UTC")

    def begin(self, version: str, *, operator: str) -> KeysetChange:
        """Write and read the key set of a new secret version, by this code's fold, beside the one in use.

        The secret is there before any function is told of it; a begin that broke off is begun again.
        Raises KeysetRefused.
        """
        written, _ = self.storage.settings.keysets()
        self._require_forgotten(version)
        new = f"{FOLD_VERSION}.{version}"
        old = self._old(written, new)
        self._log(new, operator)
        self.versions.add(version)
        if new not in written:
            self.storage.settings.put_keysets((old, new), (old, new), previous=written)
        change = KeysetChange(old=old, new=new, step=Step.BEGUN, since=self.clock.now())
        self._keep(change)
        return change

    def verified(self, change: KeysetChange) -> None:
        """Remember that every signal was found under the new key set."""
        self._keep(replace(change, step=Step.VERIFIED))

    def switch(self, *, operator: str) -> KeysetChange:
        """Write and read the new key set only. Raises KeysetRefused before it was verified."""
        change = self.required(Step.VERIFIED)
        written, _ = self.storage.settings.keysets()
        self._log(change.new, operator)
        if written != (change.new,):
            self.storage.settings.put_keysets((change.new,), (change.new,), previous=written)
        switched = replace(change, step=Step.SWITCHED, since=self.clock.now())
        self._keep(switched)
        return switched

    def end(self, change: KeysetChange, *, operator: str) -> None:
        """Take away the old version's secret: nothing is kept under it any more."""
        self._log(change.old, operator)
        written = (change.new,)
        self.storage.settings.put_keysets(written, written, previous=written)
        self.versions.remove(secret_version_of(change.old))
        self._keep(replace(change, step=Step.NONE, since=self.clock.now()))

    def _require_forgotten(self, version: str) -> None:
        """Raise KeysetRefused while a function may remember another secret by the name of this version."""
        held = self.storage.settings.report(REPORT) or {"step": ""}
        if held["step"] != Step.NONE or secret_version_of(str(held["old"])) != version:
            return
        if self.clock.now() < datetime.fromisoformat(str(held["since"])) + self.settling:
            raise KeysetRefused(f"functions may still remember the secret {version}: take another name")

    def _old(self, written: tuple[str, ...], new: str) -> str:
        """The one key set in use, beside the new one perhaps. Raises KeysetRefused."""
        others = [one for one in written if one != new]
        if self.under_way() is not None or len(others) > 1:
            raise KeysetRefused("a change of key sets is under way already: look with show")
        if not others:
            raise KeysetRefused(f"{new} is in use already")
        if fold_of(others[0]) not in FOLDS:
            folds = ", ".join(FOLDS)
            raise KeysetRefused(f"this code folds as version {folds}, the key set in use does not")
        if secret_version_of(others[0]) == secret_version_of(new):
            raise KeysetRefused(
                "a new fold needs a new version of the secret too: the old one goes at the end"
            )
        return others[0]

    def _keep(self, change: KeysetChange) -> None:
        self.storage.settings.put_report(
            REPORT,
            {
                "old": change.old,
                "new": change.new,
                "step": change.step.value,
                "since": change.since.isoformat(),
            },
        )

    def _log(self, keyset: str, operator: str) -> None:
        self.storage.audit.append(self.trail.entry(Act.KEYSETS_CHANGED, f"keysets/{keyset}", operator))
