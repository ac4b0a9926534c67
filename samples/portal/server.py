"""The HTTP server of sample portals: threads, keep-alive, validators, and the faults of its sites."""

import json
import select
import socket
import ssl
import struct
import threading
from collections.abc import Mapping
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType, TracebackType
from typing import IO, Any, Self
from urllib.parse import parse_qsl, urlsplit

from samples.portal.exchanges import Exchange
from samples.portal.faults import Fault, gzip_bomb
from samples.portal.resources import Resource
from samples.portal.site import Site

_MODIFIED = formatdate(1_726_800_000, usegmt=True)
_STATISTICS = "/-/exchanges"
_PIECE = bytes(1 << 16)


class PortalServer:
    """Serves each site at a loopback address of its own: 127.0.0.1, 127.0.0.2 …, at `port` or at any free one.

    With `tls` it is served behind TLS.
    """

    def __init__(self, sites: list[Site], port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.sites = sites
        self._servers = [_SiteServer(site, f"127.0.0.{at}", port, tls) for at, site in enumerate(sites, 1)]

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _SiteServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__((host, port), _Handler)
        self.site = site
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        site.origin = f"{'https' if tls else 'http'}://{host}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a client that hangs up do so in silence."""


class _Counted:
    """A stream that counts what is written to it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def write(self, data: bytes) -> int:
        self.count += len(data)
        return self._stream.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _SiteServer
    timeout = 60

    def setup(self) -> None:
        super().setup()
        self._counted = _Counted(self.wfile)  # type: ignore[arg-type]
        self.wfile = self._counted  # type: ignore[assignment]
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  http.server's name
        """Exchanges are the log."""

    def _answer(self, form: bytes) -> None:
        site = self.server.site
        if self.path == _STATISTICS:
            self._send(Resource(_statistics(site), "application/json", conditional=False))
            return
        with site.exchanges.one(self.command, self.path) as exchange:
            before = self._counted.count
            exchange.user_agent = self.headers.get("User-Agent", "")
            exchange.conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
            self._exchange = exchange
            try:
                self._respond(site, form)
            finally:
                exchange.sent_bytes = self._counted.count - before

    def _respond(self, site: Site, form: bytes) -> None:
        fault = site.fault_at(self.path)
        resource = self._found(site, form)
        if fault:
            _TROUBLES[fault.trouble](self, fault, resource)
        elif resource is None:
            self._send(Resource(b"<html><body>404 Not Found</body></html>", conditional=False), 404)
        else:
            self._send_if_changed(resource)

    def _found(self, site: Site, form: bytes) -> Resource | None:
        routes, parts = site.routes(), urlsplit(self.path)
        route = routes.get(self.path) or routes.get(parts.path)
        if route is None or isinstance(route, Resource):
            return route
        return route({**dict(parse_qsl(parts.query)), **dict(parse_qsl(form.decode()))})

    def _send_if_changed(self, resource: Resource) -> None:
        tags = self.headers.get("If-None-Match")
        same = resource.etag in tags if tags else self.headers.get("If-Modified-Since") == _MODIFIED
        if resource.conditional and self.command == "GET" and same:
            self._head(304, {"ETag": resource.etag, "Last-Modified": _MODIFIED})
        else:
            self._send(resource)

    def _send(
        self,
        resource: Resource,
        status: int = 200,
        declared: int | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        length = len(resource.body) if declared is None else declared
        named = {"Content-Type": resource.content_type, "Content-Length": str(length)}
        if resource.disposition:
            named["Content-Disposition"] = resource.disposition.decode("latin-1")
        if resource.conditional:
            named |= {"ETag": resource.etag, "Last-Modified": _MODIFIED}
        self._head(status, named | dict(headers))
        self._body(resource.body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        if exchange := getattr(self, "_exchange", None):
            exchange.status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _body(self, body: bytes) -> None:
        exchange: Exchange | None = getattr(self, "_exchange", None)
        if exchange:
            exchange.body_bytes += len(body)
        self.wfile.write(body)

    # The troubles of `samples.portal.faults`.

    def _trouble_status(self, fault: Fault, resource: Resource | None) -> None:
        body = Resource(fault.body, fault.content_type, conditional=False)
        self._send(body, fault.status, headers=fault.headers)

    def _trouble_stall(self, fault: Fault, resource: Resource | None) -> None:
        self._begin(fault, resource)
        self.wfile.flush()
        select.select([self.connection], [], [], fault.seconds)  # or until the client hangs up

    def _trouble_reset(self, fault: Fault, resource: Resource | None) -> None:
        self._begin(fault, resource)
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _trouble_short(self, fault: Fault, resource: Resource | None) -> None:
        self._begin(fault, resource)

    def _begin(self, fault: Fault, resource: Resource | None) -> None:
        """Promise all of a body and send its beginning; the connection cannot be used any more."""
        self.close_connection = True
        whole = resource.body if resource else bytes(1000)
        begun = Resource(whole[: fault.after_bytes], resource.content_type if resource else "text/html")
        self._send(begun, declared=len(whole))

    def _trouble_cut(self, fault: Fault, resource: Resource | None) -> None:
        kind = resource.content_type if resource else "text/html"
        self._send(Resource((resource.body if resource else b"")[: fault.after_bytes], kind))

    def _trouble_redirect(self, fault: Fault, resource: Resource | None) -> None:
        self._send(Resource(b"", conditional=False), 302, headers={"Location": fault.target or self.path})

    def _trouble_gzip_bomb(self, fault: Fault, resource: Resource | None) -> None:
        bomb = Resource(gzip_bomb(fault.size), "application/pdf", conditional=False)
        self._send(bomb, headers={"Content-Encoding": "gzip"})

    def _trouble_body(self, fault: Fault, resource: Resource | None) -> None:
        self._send(Resource(fault.body, fault.content_type, conditional=False), headers=fault.headers)

    def _trouble_no_validators(self, fault: Fault, resource: Resource | None) -> None:
        found = resource or Resource(b"")
        self._send(Resource(found.body, found.content_type, found.disposition, conditional=False))

    def _trouble_endless(self, fault: Fault, resource: Resource | None) -> None:
        self.close_connection = True
        self._head(200, {"Content-Type": "application/pdf", "Connection": "close"})
        for _ in range(0, fault.size, len(_PIECE)):
            self._body(_PIECE)


_TROUBLES = {
    name.removeprefix("_trouble_"): trouble for name, trouble in vars(_Handler).items() if name.startswith("_trouble_")
}


def _statistics(site: Site) -> bytes:
    """What the site has seen, for a process that cannot look at its exchanges."""
    exchanges = site.exchanges.all()
    seen = {
        "requests": len(exchanges),
        "sent_bytes": site.exchanges.sent_bytes,
        "most_at_once": site.exchanges.most_at_once,
        "files_sent": sum(exchange.status == 200 and exchange.body_bytes > 10_000 for exchange in exchanges),
    }
    return json.dumps(seen).encode()
