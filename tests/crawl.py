"""Reads everything that a site gives to anybody: each address of its route table, and where their links lead."""

import html
import http.client
import json
import re
import subprocess
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.load import spread
from tests.site import HOST, ROOT, Site

# Asked in a process of its own, because the front door loads Reflex and changes its registry.
ASK = """import json
from cettar_site import cettar_site as door
routes = [[one.path, sorted(one.methods or ["GET"])] for one in door.ROUTES]
print(json.dumps([*routes, *([page.path, ["GET"]] for page in door.PAGES)]))"""
_LINK = re.compile(r"""(?:href|src|action)="(/[^"#]*)|"(/api/[^"\\]*)\"""")
_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")
VARIANTS = 40
"""So many queries of one address are followed; lists of this many pages are read to their end."""
TWINS = 5
"""Of the English pages of single complaints one in so many is read: they show the same words."""
_TWIN = re.compile(r"/en/aduan/JTM-")


def routes() -> list[str]:
    """The addresses that can be read, as the route table has them."""
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return sorted({path for path, methods in json.loads(done.stdout.splitlines()[-1]) if "GET" in methods})


@dataclass
class Crawler:
    """Reads a site; `given` says what stands in the place of each {parameter} of a route."""

    site: Site
    given: dict[str, list[str]]
    read: dict[str, bytes] = field(default_factory=dict)
    _variants: dict[tuple[str, ...], int] = field(default_factory=dict)

    def everything(self) -> dict[str, bytes]:
        """Every answer, by its address."""
        waiting = [address for path in routes() for address in self.filled(path)]
        while waiting:
            address = waiting.pop()
            if address in self.read or not self._wanted(address):
                continue
            body = self.get(address)
            self.read[address] = body
            text = body.decode("utf-8", "replace")
            waiting += [html.unescape(one[1] or one[2]) for one in _LINK.finditer(text)]
        return self.read

    def filled(self, path: str) -> Iterable[str]:
        """The addresses of a route. A parameter that nobody filled is an error: somebody must say what it is."""
        names = _PARAMETER.findall(path)
        unknown = [name for name in names if name not in self.given]
        assert not unknown, f"{path}: say in tests/browser/test_canaries.py what {unknown} stands for"
        if not names:
            return [path]
        return [_PARAMETER.sub(value, path) for value in self.given[names[0]]]

    def _wanted(self, address: str) -> bool:
        if _TWIN.match(address) and zlib.crc32(address.encode()) % TWINS:
            return False
        parts = urlsplit(address)
        kind = (parts.path, *sorted(parse_qs(parts.query, keep_blank_values=True)))
        self._variants[kind] = self._variants.get(kind, 0) + 1
        return self._variants[kind] <= VARIANTS

    def get(self, address: str) -> bytes:
        """An answer's head and body, as bytes."""
        connection = http.client.HTTPConnection(HOST, self.site.port, timeout=60)
        try:
            # Reading is limited by network, so each comes from another; what is for machines nearby is asked from here.
            here = {} if address == "/metrics" else {"X-Forwarded-For": spread()}
            connection.request("GET", address, headers={"Accept-Encoding": "identity", **here})
            answer = connection.getresponse()
            return str(answer.getheaders()).encode() + answer.read()
        finally:
            connection.close()
