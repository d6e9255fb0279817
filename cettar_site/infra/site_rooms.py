"""The rooms' addresses as one application, and what it says when something is not as it should be."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from cettar_site.base.errors import (
    CettarError,
    Conflict,
    Forbidden,
    ForeignFailure,
    NotFound,
    Refused,
    TooMany,
)
from cettar_site.infra.log import get_logger
from cettar_site.infra.site_body import TooLarge

Trouble = Callable[[str, int, float], str]
Handler = Callable[[Request, Exception], Awaitable[Response]]
log = get_logger(__name__)
STATUS: dict[type[Exception], int] = {
    Refused: 422, NotFound: 404, Forbidden: 403, Conflict: 409, TooMany: 429, ForeignFailure: 502, TooLarge: 413,
    TimeoutError: 408, ClientDisconnect: 400,  # a line that broke is nobody's fault
    SQLAlchemyError: 503, CettarError: 400, Exception: 500}
NAMES = {400: "bad_request", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 408: "too_slow",
         409: "conflict", 413: "too_large", 414: "too_long", 422: "refused", 429: "too_many", 500: "failed",
         502: "source_failed", 503: "unavailable"}


def error_json(status: int, message: str, field: str = "") -> str:
    """The body of an error for programs."""
    error = {"code": NAMES.get(status, "failed"), "message": message, **({"field": field} if field else {})}
    return msgspec.json.encode({"error": error}).decode()


def rooms_app(routes: Sequence[BaseRoute], trouble: Trouble) -> Starlette:
    """The rooms' routes; every failure becomes an honest page or, below /api/, an honest JSON."""

    def answer(request: Request, status: int, wait: float = 0.0) -> Response:
        json = request.url.path.startswith("/api/")
        headers = {"cache-control": "no-store"} | ({"retry-after": str(int(wait))} if wait else {})
        return Response(trouble(request.url.path, status, wait), status, headers,
                        "application/json" if json else "text/html")

    async def known(request: Request, fault: Exception) -> Response:
        status = next(STATUS[kind] for kind in type(fault).__mro__ if kind in STATUS)
        if isinstance(fault, Refused) and request.url.path.startswith("/api/"):
            problem = fault.problems[0]
            return Response(error_json(status, problem.text, problem.field), status, media_type="application/json")
        if status >= 500:
            log.error("request_failed", route=str(getattr(request.scope.get("route"), "path", "")),
                      fault=type(fault).__name__)
        return answer(request, status, getattr(fault, "retry_after", 5.0 if status == 503 else 0.0))

    async def http(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        response = answer(request, fault.status_code)
        response.headers.update(fault.headers or {})
        return response

    handlers: dict[int | type[Exception], Handler] = {kind: known for kind in STATUS if kind is not Exception}
    handlers |= {HTTPException: http, Exception: known}
    app = Starlette(routes=list(routes), exception_handlers=handlers)
    app.router.redirect_slashes = False  # it would lead to whatever Host the request named
    return app
