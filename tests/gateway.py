"""API Gateway in memory: routes a request to the declared Chalice app, past the real authorizer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from chalice.app import AuthRequest, AuthResponse, Chalice, Response

from chalicelib.api.authorizer import Authorizer, UnauthorizedError
from chalicelib.api.declaring import declare_routes
from chalicelib.api.documentation.operation import OF_OAUTH
from chalicelib.api.documentation.operations import OPERATIONS
from chalicelib.api.limits import Limits
from chalicelib.api.openapi import problems_of
from chalicelib.api.refused_access import RefusedAccess
from chalicelib.api.repeats import Repeats
from chalicelib.api.routes import ROUTES
from chalicelib.api.serving import Interface
from chalicelib.api.sign_in import SignIn
from chalicelib.api.usecases import TablesAnswer, UseCases
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.organisation import Organisation
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matches.read import ReadMatches
from chalicelib.matching import MatchingProfile, default_model
from chalicelib.observability import Code
from chalicelib.organisations.current_keys import CurrentKeys
from chalicelib.organisations.grant_token import GrantToken
from chalicelib.organisations.keep_keys import KeepKeys
from chalicelib.organisations.read_erasure import ReadErasure
from chalicelib.organisations.read_trail import ReadTrail
from chalicelib.organisations.sparing_trail import SparingTrail
from chalicelib.reviews.ask import AskConfirmation
from chalicelib.reviews.decide import DecideReview
from chalicelib.reviews.read import ReadReviews
from chalicelib.rights.of_youth import FindAllOfYouth
from chalicelib.security.assertions import AssertionVerifier
from chalicelib.security.cursors import Cursors
from chalicelib.security.tokens import AccessToken, Refusal, TokenIssuer, TokenRefused
from chalicelib.signals.batch import GiveSignals
from chalicelib.signals.change import ChangeSignal
from chalicelib.signals.death import ConfirmDeath, ReportDeath
from chalicelib.signals.end import EndSignal
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.inform import WriteInformationLetter
from chalicelib.signals.open_history import OpenHistory
from chalicelib.signals.own_cards import KeepOwnCards
from chalicelib.signals.own_sites import KeepOwnSites
from chalicelib.signals.read import ReadSignals
from chalicelib.signals.renew import RenewSignal
from chalicelib.signals.searching import ListSearches, Thresholds, WatchSearches
from chalicelib.signals.transfer import TransferSignals
from chalicelib.signals.uninformed import ListUninformed
from tests.builders import STAGE_CODE
from tests.fakes import FakeHasher, FakeNames, FakePseudonyms, FakePublished, FakeStorage, FixedClock
from tests.local_token_key import LocalTokenKey
from tests.organisation_cases import memory_organisations
from tests.rights_cases import memory_finder, memory_rights
from tests.signal_requests import archiving_of
from tests.unit.organisations.operators import FakeTopics

BASE_URL = "https://index.example/v1"
ISSUER = "https://issuer.example/v1"
DOCUMENTATION_URL = "https://docs.example"
REQUESTS_PER_MINUTE = 1000
THRESHOLDS = Thresholds(professional=2, organisation=3)
REQUEST_ID = "3f0c7a52-6f0e-4a5b-9a54-0d6f3c1b8e21"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``headers`` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclass(slots=True)
class FakeTokens:
    """Knows tokens by their text."""

    known: dict[str, AccessToken] = field(default_factory=dict)

    def verify(self, token: str) -> AccessToken:
        """What the token says."""
        if token not in self.known:
            raise TokenRefused(Refusal.BAD_SIGNATURE)
        return self.known[token]


TOKEN_KEY = LocalTokenKey()


@dataclass(slots=True)
class MemoryLog:
    """Keeps the lines."""

    lines: list[tuple[Code, dict[str, str | float | None]]] = field(default_factory=list)

    def __call__(self, code: Code, **fields: str | float | None) -> None:
        """Keep one line."""
        self.lines.append((code, fields))


class Gateway:
    """The whole interface over one region in memory; ``storage.state`` can be looked into."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.storage = FakeStorage(self.clock)
        self.tokens = FakeTokens()
        self.log = MemoryLog()
        self.topics = FakeTopics()
        names = FakeNames()
        self.trail = SparingTrail(self.storage.audit, self.clock)
        self.published = FakePublished()
        self.refused = RefusedAccess(audit=self.storage.audit, names=names, clock=self.clock)
        self.interface = Interface(
            cases=_use_cases(
                self.storage,
                self.clock,
                names,
                trail=self.trail,
                log=self.log,
                published=self.published,
                topics=self.topics,
            ),
            documentation_url=DOCUMENTATION_URL,
            log=self.log,
            refused=self.refused,
        )
        self.authorizer: Callable[[AuthRequest], AuthResponse] = Authorizer(
            tokens=self.tokens,
            organisations=self.storage.organisations,
            log=self.log,
            refused=self.refused,
            strangers=self.trail,
        )
        self.app = _declared(self)

    def register(self, organisation: Organisation, token: str | None = None) -> None:
        """Let an organisation in with a token, ``token-<id>`` unless another is given."""
        self.storage.state.organisations[organisation.id] = organisation
        said = AccessToken(
            organisation_id=organisation.id, scopes=organisation.scopes, token_id=f"jti-{organisation.id}"
        )
        self.tokens.known[token or f"token-{organisation.id}"] = said

    def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
        professional: str | None = "staff-17",
    ) -> Answer:
        """Send a request as the gateway would: authorizer first where the route has one.

        ``professional`` acts unless ``headers`` say who does; None is nobody.
        """
        acting = {"Professional-Id": professional} if professional is not None else {}
        told = (
            acting | dict(headers or {}) | ({"Authorization": f"Bearer {token}"} if token is not None else {})
        )
        parts = urlsplit(url)
        resource, parameters = _resource(self.app, parts.path)
        context: dict[str, Any] | None = None
        if self.app.routes[resource][method].authorizer is not None:
            try:
                context = self._authorized(told, method, parts.path)
            except UnauthorizedError:
                return Answer(401, {}, "")
            if context is None:
                return Answer(403, {}, "")
        event = _event(method, parts.path, resource, body) | {
            "headers": told,
            "pathParameters": parameters or None,
            "multiValueQueryStringParameters": parse_qs(parts.query, keep_blank_values=True) or None,
        }
        if context is not None:
            event["requestContext"]["authorizer"] = context
        sent = self.app(event, SimpleNamespace(aws_request_id="lambda"))
        sent_headers = {name.lower(): value for name, value in sent["headers"].items()}
        answer = Answer(sent["statusCode"], sent_headers, sent["body"])
        if "" not in parts.path.split("/")[1:]:  # else it is another path, though the gateway leads it here
            assert_described(method, resource, answer)
        return answer

    def _authorized(self, headers: Mapping[str, str], method: str, path: str) -> dict[str, Any] | None:
        if "Authorization" not in headers:
            raise UnauthorizedError
        arn = f"arn:aws:execute-api:eu-central-1:000000000000:api/v1/{method}{path}"
        request = AuthRequest("TOKEN", headers["Authorization"], arn)
        answer = self.authorizer(request).to_dict(request)
        allowed = answer["policyDocument"]["Statement"][0]["Resource"]
        return answer["context"] | {"principalId": answer["principalId"]} if allowed else None


