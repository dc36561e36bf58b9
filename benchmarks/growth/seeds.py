"""An index of so many signals, written as rows by the storage's own codec: quicker than giving each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from benchmarks.schema import youth_of
from chalicelib.domain.organisation import Language, Professional
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import Youth
from chalicelib.models.data_keys import DataKeyTable
from chalicelib.models.signal_codec import SignalCodec
from chalicelib.models.tables import tables_of
from chalicelib.security.clients import kms_client
from chalicelib.security.sealing import DataKeySealer
from chalicelib.signals.index_keys import index_keys
from examples.families.generator import Generator
from infra.operators.desk import Desk

SEEDS: Final = Professional(
    organisation_id="seeds",
    id="p1",
    name="S. Zaad",
    function=None,
    site=None,
    email="p1@seeds.example",
    telephone=None,
    language=Language.DUTCH,
)
"""Who gave the signals of the index: now and then one is of a household that is measured."""
_RUNS: Final = timedelta(days=300)


def youths(seed: int = 1) -> Iterator[Youth]:
    """One signal about one child of each generated family, without end: unrelated, so nothing matches."""
    for cluster in Generator(300_000, seed=seed):
        if cluster.signals:
            yield youth_of(cluster.signals[0].record)


def plant(desk: Desk, known: Sequence[Youth]) -> None:
    """Write a signal about each, with its match keys, as the functions would have."""
    written, _ = desk.storage.settings.keysets()
    plant_signals(desk, (signal_about(desk, youth, written) for youth in known))


def plant_signals(desk: Desk, signals: Iterable[Signal]) -> None:
    """Write these with all their keys."""
    tables = tables_of(desk.settings.table_prefix)
    sealer = DataKeySealer(
        keys=DataKeyTable(tables), master_key=desk.settings.data_key, kms=kms_client, clock=desk.clock
    )
    codec = SignalCodec(tables, sealer)
    with (
        tables.signals.batch_write() as rows,
        tables.match_keys.batch_write() as keys,
        tables.archive_keys.batch_write() as archive_keys,
    ):
        for signal in signals:
            rows.save(codec.row(signal))
            for row in codec.key_rows(signal, signal.keys):
                keys.save(row)
            for archive_row in codec.archive_rows(signal, signal.found_by - signal.keys):
                archive_keys.save(archive_row)


def signal_about(desk: Desk, youth: Youth, written: Iterable[str]) -> Signal:
    """A signal that was given now and runs for most of a year."""
    now = desk.clock.now()
    return Signal(
        id=desk.names.new_id(),
        number=desk.names.signal_number(),
        organisation_id=SEEDS.organisation_id,
        professional_id=SEEDS.id,
        reference="R-1",
        state=SignalState.ACTIVE,
        revision=1,
        created_at=now,
        planned_end_date=(now + _RUNS).date(),
        ends_on=(now + _RUNS).date(),
        ended_at=None,
        digest="",
        keys=index_keys(youth, desk.hasher, written),
        informed=None,
        youth=youth,
    )


def first(count: int, seed: int) -> list[Youth]:
    """So many of `youths`."""
    return list(islice(youths(seed), count))
