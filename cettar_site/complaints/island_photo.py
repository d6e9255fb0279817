"""Photos on a page: those of a filing, and the evidence beside them with what was noticed about it."""

from collections.abc import Iterable, Sequence

import htpy as h

from cettar_site.base.words import Words
from cettar_site.complaints.rules_photo import Flag, FlagKind, Photo, small_size
from cettar_site.ui.state_mark import State, state_mark

PUBLIC = "/foto"
"""Where photos lie that everyone may see; a page for fewer eyes gives the address of its own."""
MARKS: dict[FlagKind, State] = {
    FlagKind.REUSED: "disputed", FlagKind.OWN: "disputed", FlagKind.FAR: "late", FlagKind.EARLIER: "late",
    FlagKind.UNDATED: "idle"}


def photo_grid(w: Words, photos: Iterable[Photo], seq: int = 1, prefix: str = PUBLIC) -> h.Node:
    """The filer's photos that came with an event, small, each leading to the large one; nothing where there are none.

    `prefix` is where they lie: `PREFIX/ID` and `PREFIX/ID/kecil`.
    """
    shown = [photo for photo in photos if photo.seq == seq and not photo.evidence]
    return h.ul(".photos")[(h.li[one] for one in _pictures(w, shown, prefix, evidence=False))] if shown else None


def evidence_panel(w: Words, photos: Sequence[Photo], seq: int, prefix: str = PUBLIC) -> h.Node:
    """Before and after, side by side: the filer's photos, and those that came with the claim at event `seq`.

    Under each piece of evidence stands what was noticed, as a word and a shape.
    """
    before = [photo for photo in photos if photo.seq == 1 and not photo.evidence]
    after = [photo for photo in photos if photo.seq == seq and photo.evidence]
    return h.div(".evidence")[
        _side(w("Sebelum, dari pelapor"), w("Pelapor tidak mengirim foto."),
              list(_pictures(w, before, prefix, evidence=False))),
        _side(w("Sesudah, dari instansi"), w("Instansi tidak menyertakan foto."),
              [h.fragment[picture, flags_list(w, photo.flags)]
               for photo, picture in zip(after, _pictures(w, after, prefix, evidence=True), strict=True)]),
        bool(after) and h.p(".quiet")[
            w("Tanda di bawah foto dibuat otomatis saat foto dikirim: dibandingkan dengan foto pelapor dan semua bukti "
              "sebelumnya, lalu waktu dan tempat pengambilannya. Tanda ini petunjuk, bukan putusan.")]]


def _side(title: str, nothing: str, pictures: Sequence[h.Node]) -> h.Node:
    inside = h.ul(".photos")[(h.li[one] for one in pictures)] if pictures else h.p(".quiet")[nothing]
    return h.div[h.h3[title], inside]


def _pictures(w: Words, photos: Sequence[Photo], prefix: str, *, evidence: bool) -> Iterable[h.Node]:
    for at, photo in enumerate(photos, 1):
        width, height = small_size(photo)
        said = (w("Foto bukti {n} dari instansi, buka yang besar", n=at) if evidence
                else w("Foto {n} dari pelapor, buka yang besar", n=at))
        yield h.a(href=f"{prefix}/{photo.id}")[
            h.img(src=f"{prefix}/{photo.id}/kecil", alt=said, width=width, height=height, loading="lazy",
                  decoding="async")]


def flags_list(w: Words, flags: Sequence[Flag]) -> h.Node:
    """What was noticed about one piece of evidence; that nothing was is said too."""
    if not flags:
        return h.ul(".flags")[h.li[state_mark(w, "on_time", w("Tidak ada yang janggal"))]]
    return h.ul(".flags")[(h.li[_flag(w, flag)] for flag in flags)]


def _flag(w: Words, flag: Flag) -> h.Node:
    if flag.kind is FlagKind.REUSED and flag.number:
        number = h.a(href=w.path(f"/aduan/{flag.number}"))[flag.number]
        return h.span(".state.state-disputed")[w.parts("Foto ini pernah jadi bukti di {number}", number=number)]
    return state_mark(w, MARKS[flag.kind], _said(w, flag))


def _said(w: Words, flag: Flag) -> str:
    if flag.kind is FlagKind.REUSED:
        return w("Foto ini pernah jadi bukti di aduan lain")
    if flag.kind is FlagKind.OWN:
        return w("Sama dengan foto pelapor")
    if flag.kind is FlagKind.FAR:
        return w("Diambil {km} km dari tempat aduan", km=flag.amount)
    if flag.kind is FlagKind.EARLIER:
        if flag.amount < 1:
            return w("Diambil sebelum aduan masuk")
        return w("Diambil {span} sebelum aduan masuk", span=w.days(flag.amount))
    return w("Waktu pengambilannya tidak diketahui")
