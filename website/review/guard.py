"""Who may ask the review's server: the browser that was given its address, and no page of another site in it.

The address bears a token, which becomes a cookie; a write takes besides a second secret that only the page itself has.
A request must name this machine as its host, so that no name of somebody else's that leads here is answered.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

HOST = "127.0.0.1"
HEADER = "x-gongkai-csrf"
PAGE = "/review"
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one server, which are made anew each time it begins."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        """What a browser opens."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies are shared by all ports of a host."""
        return f"gongkai-review-{self.port}"

    async def __call__(self, request: Request, go_on: Next) -> Response:
        """Answer, refuse, or let a browser in that brings the token."""
        if request.headers.get("host") not in self._hosts:
            return _refused(421, "这里不是这个名字 / not served under this name")
        if _same(request.query_params.get("token"), self.token) and request.method == "GET":
            return self._let_in()
        if not _same(request.cookies.get(self.cookie), self.token):
            return _refused(401, "请用终端里给出的地址打开 / open the address that the terminal printed")
        if request.method not in {"GET", "HEAD"} and not self._is_from_our_page(request):
            return _refused(403, "只有审核页可以写 / only the review's own page may write")
        answer = await go_on(request)
        answer.headers.update(HEADERS)
        return answer

    @property
    def _hosts(self) -> set[str]:
        return {f"{name}:{self.port}" for name in (HOST, "localhost")}

    def _let_in(self) -> Response:
        answer = RedirectResponse(PAGE, 303, HEADERS)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
        return answer

    def _is_from_our_page(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        ours = origin is None or origin.removeprefix("http://") in self._hosts
        return ours and _same(request.headers.get(HEADER), self.csrf)


def _same(given: str | None, secret: str) -> bool:
    return given is not None and secrets.compare_digest(given.encode(), secret.encode())


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(why, status, HEADERS)
