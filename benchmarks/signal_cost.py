"""What one signal costs: ``python -m benchmarks.signal_cost``.

The real functions run in this process against the tables of an embedded AWS, one after the other as their
streams would wake them: authorizer and api, match, and deliver per receiver. Every call to AWS is counted.
Caches are warm, as in a function that has served a request before; what a cold one asks more is told apart.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from statistics import mean

from benchmarks.bodies import body, numbers
from benchmarks.in_process import functions_here
from benchmarks.meter import Meter
from benchmarks.page import write_section


def main() -> int:
    """Measure, print, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.signal_cost", description=__doc__)
    parser.add_argument("--signals", type=int, default=50, help="over which the figures are averaged")
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    bsns = numbers(options.signals + 1)
    with functions_here() as functions:

        def signal(organisation: str, at: int) -> dict[str, Meter]:
            return functions.signal(organisation, body(bsns[at], at, organisation))

        cold = signal("first", options.signals)
        signal("second", options.signals)
        alone = [signal("first", at) for at in range(options.signals)]
        matched = [signal("second", at) for at in range(options.signals)]
    text = told(cold, alone, matched)
    print(text)
    if not options.no_page:
        write_section("What one signal costs", "python -m benchmarks.signal_cost", text)
    return 0


def told(cold: dict[str, Meter], alone: list[dict[str, Meter]], matched: list[dict[str, Meter]]) -> str:
    """The section of the page."""
    asked = Counter(
        f"{call.service}:{call.operation}"
        for meter in cold.values()
        for call in meter.calls
        if call.service in {"kms", "secretsmanager"}
    )
    first = ", ".join(f"{count} {name}" for name, count in sorted(asked.items()))
    return "\n".join(
        [
            f"Averages over {len(alone)} signals, caches warm. Read units are computed from sizes, write",
            "units are as the embedded AWS counts them (a transaction's twice, as on AWS).",
            "",
            "| | DynamoDB requests | read units | write units | KMS calls | Secrets Manager | SES |",
            "|---|---|---|---|---|---|---|",
            *_rows("without candidates", alone),
            *_rows("with one match, two mails", matched),
            "",
            f"The very first signal of a cold process asks besides: {first}.",
            "Data keys are shared by all records of a day and opened keys are kept for minutes, so KMS",
            "calls do not grow with signals or candidates.",
        ]
    )


def _rows(name: str, signals: list[dict[str, Meter]]) -> Iterator[str]:
    for function in signals[0]:
        yield _row(f"{name}: {function}", [signal[function] for signal in signals])
    whole = [Meter([call for meter in signal.values() for call in meter.calls]) for signal in signals]
    yield _row(f"**{name}: all**", whole)


def _row(name: str, meters: list[Meter]) -> str:
    figures = [
        mean(meter.count("dynamodb") for meter in meters),
        mean(meter.reads() for meter in meters),
        mean(meter.writes() for meter in meters),
        mean(meter.count("kms") for meter in meters),
        mean(meter.count("secretsmanager") for meter in meters),
        mean(meter.count("ses") + meter.count("sesv2") for meter in meters),
    ]
    return f"| {name} | {' | '.join(f'{figure:.2f}'.rstrip('0').rstrip('.') for figure in figures)} |"


if __name__ == "__main__":
    sys.exit(main())
