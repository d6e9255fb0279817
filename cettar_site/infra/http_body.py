"""Read an answer's body without ever holding more than allowed, packed or unpacked.

httpx would unpack for us, but a whole chunk at a time: 600 KB of gzip become 600 MB. Here each step gives at
most STEP bytes, and the first byte over the limit ends it.
"""

import zlib
from collections.abc import Iterable

STEP = 65_536
MEMBERS = 16  # gzip members one after another; real servers send one
BOMB_RATIO = 50  # text packs 5 to 20 times; more over the limit was made to hurt
PACKED = frozenset({"gzip", "x-gzip", "deflate"})


class BadBody(Exception):
    """A body that is not read; `kind` as in http_facts.KINDS."""

    def __init__(self, kind: str, remark: str) -> None:
        super().__init__(remark)
        self.kind = kind
        self.remark = remark


def read_body(chunks: Iterable[bytes], encoding: str, largest: int) -> bytes:
    """The unpacked body, at most `largest` bytes. Raises BadBody: too_big, bomb, encoding, corrupt …

    `encoding` is the Content-Encoding header: "", identity, gzip or deflate; no other, no stack of them.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _read_plain(chunks, largest)
    if name not in PACKED:
        raise BadBody("encoding", f"Content-Encoding {name[:40]!r}")
    unpacker = Unpacker(name, largest)
    for chunk in chunks:
        unpacker.feed(chunk)
    return unpacker.finish()


def _read_plain(chunks: Iterable[bytes], largest: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        if len(body) + len(chunk) > largest:
            raise BadBody("too_big", f"more than {largest} bytes")
        body += chunk
    return bytes(body)


class Unpacker:
    """Unpacks gzip or deflate step by step under one limit for what comes in and what goes out."""

    def __init__(self, name: str, largest: int) -> None:
        self._gzip = name != "deflate"
        self._largest = largest
        self._raw = 0
        self._members = 0
        self._head = b""
        self._body = bytearray()
        self._stream: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> None:
        """Take the next raw bytes. Raises BadBody."""
        self._raw += len(chunk)
        if self._raw > self._largest:
            raise BadBody("too_big", f"more than {self._largest} bytes packed")
        data = self._head + chunk
        self._head = b""
        while data:
            if self._stream is None:
                if len(data) < 2 and not self._gzip:
                    self._head = data
                    return
                self._stream = self._started(data)
            data = self._unpack(self._stream, data)

    def finish(self) -> bytes:
        """The whole body; nothing at all is an empty one. Raises BadBody(truncated)."""
        if self._stream is not None or self._head:
            raise BadBody("truncated", "packed data end too early")
        return bytes(self._body)

    def _started(self, data: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > (MEMBERS if self._gzip else 1):
            raise BadBody("corrupt", "data after the end of the packed data")
        if self._gzip:
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        # Half of the servers send deflate with the zlib header that the standard asks for, half without.
        wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _unpack(self, stream: "zlib._Decompress", data: bytes) -> bytes:
        """Unpack all of `data` that belongs to this stream; what lies behind its end is given back."""
        while True:
            try:
                out = stream.decompress(data, STEP)
            except zlib.error as fault:
                raise BadBody("corrupt", str(fault)) from fault
            self._body += out
            if len(self._body) > self._largest:
                used = self._raw - len(stream.unconsumed_tail)
                kind = "bomb" if len(self._body) > BOMB_RATIO * used else "too_big"
                raise BadBody(kind, f"{used} bytes unpack to more than {self._largest}")
            if stream.eof:
                self._stream = None
                return stream.unused_data
            data = stream.unconsumed_tail
            if not data and len(out) < STEP:
                return b""
