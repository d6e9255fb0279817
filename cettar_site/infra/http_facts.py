"""What the feed client is told, what it answers, and in which ways a source of data can fail us."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark

# Each way to fail, in a sentence for the status page.
KINDS: Mapping[str, str] = {
    "bad_address": mark("Alamat sumber tidak sah"),
    "address_refused": mark("Alamat sumber menunjuk ke jaringan yang tidak boleh dihubungi"),
    "down": mark("Sumber tidak dapat dihubungi"),
    "slow": mark("Sumber terlalu lama menjawab"),
    "tls": mark("Sertifikat keamanan sumber tidak sah"),
    "truncated": mark("Jawaban sumber terputus di tengah"),
    "forbidden": mark("Sumber tidak mengizinkan kami membaca"),
    "not_found": mark("Halaman sumber tidak ditemukan"),
    "busy": mark("Sumber meminta kami menunggu"),
    "refused": mark("Sumber menolak permintaan kami"),
    "server_error": mark("Sumber sedang mengalami gangguan"),
    "redirect": mark("Sumber mengalihkan kami ke alamat yang tidak kami terima"),
    "too_big": mark("Jawaban sumber terlalu besar"),
    "bomb": mark("Jawaban sumber mengembang jauh di atas batas ketika dibuka"),
    "encoding": mark("Jawaban sumber dimampatkan dengan cara yang tidak kami terima"),
    "corrupt": mark("Jawaban sumber rusak sehingga tidak dapat dibuka"),
    "not_text": mark("Jawaban sumber bukan teks"),
    "blank": mark("Jawaban sumber kosong"),
    "bad_answer": mark("Jawaban sumber tidak mengikuti aturan HTTP"),
    "breaker_open": mark("Sumber berkali-kali gagal sehingga kami jeda sebentar"),
}
# What may be gone a moment later: worth another try.
TRANSIENT = frozenset({"down", "slow", "truncated", "server_error"})
# The source is well and has answered clearly: these say nothing against it.
HEALTHY = frozenset({"not_found", "refused"})
LONGEST_ADDRESS = 500
CHARSETS = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252", "iso8859-15"})


@dataclass(frozen=True, slots=True)
class FeedPolicy:
    """How patient, how polite and how greedy the client is; times in seconds, sizes in bytes."""

    user_agent: str = "CETTAR/1.0 (public transparency site of East Java)"
    connect: float = 5.0
    read: float = 10.0
    total: float = 20.0  # of one try, redirects included, waiting for one's turn not
    largest: int = 5_000_000  # of an answer, packed and unpacked
    redirects: int = 3
    tries: int = 3
    retry_wait: float = 0.5  # doubled at each try …
    retry_jitter: float = 2.0  # … plus up to this
    min_interval: float = 1.0  # between two requests to one host
    breaker_faults: int = 5  # in a row, before a host is left alone …
    breaker_pause: float = 300.0  # … for so long


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """One good answer (2xx, or 304 with the content kept from before).

    `url` is where it came from after redirects. `unchanged`: the same bytes as the answer before; only a
    hint, since that one may never have been stored by who asked for it.
    """

    status: int
    content: bytes
    url: str
    fetched_at: datetime
    etag: str
    sha256: str
    unchanged: bool
    content_type: str

    @property
    def text(self) -> str:
        """The content by its declared charset (UTF-8 if none or unusual); invalid bytes become U+FFFD."""
        header = Message()
        header["content-type"] = self.content_type
        try:
            name = codecs.lookup(header.get_content_charset("utf-8")).name
        except LookupError:
            name = "utf-8"
        text = self.content.decode(name if name in CHARSETS else "utf-8", errors="replace")
        return text.removeprefix("\ufeff")


def failure(kind: str, address: str, remark: str = "") -> ForeignFailure:
    """A failure of a kind in KINDS; `remark` says more to who reads the log (`.facts["remark"]`)."""
    fault = ForeignFailure(kind, KINDS[kind], address[:LONGEST_ADDRESS])
    if remark:
        fault.facts["remark"] = remark[:LONGEST_ADDRESS]
    return fault
