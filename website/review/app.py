"""The review's server: the site's own files, the page on which a reviewer decides, and what that page asks."""

from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict

from schemas.errors import WrongUseError
from website.rendering import rendered
from website.review.desk import DecidedMeanwhileError, Decision, Desk, Told
from website.review.guard import PAGE, Guard

Amount = Annotated[str, Query(pattern="^[0-9a-f]{16}$")]


class _Tried(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    amount: str
    right: str


def review_app(desk: Desk, site: Path, guard: Guard, by: str | None = None) -> FastAPI:
    """The application. `site` is the folder of the root's site, `by` the reviewer's name where it is known."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(guard)

    @app.exception_handler(WrongUseError)
    def wrong(_: Request, error: WrongUseError) -> Response:
        return JSONResponse({"error": str(error)}, 422)

    @app.exception_handler(DecidedMeanwhileError)
    def decided(_: Request, error: DecidedMeanwhileError) -> Response:
        return JSONResponse({"error": str(error)}, 409)

    @app.get(PAGE)
    def page() -> Response:
        return HTMLResponse(rendered("review.html.j2", depth=0, csrf=guard.csrf, by=by or ""))

    @app.get("/api/doubts")
    def doubts() -> list[Told]:
        return list(desk.doubts())

    @app.get("/api/doubt")
    def doubt(amount: Amount) -> Told:
        return desk.doubt(amount)

    @app.post("/api/preview")
    def preview(tried: _Tried) -> Told:
        return desk.preview(tried.amount, tried.right)

    @app.post("/api/decide")
    def decide(decision: Decision) -> Told:
        return desk.decide(decision)

    @app.post("/api/publish")
    def publish() -> Told:
        return desk.publish()

    app.mount("/", StaticFiles(directory=site, html=True))
    return app
