"""``verify-erased`` and ``reapply-erasures``: that an erasure is one, also after a restore (D38)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import boto3

from chalicelib.domain.erasure import ErasureCertificate
from chalicelib.models.moments import stored
from chalicelib.signals.erase import EraseSignal
from chalicelib.upkeep.audit_bucket import s3_client
from chalicelib.upkeep.audit_copies import LEDGER, signal_of
from chalicelib.upkeep.reapply import ReapplyErasures
from infra.errors import InfraError
from infra.operators.action import Action, Logged
from infra.operators.desk import Desk
from infra.repair.rows import open_rows
from infra.repair.traces import Traces
from infra.words import moment

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_EARLIER: Final = timedelta(days=1)
"""Before the first moment that a table can be restored to, for clocks that differ."""


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("signals", nargs="+", metavar="ID", help="ids of erased signals")
    parser.add_argument(
        "--words", type=Path, metavar="FILE", help="also look for these, one per line: a name, a number …"
    )


def _verify(desk: Desk, options: argparse.Namespace) -> None:
    certificates = [desk.storage.erasures.get(one) for one in options.signals]
    for signal_id, certificate in zip(options.signals, certificates, strict=True):
        print(_told(certificate) if certificate is not None else f"{signal_id}: no certificate")
    words = options.words.read_text(encoding="utf-8").split("\n") if options.words else []
    looked_for = [word.strip() for word in words if word.strip()]
    traces = Traces(open_rows(desk.settings.table_prefix), boto3.client("sqs"))
    found = traces.of(options.signals, looked_for)
    for trace in found:
        print(f"! {trace.place}: {trace.what}")
    if found or None in certificates:
        raise InfraError(f"not erased: {len(found)} traces, {certificates.count(None)} without a certificate")
    print("no trace but the certificates, the numbers and the trail")


def _told(certificate: ErasureCertificate) -> str:
    counts = ", ".join(f"{name} {number}" for name, number in sorted(certificate.counts.items()))
    state = f"completed {stored(certificate.completed_at)}" if certificate.completed_at else "not completed"
    return (
        f"{certificate.signal_id}: erased {stored(certificate.erased_at)} ({certificate.ground}), {state}; "
        f"backups until {certificate.backup_until:%Y-%m-%d}; {counts}"
    )


def _reapply_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since",
        type=moment,
        metavar="MOMENT",
        help="that tables were restored to, as 2026-01-31T13:45:00Z (by default as early as they can be)",
    )


def _reapply(desk: Desk, options: argparse.Namespace) -> None:
    earliest = desk.clock.now() - timedelta(days=desk.settings.legal.backup_days)
    since = options.since.astimezone(UTC) if options.since else earliest
    erase = EraseSignal(storage=desk.storage, names=desk.names, clock=desk.clock, legal=desk.settings.legal)
    ledger = _ledger(s3_client(), desk.audit_bucket.name, since - _EARLIER)
    report = ReapplyErasures(storage=desk.storage, erase=erase)(ledger)
    for signal_id in report.erased:
        print(signal_id)
    print(f"lines of the ledger: {report.lines}; erased again: {len(report.erased)}")


def _ledger(client: S3Client, bucket: str, since: datetime) -> Iterator[str]:
    """The signals that left nothing since a moment, by the names of the lines alone."""
    pages = client.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, Prefix=f"{LEDGER}/", StartAfter=f"{LEDGER}/{stored(since)}"
    )
    for page in pages:
        yield from (signal_of(line["Key"]) for line in page.get("Contents", []))


VERIFY_ERASED: Final = Action(
    "verify-erased",
    "look through every table and queue for what is left of erased signals; changes nothing",
    _verify_arguments,
    _verify,
    Logged.looked("erasures"),
)
REAPPLY_ERASURES: Final = Action(
    "reapply-erasures",
    "after a restore, erase again what came back; safe to repeat",
    _reapply_arguments,
    _reapply,
    Logged.asked("erasures"),
)
