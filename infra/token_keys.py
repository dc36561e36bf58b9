"""Changing the key that signs access tokens, without a token that is refused.

Three steps, each safe to repeat: a new key is published; it signs; the old one goes when no token of it
can live any more. An alias names each key's part: what is named ``…-token`` signs, all three are published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from chalicelib.security.token_key import NEXT, PAUSE, PREVIOUS
from chalicelib.security.tokens import LONGEST_LIFE
from infra.errors import InfraError

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

OVERLAP: Final = LONGEST_LIFE + timedelta(minutes=5)
"""How long the old key counts after another one signs: the longest life of a token, and a little."""
KNOWN_AFTER: Final = PAUSE + timedelta(seconds=5)
"""How long a new key is published before it may sign: from then on whoever looks for it finds it."""
_WAITING_DAYS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenKeys:
    """The keys of one stage; ``alias`` names the one that signs."""

    alias: str
    stage: str
    kms: Callable[[], KMSClient]

    def named(self) -> dict[str, str]:
        """The id of the key under each alias that there is: the one that signs, next, previous."""
        found = {one: self._target(one) for one in (self.alias, self._next, self._previous)}
        return {alias: key for alias, key in found.items() if key is not None}

    def begin(self) -> str:
        """Make a key and publish it; it signs nothing yet. Raises InfraError when a change is under way."""
        named = self.named()
        if self._previous in named:
            raise InfraError("the key before is still published: drop it first")
        if self._next in named and named[self._next] != named[self.alias]:
            raise InfraError(f"a new key is published already ({named[self._next]}); next: switch")
        made = self.kms().create_key(
            Description=f"Verwijsindex {self.stage} - signs access tokens (PS256)",
            KeySpec="RSA_2048",
            KeyUsage="SIGN_VERIFY",
            Tags=[
                {"TagKey": "service", "TagValue": "verwijsindex"},
                {"TagKey": "stage", "TagValue": self.stage},
            ],
        )["KeyMetadata"]["KeyId"]
        self._point(self._next, made)
        return made

    def switch(self, since: datetime | None, now: datetime) -> str:
        """Sign by the new key from now on; the old one goes on to count.

        ``since`` is when the new one was published, None when that was long ago. Raises InfraError without a
        new key, and while a function that has just looked for keys would not know it.
        """
        named = self.named()
        if self._next not in named:
            raise InfraError("no new key is published: begin first")
        if since is not None and now - since < KNOWN_AFTER:
            raise InfraError(
                f"not every function knows the new key before {since + KNOWN_AFTER:%H:%M:%S} UTC"
            )
        new, old = named[self._next], named[self.alias]
        if new != old:
            if named.get(self._previous, old) != old:
                raise InfraError("the key before is still published: drop it first")
            self._point(self._previous, old)
            self._point(self.alias, new)
        self.kms().delete_alias(AliasName=self._next)
        return new

    def drop(self, since: datetime | None, now: datetime) -> str:
        """Let the old key count no more, and be deleted after thirty days.

        ``since`` is when the switch was, None to drop at once what leaked: its tokens are refused from
        then on. Raises InfraError while tokens of it may live.
        """
        old = self._target(self._previous)
        if old is None:
            raise InfraError("there is no key before the one that signs")
        if old == self._target(self.alias):
            raise InfraError("the switch was not completed: switch first")
        if since is not None and now - since < OVERLAP:
            raise InfraError(f"tokens of the old key may live until {since + OVERLAP:%Y-%m-%d %H:%M} UTC")
        self.kms().delete_alias(AliasName=self._previous)
        self.kms().schedule_key_deletion(KeyId=old, PendingWindowInDays=_WAITING_DAYS)
        return old

    @property
    def _next(self) -> str:
        return f"{self.alias}{NEXT}"

    @property
    def _previous(self) -> str:
        return f"{self.alias}{PREVIOUS}"

    def _target(self, alias: str) -> str | None:
        try:
            return self.kms().describe_key(KeyId=alias)["KeyMetadata"]["KeyId"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "NotFoundException":
                return None
            raise

    def _point(self, alias: str, key: str) -> None:
        if self._target(alias) is None:
            self.kms().create_alias(AliasName=alias, TargetKeyId=key)
        else:
            self.kms().update_alias(AliasName=alias, TargetKeyId=key)
