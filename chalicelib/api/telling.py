"""Whatever went wrong, as a problem that can be told."""

from __future__ import annotations

import traceback

from chalicelib.api import catalogue
from chalicelib.api.log import Log
from chalicelib.api.problems import Problem
from chalicelib.api.refusals import problem_of
from chalicelib.observability import Code


def told(error: Exception, request_id: str, log: Log) -> Problem:
    """The problem that tells of an error.

    What nobody expected is logged by the class of the error and the line it came from; its text may
    quote a person.
    """
    if isinstance(error, Problem):
        return error
    problem = problem_of(error)
    if problem is not None:
        return problem
    log(Code.REQUEST_FAILED, request=request_id, error=type(error).__name__, place=_place_of(error))
    return Problem(catalogue.INTERNAL_ERROR)


def _place_of(error: Exception) -> str:
    """The innermost line of ours that an error came through: ``/api/serving.py:120``."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    file, line = [frame for frame in frames if "chalicelib" in frame[0]][-1]
    return f"{file.rpartition('chalicelib')[2]}:{line}"
