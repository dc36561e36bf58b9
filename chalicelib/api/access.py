"""The endpoint of the answer to a request for access: as JSON, and as a page to give to the family (D32)."""

from __future__ import annotations

from chalicelib.api import access_words
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.pages import page
from chalicelib.api.queries import require_no_query
from chalicelib.api.requests import request_id
from chalicelib.api.route import HTML
from chalicelib.api.schemas.access import access_answer_body
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.domain.organisation import Language
from chalicelib.rights.access_answer import AccessAnswer


def read_access_answer(request: Request, cases: UseCases) -> Response:
    """``GET /requests/{requestId}/access-answer``: made anew each time, and kept nowhere."""
    require_no_body(request)
    require_no_query(request)
    answer = cases.rights().answer(caller_of(request), request_id(request))
    if request.wants == HTML:
        headers = {"Content-Language": Language.DUTCH.value}
        return Response(status=200, body=access_page(answer), headers=headers, media_type=HTML)
    return Response(status=200, body=access_answer_body(answer))


def access_page(answer: AccessAnswer) -> str:
    """The answer as a page in plain Dutch."""
    return page("access_answer_nl", language=Language.DUTCH.value, answer=answer, words=access_words)
