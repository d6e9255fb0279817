"""A publisher on 127.0.0.1 that behaves as told: the tests' stand-in for every source of data.

    with Publisher() as publisher:
        publisher.serve("/harga", b"<table>…</table>")          # an answer for a path, any method
        publisher.serve("/pasar", lambda asked: saved(asked.form["kabkota"]))   # or made from what was asked
        client.get(publisher.url("/harga"))
        publisher.behave("slow")                                 # every path misbehaves from now on …
        publisher.behave("gzip_bomb", "/harga")                  # … or one path only
        publisher.behave("ok")                                   # well again (all paths)
        publisher.asked                            # requests: method, path, query, form, headers

The behaviours (in publisher_behaviours.BEHAVIOURS):
well      ok, etag (304 when asked with it), modified (304 by date), gzip, deflate, deflate_raw,
          redirect (to /landed)
slow      slow (nothing for `patience` s), drip (a byte every 0.05 s), drip_head (the same, in the headers)
cut       truncated (Content-Length too large), chunked_cut, gzip_cut, partial (206), hang_up, reset
refusing  forbidden (403), unauthorized (401), not_found (404), busy (429)
ill       error (500), unavailable (503), flaky (503 to the first two of a path), not_http, endless_head
wrong     html (a firewall's page where data were), zero (prices all 0), no_table, empty, no_content (204),
          binary, pdf
too big   huge (6 MB), huge_endless (no length, no end), announced (Content-Length of 1 TB),
          gzip_bomb (60 MB of zeros in 60 KB), gzip_text_bomb
packing   brotli, zstd, double_gzip, gzip_garbage
leading   redirect_chain (5 steps), redirect_loop, redirect_private (10.0.0.5), redirect_nowhere,
away      redirect_metadata (169.254.169.254), redirect_file (file:///etc/passwd)
"""

import threading
from collections.abc import Callable, Mapping
from http.server import ThreadingHTTPServer
from types import TracebackType

from tests.infra.publisher_behaviours import BEHAVIOURS
from tests.infra.publisher_handler import HTML, PAGE, Asked, Body, Handler, Served

__all__ = ["PAGE", "Asked", "Publisher", "Served"]


class Publisher:
    """A threaded server on a free port of 127.0.0.1; use it as a context manager."""

    def __init__(self, patience: float = 30.0) -> None:
        self.pages: dict[str, Served] = {}
        self.asked: list[Asked] = []
        self.patience = patience
        self.stopping = threading.Event()
        self._everywhere = "ok"
        self._somewhere: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"publisher": self}))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> "Publisher":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def origin(self) -> str:
        """Such as http://127.0.0.1:45678."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return self.origin + path

    def serve(self, path: str, body: Body, content_type: str = HTML, status: int = 200,
              headers: Mapping[str, str] | None = None) -> None:
        """Answer a path (without the query) with bytes, or with what a function makes of the request."""
        self.pages[path] = Served(body, content_type, headers or {}, status)

    def behave(self, behaviour: str, path: str | None = None) -> None:
        """Behave so on one path, or on all of them (and forget what was said of single ones)."""
        assert behaviour in BEHAVIOURS, behaviour
        if path is not None:
            self._somewhere[path] = behaviour
        else:
            self._somewhere.clear()
            self._everywhere = behaviour

    def take(self, asked: Asked) -> Callable[[Handler], None]:
        """Note a request; how to answer it."""
        self.asked.append(asked)
        return BEHAVIOURS[self._somewhere.get(asked.path, self._everywhere)]

    def wait(self, seconds: float) -> bool:
        """Wait, unless the publisher stops; whether to go on."""
        return not self.stopping.wait(seconds)
