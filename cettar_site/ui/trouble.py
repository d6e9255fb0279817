"""Honest pages for what goes wrong: what happened, what to do, how long it takes."""

import htpy as h
from htpy import Node

from cettar_site.base.words import Words, mark
from cettar_site.ui.document import document
from cettar_site.ui.lead import action, lead

_SAID = {
    400: (
        mark("Permintaan ini tidak dapat kami baca"),
        mark("Kembali ke halaman sebelumnya, lalu coba sekali lagi."),
    ),
    403: (
        mark("Halaman ini tidak terbuka untuk Anda"),
        mark("Jika Anda petugas, masuk dulu. Jika Anda datang dari situs lain, buka formulirnya dari sini."),
    ),
    404: (
        mark("Halaman ini tidak ada"),
        mark("Periksa alamatnya, atau mulai dari salah satu halaman di bawah ini."),
    ),
    405: (mark("Alamat ini tidak menerima cara itu"), mark("Buka halamannya lewat tautan di bawah ini.")),
    409: (
        mark("Sudah diubah orang lain"),
        mark("Muat ulang halaman untuk melihat keadaan terbaru, lalu ulangi bila masih perlu."),
    ),
    408: (mark("Kiriman Anda terlalu lama di jalan"), mark("Periksa sambungan Anda, lalu kirim lagi.")),
    414: (mark("Alamat ini terlalu panjang"), mark("Mulai dari salah satu halaman di bawah ini.")),
    413: (mark("Kiriman terlalu besar"), mark("Kecilkan atau kurangi isinya, lalu kirim lagi.")),
    429: (mark("Terlalu banyak permintaan"), mark("Tunggu sebentar, lalu coba lagi. Tidak ada yang hilang.")),
    500: (
        mark("Ada yang rusak di pihak kami"),
        mark("Kerusakan ini sudah tercatat. Coba lagi beberapa menit lagi."),
    ),
    503: (mark("Layanan sedang tidak tersedia"), mark("Coba lagi beberapa menit lagi.")),
}


def said(w: Words, status: int, retry_after: float = 0) -> tuple[str, str]:
    """What happened and what to do, for a status; `retry_after` in seconds."""
    title, advice = _SAID.get(status, _SAID[500 if status >= 500 else 400])
    if retry_after:
        span = w.duration(max(1, retry_after))
        return w(title), w("Coba lagi sesudah {span}. Tidak ada yang hilang.", span=span)
    return w(title), w(advice)


def trouble(
    w: Words, status: int, *, path: str, retry_after: float = 0, origin: str = "", simulated: bool = False
) -> str:
    """A whole page for an HTTP status, with ways on."""
    title, advice = said(w, status, retry_after)
    ways: Node = h.p(".actions")[
        action(w("Halaman depan"), w.path("/")),
        action(w("Sampaikan keluhan"), w.path("/aduan"), "plain"),
        action(w("Lacak aduan"), w.path("/lacak"), "plain"),
    ]
    return document(
        w,
        title=title,
        description=advice,
        path=path,
        body=[lead(title, advice), ways, h.p(".quiet")[w("Kode: {code}", code=str(status))]],
        origin=origin,
        simulated=simulated,
        noindex=True,
    )
