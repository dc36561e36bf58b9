"""Reading the keys that an organisation publishes at its ``jwks_uri``, without being led elsewhere.

An address that a stranger chose must not make us knock at doors inside (server-side request forgery).
So: https only, to port 443 of a host with a name, all of whose addresses are public; the connection goes
to the very address that was checked, whatever the name says a moment later, while the certificate must
be the name's; nothing is followed, and size and time have limits.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from chalicelib.domain.client_keys import Jwk
from chalicelib.security.client_jwks import fit_keys

LONGEST_URI: Final = 500
LARGEST_SET: Final = 64 * 1024
SECONDS: Final = 3.0
PORT: Final = 443

_ASKS: Final = {
    "Accept": "application/jwk-set+json, application/json",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "verwijsindex",
}


class FetchRefused(Exception):  # noqa: N818 - named as the domain's refusals are
    """What is at the address was not read: not allowed, unreachable, too large, or no set of keys."""


Resolve = Callable[[str, int], Iterable[str]]
"""All addresses of a host, as texts."""


def addresses_of(host: str, port: int) -> Iterable[str]:
    """What the resolver of this machine says. Raises OSError."""
    return {str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}


def checked_uri(uri: str) -> SplitResult:
    """The parts of an address that may be read. Raises FetchRefused for any other."""
    if len(uri) > LONGEST_URI or not uri.isascii() or not uri.isprintable() or " " in uri:
        raise FetchRefused("no address")
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("no address") from error
    host = parts.hostname or ""
    if parts.scheme != "https" or port not in {None, PORT} or parts.fragment or "@" in parts.netloc:
        raise FetchRefused("https on port 443, without user, password and fragment")
    if "." not in host.strip(".") or _is_address(host):
        raise FetchRefused("a host with a name of its own")
    return parts


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, also when it wraps another one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _unwrapped(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedKeys:
    """Reads sets of keys; every part of the world outside can be replaced."""

    resolve: Resolve = addresses_of
    is_allowed: Callable[[str], bool] = is_public
    port: int = PORT
    tls: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)
    seconds: float = SECONDS

    def __call__(self, uri: str) -> tuple[Jwk, ...]:
        """The usable keys at an address. Raises FetchRefused."""
        parts = checked_uri(uri)
        body = _within(self.seconds, lambda: self._body(parts))
        try:
            keys = fit_keys(json.loads(body))
        except (ValueError, RecursionError) as error:
            raise FetchRefused("no set of keys") from error
        if not keys:
            raise FetchRefused("no key that can be used")
        return keys

    def _body(self, parts: SplitResult) -> bytes:
        host = str(parts.hostname)
        connection = _Pinned(host, self._checked_address(host), self.port, self.tls(), self.seconds)
        try:
            path = parts.path or "/"
            connection.request("GET", f"{path}?{parts.query}" if parts.query else path, headers=_ASKS)
            with connection.getresponse() as answer:
                if answer.status != http.client.OK:
                    raise FetchRefused("an answer that is not 200")
                body = answer.read(LARGEST_SET + 1)
        finally:
            connection.close()
        if len(body) > LARGEST_SET:
            raise FetchRefused("more than 64 KiB")
        return body

    def _checked_address(self, host: str) -> str:
        found = sorted(self.resolve(host, self.port))
        if not found or not all(self.is_allowed(one) for one in found):
            raise FetchRefused("an address that is not public")
        return found[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address, under the name that its certificate must have."""

    def __init__(self, host: str, address: str, port: int, tls: ssl.SSLContext, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds, context=tls)
        self._address = address
        self._tls = tls

    def connect(self) -> None:
        """Connect to the address that was checked; no name is looked up again."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def _unwrapped(found: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """An address, and those of IPv4 that it carries traffic to."""
    if isinstance(found, IPv4Address):
        return (found,)
    inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    wrapped = tuple(one for one in inner if one is not None)
    return wrapped if found.ipv4_mapped is not None else (found, *wrapped)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _within(seconds: float, read: Callable[[], bytes]) -> bytes:
    """What ``read`` gives, if it does in time: resolvers and slow senders know no limit of their own.

    A thread that is too late is left to end by itself. Raises FetchRefused.
    """
    outcome: list[bytes | Exception] = []

    def work() -> None:
        try:
            outcome.append(read())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told to who waits
            outcome.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise FetchRefused("no answer in time")
    if isinstance(outcome[0], FetchRefused):
        raise outcome[0]
    if isinstance(outcome[0], Exception):
        raise FetchRefused(type(outcome[0]).__name__) from outcome[0]
    return outcome[0]