def assert_described(method: str, resource: str, answer: Answer) -> None:
    """That the description says of this operation that it may answer so: status, and kind of problem."""
    route = next((route for route in ROUTES if (route.method, route.path) == (method, resource)), None)
    if route is None or route.name in OF_OAUTH:
        return
    if answer.status in route.statuses:
        return
    if "error" in answer.json:
        assert answer.status in OPERATIONS[route.name].refusals
        return
    described = {kind.type_url(DOCUMENTATION_URL) for kind in problems_of(route).get(answer.status, ())}
    assert answer.json["type"] in described, f"{route.name} does not describe {answer.json['type']}"


def _use_cases(
    storage: FakeStorage,
    clock: FixedClock,
    names: FakeNames,
    *,
    trail: SparingTrail,
    log: MemoryLog,
    published: FakePublished,
    topics: FakeTopics,
) -> UseCases:
    pseudonyms = FakePseudonyms()
    give = GiveSignal(storage=storage, hasher=FakeHasher(), pseudonyms=pseudonyms, names=names, clock=clock)
    watch = WatchSearches(
        storage=storage, clock=clock, thresholds=THRESHOLDS, alarm=lambda: log(Code.SEARCH_SUSPECTED)
    )
    erase = EraseSignal(storage=storage, names=names, clock=clock)
    find_earlier = FindEarlier(
        DecidePersons(
            storage=storage,
            hasher=FakeHasher(),
            model=default_model(),
            profile=MatchingProfile(),
            today=amsterdam_day(clock.now()),
        )
    )
    return UseCases(
        give_signal=give,
        give_signals=GiveSignals(give=give, clock=clock),
        read_signals=ReadSignals(storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock),
        change_signal=ChangeSignal(
            storage=storage, hasher=FakeHasher(), pseudonyms=pseudonyms, names=names, clock=clock
        ),
        end_signal=EndSignal(
            storage=storage, names=names, clock=clock, archiving=archiving_of(storage), watch=watch
        ),
        renew_signal=RenewSignal(storage=storage, give=give, names=names, clock=clock, stage_code=STAGE_CODE),
        list_uninformed=ListUninformed(
            storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock
        ),
        report_death=ReportDeath(
            storage=storage,
            erase=erase,
            find=FindAllOfYouth(
                earlier=lambda: find_earlier, find=memory_finder(storage, clock, FakeHasher())
            ),
            clock=clock,
        ),
        confirm_death=ConfirmDeath(
            storage=storage, erase=erase, cursors=Cursors(pseudonyms), names=names, clock=clock
        ),
        open_history=OpenHistory(
            storage=storage,
            find=find_earlier.about_youth_of,
            pseudonyms=pseudonyms,
            names=names,
            clock=clock,
        ),
        information_letter=WriteInformationLetter(
            storage=storage, names=names, clock=clock, region_mail="beheer@region.example"
        ),
        read_trail=ReadTrail(storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock),
        read_erasure=ReadErasure(storage=storage, names=names, clock=clock),
        list_searches=ListSearches(storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock),
        read_matches=ReadMatches(storage=storage, names=names, clock=clock),
        read_reviews=ReadReviews(
            storage=storage, cursors=Cursors(FakePseudonyms()), names=names, clock=clock
        ),
        decide_review=DecideReview(storage=storage, names=names, clock=clock),
        ask_confirmation=AskConfirmation(storage=storage, names=names, clock=clock),
        organisations=memory_organisations(storage, clock, names, topics),
        rights=lambda: memory_rights(storage, clock, names),
        sign_in=SignIn(
            grant=GrantToken(
                storage=storage,
                keys=CurrentKeys(clients=storage.clients, fetch=published, clock=clock),
                verifier=AssertionVerifier(audiences=frozenset({ISSUER, f"{BASE_URL}/token"}), clock=clock),
                issuer=TokenIssuer(key=TOKEN_KEY, issuer=ISSUER, audience=ISSUER, names=names, clock=clock),
                pseudonyms=pseudonyms,
                names=names,
                clock=clock,
            ),
            trail=trail,
            log=log,
        ),
        keep_keys=KeepKeys(storage=storage, names=names, clock=clock),
        token_keys=TOKEN_KEY,
        transfer_signals=TransferSignals(
            storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock
        ),
        own_cards=KeepOwnCards(storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock),
        own_sites=KeepOwnSites(storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock),
        tables_answer=TablesAnswer(storage.organisations),
        base_url=BASE_URL,
        documentation_url=DOCUMENTATION_URL,
        repeats=Repeats(store=storage.repeats, pseudonyms=pseudonyms, names=names, clock=clock),
        limits=Limits(counts=storage.counts, clock=clock, per_minute=REQUESTS_PER_MINUTE, log=log),
        log=log,
        issuer=ISSUER,
    )


