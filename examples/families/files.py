"""The files of a generated region: what a matcher may see, and the truth beside it."""

from __future__ import annotations

import heapq
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from examples.families.clusters import Cluster
from examples.families.generator import Generator
from examples.families.people import Person


def to_json(value: object) -> str:
    """Compact JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class SortedSignals:
    """Puts signals in the order of ``submitted_at`` by an external merge sort in runs of ``chunk``."""

    folder: Path
    chunk: int
    _runs: list[Path] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)

    def add(self, cluster: Cluster) -> None:
        """Add a cluster's signals, each with its truth."""
        for signal in cluster.signals:
            record = signal.record
            truth = {
                "signal_id": record["signal_id"],
                "person_id": signal.person_id,
                "tags": list(signal.tags),
                "address_kind": signal.address_kind,
                "cluster_id": cluster.cluster_id,
            }
            key = f"{record['submitted_at']}{record['signal_id']}"
            self._buffer.append(f"{key}\t{to_json(record)}\t{to_json(truth)}\n")
        if len(self._buffer) >= self.chunk:
            self._flush()

    def lines(self) -> Iterator[tuple[str, str]]:
        """Record and truth of every signal, in order."""
        self._flush()
        with ExitStack() as opened:
            runs = [opened.enter_context(run.open(encoding="utf-8")) for run in self._runs]
            for line in heapq.merge(*runs):
                _, record, truth = line.rstrip("\n").split("\t")
                yield record, truth

    def _flush(self) -> None:
        run = self.folder / f"run{len(self._runs):05d}"
        run.write_text("".join(sorted(self._buffer)), "utf-8")
        self._runs.append(run)
        self._buffer.clear()


@dataclass(slots=True)
class Tally:
    """What was made, counted while it streams by."""

    counts: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)

    def add(self, cluster: Cluster) -> None:
        """Count one cluster."""
        self.counts["clusters"] += 1
        for child in cluster.children:
            self.counts["children"] += 1
            self.counts["children_with_signals"] += bool(child.signals)
            self.counts["true_person_pairs"] += child.signals * (child.signals - 1) // 2
            self.cases.update(child.cases)
        for link in cluster.links():
            self.counts["family_links" if link.family else "coresident_links"] += 1
        for signal in cluster.signals:
            self.counts["signals"] += 1
            self.tags.update(signal.tags)

    def report(self) -> dict[str, Any]:
        """Counts and rates for meta.json."""
        signals = max(1, self.counts["signals"])
        return {
            "counts": dict(self.counts),
            "share_signals_with_bsn": round(1 - self.tags["no_bsn"] / signals, 4),
            "tag_rate": {tag: round(count / signals, 5) for tag, count in sorted(self.tags.items())},
            "case_children": dict(sorted(self.cases.items())),
        }


def write_region(generator: Generator, folder: Path, arguments: dict[str, Any], chunk: int) -> dict[str, Any]:
    """Write all files of a region into ``folder`` and return what ``meta.json`` holds."""
    folder.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        in_order = SortedSignals(Path(scratch), chunk)
        with _open(folder, "persons.jsonl") as persons, _open(folder, "household_links.jsonl") as links:
            for cluster in generator:
                tally.add(cluster)
                in_order.add(cluster)
                persons.writelines(
                    f"{to_json(_truth_of(child, cluster.cluster_id))}\n" for child in cluster.children
                )
                links.writelines(
                    to_json({"a": link.one, "b": link.other, "kind": link.kind, "family": link.family}) + "\n"
                    for link in cluster.links()
                )
        with _open(folder, "signals.jsonl") as signals, _open(folder, "truth_signals.jsonl") as truths:
            for record, truth in in_order.lines():
                signals.write(f"{record}\n")
                truths.write(f"{truth}\n")
    return _write_registers(generator, folder, {"args": arguments, **tally.report()})


def _open(folder: Path, name: str) -> IO[str]:
    return (folder / name).open("w", encoding="utf-8")


def _write_registers(generator: Generator, folder: Path, meta: dict[str, Any]) -> dict[str, Any]:
    places = generator.places
    excluded = [
        {"kind": kind, "match_level": "number", **home.public()} for home, kind in places.institutions
    ] + [{"kind": "studentencomplex", "match_level": "number", **home.public()} for home in places.towers]
    unlisted = [{"kind": kind, **home.public()} for home, kind in places.unlisted]
    meta = {
        **meta,
        "households": places.households,
        "persons_including_parents": generator.population.count,
        "excluded_addresses": len(excluded),
    }
    for name, content in (
        ("excluded_addresses.json", excluded),
        ("unlisted_institutions.json", unlisted),
        ("meta.json", meta),
    ):
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return meta


def _truth_of(child: Person, cluster_id: str) -> dict[str, Any]:
    return {
        "person_id": child.person_id,
        "cluster_id": cluster_id,
        "bsn": child.bsn,
        "given_names": [name.official for name in child.given],
        "call_name": child.call_name,
        "surname_prefix": child.surname[0],
        "surname": child.surname[1],
        "other_surnames": [" ".join(part for part in surname if part) for surname in child.other_surnames],
        "date_of_birth": date.fromordinal(child.registered_birthday).isoformat(),
        "gender": child.sex,
        "parents": [
            {
                "person_id": parent.person_id,
                "bsn": parent.bsn,
                "given_names": [name.official for name in parent.given],
                "surname_prefix": parent.surname[0],
                "surname": parent.surname[1],
                "date_of_birth": date.fromordinal(parent.birthday).isoformat(),
            }
            for parent in child.parents
        ],
        "cases": sorted(child.cases),
        "addresses": [
            {"since": _since(day), "kind": home.kind, **home.public()} for day, home in child.stays
        ],
        "other_parent_addresses": [
            {"since": _since(day), **home.public()} for day, home in child.other_stays
        ],
        "signals": child.signals,
    }


def _since(day: int) -> str | None:
    return date.fromordinal(day).isoformat() if day else None
