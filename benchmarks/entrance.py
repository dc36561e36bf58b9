"""What it costs to get in: ``python -m benchmarks.entrance``.

The authorizer and the validation of a body run on every request, sign-in once an hour. All run in this
process, over the tables and keys of an embedded AWS.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from chalice.app import AuthRequest
from joserfc import jwt
from joserfc.jwk import RSAKey

from benchmarks.in_process import Functions, functions_here
from benchmarks.page import write_section
from chalicelib.api.documentation.examples import NEW_SIGNAL
from chalicelib.api.parsing import read_object
from chalicelib.api.schemas.signals import NewSignalBody
from chalicelib.api.schemas.validation import checked
from chalicelib.functions.bearer import bearer
from chalicelib.organisations.grant_token import TokenRequest
from chalicelib.organisations.keep_keys import GivenKeys
from chalicelib.security.assertions import AssertionVerifier, claimed
from chalicelib.security.client_jwks import fit_key
from chalicelib.wiring.entrance import authorizer
from chalicelib.wiring.interface import interface

_ORGANISATION: Final = "first"
_ARN: Final = "arn:aws:execute-api:eu-central-1:000000000000:api/v1/GET/signals"
_WARM_UP: Final = 5

Step = Callable[[int], object]
"""Does a thing for the so-manieth time."""


def main() -> int:
    """Measure, print, write the section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.entrance", description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    with functions_here() as functions:
        text = table(
            {name: timed(step, options.times) for name, step in steps(functions, options.times).items()}
        )
    print(text)
    if not options.no_page:
        write_section("Getting in", "python -m benchmarks.entrance", text)
    return 0


def steps(functions: Functions, times: int) -> dict[str, Step]:
    """What is measured, by what the page calls it."""
    token = functions.tokens[_ORGANISATION]
    request = AuthRequest("TOKEN", f"Bearer {token}", _ARN)
    body = json.dumps(NEW_SIGNAL).encode()
    key = RSAKey.generate_key(2048, {"kid": "bench"})
    public = fit_key(key.as_dict(private=False))
    functions.desk.keep_keys.replace_by_operator(
        _ORGANISATION, GivenKeys(keys=[public]), operator="benchmark"
    )
    issuer, clock = functions.desk.settings.issuer, functions.desk.clock
    verifier = AssertionVerifier(audiences=frozenset({issuer}), clock=clock)

    def assertion(number: int) -> str:
        now = int(clock.now().timestamp())
        said = {"iss": _ORGANISATION, "sub": _ORGANISATION, "aud": issuer, "iat": now, "exp": now + 300}
        head = {"alg": "PS256", "kid": "bench"}
        return jwt.encode(head, said | {"jti": f"bench-{number}"}, key, algorithms=["PS256"])

    known = claimed(assertion(0))
    fresh = [
        TokenRequest(assertion=assertion(number), client_id=None, scope=None, request_id=None)
        for number in range(1, times + _WARM_UP + 1)
    ]
    return {
        "a token is verified": lambda _: authorizer().tokens.verify(token),
        "the whole authorizer, with its read of the organisation": lambda _: bearer(request),
        "the body of a signal is read and validated": lambda _: checked(NewSignalBody, read_object(body)),
        "a client assertion is verified": lambda _: verifier.verify(known, (public,)),
        "a whole sign-in, with three reads, a signature of KMS and a transaction": (
            lambda number: interface().cases.sign_in(fresh[number])
        ),
    }


def timed(step: Step, times: int) -> list[float]:
    """Milliseconds of each time, after some that warm up."""
    for number in range(_WARM_UP):
        step(number)
    spent = []
    for number in range(_WARM_UP, _WARM_UP + times):
        started = perf_counter()
        step(number)
        spent.append((perf_counter() - started) * 1000)
    return spent


def table(found: dict[str, list[float]]) -> str:
    """The medians as the page shows them."""
    lines = ["| ms | median | 95th percentile |", "|---|---|---|"]
    for name, spent in found.items():
        lines.append(f"| {name} | {median(spent):.2f} | {quantiles(spent, n=20)[-1]:.2f} |")
    times = len(next(iter(found.values())))
    return "\n".join([*lines, "", f"Each {times} times in one warm process, one after the other."])


if __name__ == "__main__":
    sys.exit(main())
