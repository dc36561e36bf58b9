"""Keeping an organisation's keys: its own act, or that of who manages organisations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.client_keys import ClientKeys, Jwk
from chalicelib.domain.errors import (
    FieldProblem,
    KeysRevised,
    OrganisationNotFound,
    OrganisationRefused,
)
from chalicelib.domain.organisation import Scope
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.security.client_jwks import MOST_KEYS, UnfitKey, fit_key
from chalicelib.security.published_keys import FetchRefused, checked_uri

_KEYS: Final = "/jwks/keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenKeys:
    """Keys as they are given: a list of JWKs, or the address of one; exactly one of the two."""

    keys: Sequence[Mapping[str, Any]] | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepKeys:
    """Reads and replaces keys; what a token was granted before stays good for its hour."""

    storage: Storage
    names: Names
    clock: Clock

    def read(self, caller: Caller, organisation_id: str) -> ClientKeys:
        """The keys. Raises OrganisationNotFound when there are none, or they are another's."""
        _require_right(caller, organisation_id)
        held = self.storage.clients.keys(organisation_id)
        if held is None:
            raise OrganisationNotFound
        self.storage.audit.append(self._entry(caller, Act.KEYS_READ, organisation_id))
        return held

    def replace(
        self, caller: Caller, organisation_id: str, given: GivenKeys, revisions: Collection[int] | None
    ) -> ClientKeys:
        """Replace them all.

        ``revisions`` are those on which the caller decides, none when it read none, None for any.
        Raises OrganisationNotFound, OrganisationRefused, KeysRevised.
        """
        _require_right(caller, organisation_id)
        keys = fit(organisation_id, given)
        return self._put(keys, self._entry(caller, Act.KEYS_CHANGED, organisation_id), revisions)

    def replace_by_operator(self, organisation_id: str, given: GivenKeys, *, operator: str) -> ClientKeys:
        """Replace them all, on an operator's word. Raises as :meth:`replace`."""
        trail = OperatorTrail(self.names, self.clock)
        entry = trail.entry(Act.KEYS_CHANGED, organisation_id, operator)
        return self._put(fit(organisation_id, given), entry, None)

    def _put(self, keys: ClientKeys, entry: AuditEntry, revisions: Collection[int] | None) -> ClientKeys:
        if self.storage.organisations.get(keys.organisation_id) is None:
            raise OrganisationNotFound
        held = self.storage.clients.keys(keys.organisation_id)
        before = held.revision if held is not None else None
        if revisions is not None and (before is None) != (not revisions):
            raise KeysRevised
        if revisions and before not in revisions:
            raise KeysRevised
        following = replace(keys, revision=(before or 0) + 1)
        try:
            self.storage.clients.put_keys(following, previous_revision=before, audit=entry)
        except (AlreadyThere, Stale) as error:
            raise KeysRevised from error
        return following

    def _entry(self, caller: Caller, act: Act, organisation_id: str) -> AuditEntry:
        return caller.entry(act, organisation_id, at=self.clock.now(), token=self.names.token())


def fit(organisation_id: str, given: GivenKeys) -> ClientKeys:
    """The keys as they are kept. Raises OrganisationRefused naming every rule that they break."""
    if (given.keys is None) == (given.uri is None):
        line = FieldProblem("", "one-of-two", "Give the keys (jwks) or their address (jwksUri), not both.")
        raise OrganisationRefused((line,))
    if given.uri is not None:
        return ClientKeys(organisation_id=organisation_id, keys=(), uri=_fit_uri(given.uri), revision=0)
    keys, problems = _fit_keys(given.keys or ())
    if problems:
        raise OrganisationRefused(tuple(problems))
    return ClientKeys(organisation_id=organisation_id, keys=tuple(keys), uri=None, revision=0)


def _fit_keys(given: Sequence[Mapping[str, Any]]) -> tuple[list[Jwk], list[FieldProblem]]:
    keys: list[Jwk] = []
    problems: list[FieldProblem] = []
    if not 0 < len(given) <= MOST_KEYS:
        problems.append(FieldProblem(_KEYS, "wrong-number", f"One key at least, {MOST_KEYS} at most."))
    for place, key in enumerate(given[:MOST_KEYS]):
        try:
            keys.append(fit_key(key))
        except UnfitKey as unfit:
            problems.append(FieldProblem(f"{_KEYS}/{place}", unfit.code, unfit.detail))
    if len({key["kid"] for key in keys}) < len(keys):
        problems.append(FieldProblem(_KEYS, "named-twice", "Each key has a kid of its own."))
    return keys, problems


def _fit_uri(uri: str) -> str:
    try:
        checked_uri(uri)
    except FetchRefused as refused:
        detail = "An https address on port 443 of a host with a name, of 500 characters at most."
        raise OrganisationRefused((FieldProblem("/jwksUri", "bad-uri", detail),)) from refused
    return uri


def _require_right(caller: Caller, organisation_id: str) -> None:
    """Another's keys are not there, unless it is the caller's task to manage them."""
    if caller.organisation.id != organisation_id and Scope.ORGANISATIONS_MANAGE not in caller.scopes:
        raise OrganisationNotFound
