"""How much is measured, and where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks.page import write_section
from chalicelib.matching import FOLD_VERSION, MODEL_VERSION
from infra.places import ROOT

_SEEDS: Final = (611, 612)
DIFFICULTIES: Final = ("normal", "hard")
SEED_OF_LOOK_UPS: Final = 613


HEAD: Final = """# The matcher beside its peers

Each section is written by the command it names; `QUICK=1` measures smaller regions and indexes in minutes,
into `build/bench-matching`, and `PART=families`, `public`, `keys` or `look-ups` one section alone. What the
peers need is pinned in `requirements-bench.txt` and installed in a virtual environment of its own.

- **Exact rules**: what existing systems do, and the same on folded names.
- **recordlinkage** 0.16: blocks, Jaro-Winkler at 0.85 for names, equality for the rest, its unsupervised
  ECM classifier. Taught on pairs of one birth year and sex, and with no candidates by address alone: with
  the blocks that splink gets, ECM takes brothers and sisters for matches (F1 0.60 on a region like these).
- **splink** 5 on DuckDB: ready-made comparisons of names and dates, term frequencies, expectation
  maximisation. The best of six set-ups that we tried on a region like these.
- **Verwijsindex**: the model that ships. A pair counts when both signals stand in one group after the last
  signal. Other thresholds are tried for its best F1, its recall at precision 0.999 and its curve: whole
  decisions, not sums.

All get the same records, with dates, numbers and letters cleaned as their guides advise. Recall counts
every pair of signals about one child, whether or not a key brought it together. Seeds from 611 on were
never learned from. `0.0000` for recall at precision 0.999 means that no threshold reaches that precision.

FEBRL is judged on half of the people, at the best threshold, with weights learned on the other half; then
the other way round. Our levels for it were chosen after looking at mistakes in both halves, so the halves
keep apart the weights and not the design. The peers learn without labels.

Look-ups are one new signal against an index of that size: the last twentieth of the signals, a sample, each
against all that came before it. Times are processor time of one process with one thread, for other work
shared the machine; that slows everybody down alike. Regions, sets and sizes are measured two at a time,
each by a process of its own. For the core a look-up is finding the candidates, comparing, and deciding the
whole closure, households too, by the model for an index of that size; for the peers it is blocking,
comparing and scoring against a table already loaded, with a model already taught. The core's index is in
memory too: what DynamoDB adds stands in [main-job.md](main-job.md).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured, where it is written, and the command that does so.

    ``shifts``: thresholds of the core that are tried, in bits from its own; ``look_ups`` of the core and of
    each peer in every one of ``sizes``.
    """

    command: str
    page: Path
    seeds: tuple[int, ...]
    signals: int
    shifts: tuple[float, ...]
    sizes: tuple[int, ...]
    look_ups: tuple[int, int]
    regions: Path = ROOT / "build" / "regions"

    def of_regions(self, signals: int) -> Plan:
        """The same with regions of another size, and the command that asks for it."""
        return replace(self, signals=signals, command=f'{self.command} PART="families --signals {signals}"')

    def of_parts(self, names: Sequence[str]) -> Plan:
        """The same, and the command that measures these parts alone."""
        asked = names[0] if len(names) == 1 else f'"{" ".join(names)}"'
        return replace(self, command=f"{self.command} PART={asked}")

    def write(self, title: str, body: str) -> None:
        """A section of the page, with the model; the page begins with what holds for all of them."""
        self.page.parent.mkdir(parents=True, exist_ok=True)
        if not self.page.exists():
            self.page.write_text(HEAD, encoding="utf-8")
        write_section(
            title, self.command, f"Model {MODEL_VERSION}, fold {FOLD_VERSION}.\n\n{body}", self.page
        )

    def draw(self, name: str, picture: str) -> str:
        """A picture beside the page, and the words that show it."""
        self.page.parent.mkdir(parents=True, exist_ok=True)
        (self.page.parent / f"{name}.svg").write_text(picture, encoding="utf-8")
        return f"![{name.replace('-', ' ')}]({name}.svg)\n"


FULL: Final = Plan(
    command="make bench-matching",
    page=ROOT / "docs" / "benchmarks" / "peers.md",
    seeds=_SEEDS,
    signals=27_000,
    shifts=(-4.0, 4.0),
    sizes=(10_000, 100_000, 1_000_000),
    look_ups=(1_000, 10),
)
QUICK: Final = Plan(
    command="make bench-matching QUICK=1",
    page=ROOT / "build" / "bench-matching" / "peers.md",
    seeds=_SEEDS[:1],
    signals=6_000,
    shifts=(-4.0, 4.0),
    sizes=(3_000, 30_000),
    look_ups=(300, 5),
)
