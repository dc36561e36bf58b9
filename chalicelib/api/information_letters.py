"""The endpoint of the letters by which a family is told of a signal."""

from __future__ import annotations

from chalicelib.api import catalogue
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.pages import page
from chalicelib.api.problems import Problem
from chalicelib.api.queries import language_query
from chalicelib.api.route import HTML
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.domain.organisation import Language
from chalicelib.notices.languages import WORDINGS
from chalicelib.signals.inform import Audience, InformationLetter


def read_information_letter(request: Request, cases: UseCases) -> Response:
    """``GET /information-letters/{letterId}``: a page to print, in Dutch unless English is asked for."""
    require_no_body(request)
    language = language_query(request) or Language.DUTCH
    caller, audience = caller_of(request), _audience(request)
    letter = cases.information_letter(caller, audience, language)
    return Response(
        status=200,
        body=letter_page(letter),
        headers={"Content-Language": language.value},
        media_type=HTML,
    )


def letter_page(letter: InformationLetter) -> str:
    """The page of a letter: its words are a template for each reader in each language."""
    language = letter.language
    return page(
        f"letter_to_{letter.audience}_{language}",
        language=language.value,
        organisation=letter.organisation,
        professional=letter.professional,
        region_mail=letter.region_mail,
        day=WORDINGS[language].date(letter.day),
        legal=letter.legal,
    )


def _audience(request: Request) -> Audience:
    """To whom, by the path. Raises Problem (not-found) for anybody else."""
    try:
        return Audience(request.path["letterId"])
    except ValueError:
        raise Problem(catalogue.NOT_FOUND) from None
