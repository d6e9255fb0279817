"""A form in parts (multipart/form-data), read as it comes: fields in memory, photos in files, both bounded.

What a file is called is never looked at, nor what kind it says that it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException

from cettar_site.complaints.api_photo_keep import Full, Upload
from cettar_site.complaints.rules_filing import MOST_PHOTOS
from cettar_site.infra.site_body import BODY_LIMIT, TooLarge

FIELD = "photo"
"""What a form calls its photos."""
MOST_BESIDE = 2 * BODY_LIMIT
"""Bytes that may come beside the photos: fields, heads, edges."""
MOST_FIELDS = 30
MOST_PARTS = 40
MOST_HEADERS = 8
LONGEST_HEADER = 4096
AT_A_TIME = 64 * 1024


class Enough(Exception):
    """Nothing more need be read; the argument says why."""


class Parts:
    """What came of a form so far. Raises 400 for what is no form, TooLarge for too much text.

    `who` is the network that sends. `may_begin` is asked for each photo that begins; a reason ends the reading
    (Enough). `dropped` says why photos were not taken though the rest was read: "busy", "too_many".
    """

    def __init__(self, content_type: str, may_begin: Callable[[], str] = str, who: str = "") -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not boundary:
            raise HTTPException(400)
        self.fields: dict[str, str] = {}
        self.uploads: list[Upload] = []
        self.dropped: list[str] = []
        self._may_begin, self._who = may_begin, who
        self._parts = self._text = self._all = self._in_photos = 0
        self._ended = False
        self._header, self._value, self._disposition = bytearray(), bytearray(), b""
        self._take: Callable[[bytes], None] = _ignore
        self._finish: Callable[[], None] = _nothing
        with _understood():
            self._parser = MultipartParser(boundary, {
                "on_part_begin": self._part_begins, "on_header_field": self._header_field,
                "on_header_value": self._header_value, "on_header_end": self._header_ends,
                "on_headers_finished": self._headers_end, "on_part_data": self._data,
                "on_part_end": self._part_ends, "on_end": self._end,
            }, max_header_count=MOST_HEADERS, max_header_size=LONGEST_HEADER)

    async def feed(self, chunk: bytes) -> None:
        """Read on."""
        for at in range(0, len(chunk), AT_A_TIME):
            with _understood():
                self._parser.write(chunk[at:at + AT_A_TIME])
            self._all += len(chunk[at:at + AT_A_TIME])
            if self._all - self._in_photos > MOST_BESIDE:
                raise TooLarge
            for upload in self.uploads[-1:]:
                await upload.flush()

    def end(self) -> None:
        """Nothing more comes. Raises 400 when something was missing."""
        if not self._ended:
            raise HTTPException(400)

    def close(self) -> None:
        """Let go of the files."""
        for upload in self.uploads:
            upload.close()

    def _part_begins(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise HTTPException(400)
        self._disposition, self._take, self._finish = b"", _ignore, _nothing
        self._header.clear()
        self._value.clear()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _headers_end(self) -> None:
        kind, options = parse_options_header(self._disposition)
        name = options.get(b"name")
        if kind != b"form-data" or name is None:
            return
        if b"filename" in options or b"filename*" in options:
            if name == FIELD.encode():
                self._begin_photo()
        else:
            self._begin_field(name.decode("utf-8", "replace"))

    def _begin_field(self, name: str) -> None:
        if name not in self.fields and len(self.fields) >= MOST_FIELDS:
            raise HTTPException(400)
        value = bytearray()

        def take(piece: bytes) -> None:
            self._text += len(piece)
            if self._text > BODY_LIMIT:
                raise TooLarge
            value.extend(piece)

        def finish() -> None:
            self.fields[name] = value.decode("utf-8", "replace")

        self._take, self._finish = take, finish

    def _begin_photo(self) -> None:
        """A photo begins with its first byte: an input in which nothing was chosen sends an empty one."""
        upload: Upload | None = None

        def begin(piece: bytes) -> None:
            nonlocal upload
            if len(self.uploads) == MOST_PHOTOS:
                self.dropped.append("too_many")
            elif reason := self._may_begin():
                raise Enough(reason)
            else:
                try:
                    upload = Upload(self._who)
                    self.uploads.append(upload)
                except Full:
                    self.dropped.append("busy")
            self._take = go_on
            go_on(piece)

        def go_on(piece: bytes) -> None:
            self._in_photos += len(piece)
            if upload is not None:
                upload.take(piece)

        self._take = begin

    def _data(self, data: bytes, start: int, end: int) -> None:
        if end > start:
            self._take(data[start:end])

    def _part_ends(self) -> None:
        self._finish()

    def _end(self) -> None:
        self._ended = True


@contextmanager
def _understood() -> Iterator[None]:
    """What the parser can't read is answered as a form that can't be read."""
    try:
        yield
    except (FormParserError, ValueError):
        raise HTTPException(400) from None


def _ignore(_piece: bytes) -> None:
    """For what nobody asked for."""


def _nothing() -> None:
    """For parts that leave nothing."""
