"""Keys are read where an organisation publishes them, and nobody leads us anywhere else."""

from __future__ import annotations

import http.server
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chalicelib.security import published_keys
from chalicelib.security.published_keys import FetchRefused, PublishedKeys, checked_uri, is_public
from tests.builders import NOW
from tests.systems import key_named, public

HOST = "systems.school.example"
URI = f"https://{HOST}/jwks.json"
KEY = public(key_named("one"))
SET = json.dumps({"keys": [KEY]}).encode()

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


def test_an_address_has_one_form(subtests: pytest.Subtests) -> None:
    """https, port 443, a host with a name; nothing that hides where it leads."""
    assert checked_uri(URI).hostname == HOST
    assert checked_uri(f"https://{HOST}:443/a?b=c").query == "b=c"
    for uri in (
        "", "jwks.json", f"http://{HOST}/", f"ftp://{HOST}/", f"https://{HOST}:8443/", "https:///x",
        f"https://user@{HOST}/", f"https://user:secret@{HOST}/", f"https://{HOST}/#part", "https://localhost/",
        "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:169.254.169.254]/", "https://school/",
        f"https://{HOST}:x/", f"https://{HOST}/\n", f"https://{HOST}/é", f"https://{HOST}/ ", "https://[/",
        f"https://{HOST}/{'x' * 500}", "file:///etc/passwd",
    ):  # fmt: skip
        with subtests.test(uri=uri), pytest.raises(FetchRefused):
            checked_uri(uri)


@pytest.mark.parametrize(
    ("address", "public_one"),
    [
        ("93.184.216.34", True),
        ("2a00:1450:400e:80c::200e", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("169.254.170.2", False),
        ("0.0.0.0", False),  # noqa: S104 - refused, not bound to
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:a9fe:a9fe::1", False),
        ("2001:db8::1", False),
        ("not an address", False),
    ],
)
def test_only_public_addresses_are_connected_to(address: str, public_one: bool) -> None:  # noqa: FBT001
    """Neither our own network, nor the services of the cloud, also when wrapped in another address."""
    assert is_public(address) is public_one


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the host's name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=3650))
        .not_valid_after(NOW + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "host.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + pem)
    return path


def told(status: int = 200, body: bytes = SET, headers: dict[str, str] | None = None) -> Answer:
    """An answer as a server gives it."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def published(certificate: Path, answer: Answer) -> Iterator[tuple[PublishedKeys, list[str]]]:
    """A reader for whom the host is at this machine, and what was asked there."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['Host'].partition(':')[0]}{self.path}")
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    reader = PublishedKeys(
        resolve=lambda _host, _port: ["127.0.0.1"],
        is_allowed=lambda address: address == "127.0.0.1",
        port=server.server_address[1],
        tls=lambda: ssl.create_default_context(cafile=str(certificate)),
        seconds=30,
    )
    try:
        yield reader, asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_keys_are_read_over_tls_at_the_address_that_was_checked(certificate: Path) -> None:
    """Under the host's own name, with its path and query."""
    with published(certificate, told()) as (reader, asked):
        assert reader(f"{URI}?of=now") == (KEY,)

    assert asked == [f"{HOST}/jwks.json?of=now"]


def test_keys_of_other_kinds_are_passed_over(certificate: Path) -> None:
    """A published set is for others too (RFC 7517, section 5)."""
    others = [{"kty": "oct", "k": "x"}, {"kty": "OKP"}, 7, KEY | {"use": "enc"}, {"kty": ["RSA"]}]
    with published(certificate, told(body=json.dumps({"keys": [*others, KEY]}).encode())) as (reader, _):
        assert reader(URI) == (KEY,)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(told(302, headers={"Location": "https://169.254.169.254/"}), id="a redirect"),
        pytest.param(told(404), id="nothing there"),
        pytest.param(told(body=b"x" * (64 * 1024 + 1)), id="too large"),
        pytest.param(told(body=b'{"keys": "' + b"x" * 70_000, headers={"Content-Length": "9"}), id="cut off"),
        pytest.param(told(body=b"<html>"), id="no JSON"),
        pytest.param(told(body=b"[" * 60_000), id="nested without end"),
        pytest.param(told(body=b"[]"), id="no set"),
        pytest.param(told(body=b'{"keys": []}'), id="no keys"),
        pytest.param(told(body=b'{"keys": {"kty": "RSA"}}'), id="no list of keys"),
        pytest.param(lambda _: None, id="no answer at all"),
    ],
)
def test_what_is_no_set_of_keys_is_not_read(certificate: Path, answer: Answer) -> None:
    """And nothing is followed."""
    with published(certificate, answer) as (reader, asked), pytest.raises(FetchRefused):
        reader(URI)

    assert len(asked) == 1


def test_the_certificate_must_be_of_the_host(certificate: Path) -> None:
    """An address that was led elsewhere has another's certificate."""
    with published(certificate, told()) as (reader, asked), pytest.raises(FetchRefused):
        reader("https://another.school.example/jwks.json")

    assert not asked


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    """By the authorities that the machine trusts."""
    with published(certificate, told()) as (reader, asked):
        stock = replace(reader, tls=ssl.create_default_context)
        with pytest.raises(FetchRefused):
            stock(URI)

    assert not asked


def test_one_address_that_is_not_public_spoils_them_all() -> None:
    """A name that leads to both is not to be trusted with either."""
    reader = PublishedKeys(resolve=lambda _host, _port: ["93.184.216.34", "10.0.0.1"])

    with pytest.raises(FetchRefused, match="not public"):
        reader(URI)


def test_a_name_is_looked_up_once(certificate: Path) -> None:
    """What it says a moment later, when the address was found good, does not matter (DNS rebinding)."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    with published(certificate, told()) as (reader, _):
        assert replace(reader, resolve=lambda _host, _port: next(answers))(URI) == (KEY,)

    assert next(answers) == ["10.0.0.1"]


def test_a_name_that_nobody_knows_is_refused() -> None:
    """As the resolver says."""

    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("unknown host")

    with pytest.raises(FetchRefused, match="OSError"):
        PublishedKeys(resolve=unknown)(URI)


def test_the_whole_has_a_limit_in_time() -> None:
    """Resolvers and slow senders know none of their own."""
    hang = threading.Event()

    def slow(_host: str, _port: int) -> list[str]:
        hang.wait()
        return []

    with pytest.raises(FetchRefused, match="in time"):
        PublishedKeys(resolve=slow, seconds=0.01)(URI)
    hang.set()


def test_the_machines_resolver_is_asked_by_name_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address that it gives."""
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (10, 1, 6, "", ("2a00::1", 443, 0, 0))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)

    assert set(published_keys.addresses_of(HOST, 443)) == {"93.184.216.34", "2a00::1"}