def _declared(gateway: Gateway) -> Chalice:
    app = Chalice(app_name="test", configure_logs=False, env={})

    @app.authorizer(name="bearer", ttl_seconds=0)
    def bearer(request: AuthRequest) -> AuthResponse:
        return gateway.authorizer(request)

    def answer() -> Response:
        assert app.current_request is not None
        return gateway.interface.answer(app.current_request)

    declare_routes(app, authorizer=bearer, answer=answer)
    app.register_middleware(gateway.interface.finish, "http")
    return app


def _resource(app: Chalice, path: str) -> tuple[str, dict[str, str]]:
    """The declared resource that the gateway picks; it overlooks empty segments."""
    segments = [segment for segment in path.split("/") if segment]
    for resource in app.routes:
        parts = [part for part in resource.split("/") if part]
        if len(parts) == len(segments) and all(
            part == segment or (part.startswith("{") and "+" not in part)
            for part, segment in zip(parts, segments, strict=True)
        ):
            pairs = zip(parts, segments, strict=True)
            return resource, {part[1:-1]: unquote(segment) for part, segment in pairs if part[0] == "{"}
    return "/{proxy+}", {"proxy": "/".join(segments)}


def _event(method: str, path: str, resource: str, body: bytes) -> dict[str, Any]:
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": f"/v1{path}",
            "requestId": REQUEST_ID,
            "stage": "v1",
        },
        "body": body.decode("utf-8", errors="replace") if body else None,
        "isBase64Encoded": False,
    }
