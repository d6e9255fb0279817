"""What the form's scripts say, in the visitor's language, as attributes of the form; nobody misses it without them."""

from cettar_site.base.words import Words
from cettar_site.complaints import rules_filing


def said(w: Words) -> dict[str, str]:
    """The sentences by attribute; `{…}` is filled by the script."""
    return {f"data-{name}": text for part in (_steps, _wrong, _helps, _photos, _kept, _queue)
            for name, text in part(w).items()}


def _steps(w: Words) -> dict[str, str]:
    return {"home": w.path("/aduan"), "least": str(rules_filing.SHORTEST),
            "step": w("Langkah {n} dari {all}", n="{n}", all="{all}"), "next": w("Lanjut"), "back": w("Kembali"),
            "send": w("Kirim aduan"), "sending": w("Sedang mengirim …"), "checking": w("Sedang diperiksa …"),
            "count": w("{n} dari {max} huruf", n="{n}", max="{max}")}


def _wrong(w: Words) -> dict[str, str]:
    found = {name: w(text) for name, text in rules_filing.AT_ONCE.items()}
    return found | {"wrong": w("Ada yang perlu diperbaiki"),
                    "wrong-title": w("Perlu diperbaiki: {title}", title="{title}")}


def _helps(w: Words) -> dict[str, str]:
    return {
        "finer": w("Lebih tepatnya (boleh kosong)"), "any": w("Tidak ada yang lebih tepat"), "maybe": w("Mungkin:"),
        "alike": w("Mungkin sudah ada yang melaporkan"),
        "alike-hint": w("Kalau sama, cukup katakan Anda juga mengalaminya. Kalau lain, lanjutkan saja."),
        "me-too": w("Saya juga mengalami"), "others": w("{n} orang juga mengalami", n="{n}"),
        "other": w("Aduan saya lain, lanjutkan"),
        "locate": w("Pakai posisi ponsel ini"), "locating": w("Mencari posisi …"), "unlocate": w("Hapus posisi"),
        "lost": w("Posisinya tidak didapat. Tulis saja tempatnya."),
        "located": w("Posisi dipakai. Untuk umum dibulatkan sampai sekitar 100 meter: {at}.", at="{at}"),
        "today": w("Hari ini"), "yesterday": w("Kemarin")}


def _photos(w: Words) -> dict[str, str]:
    return {
        "photo": w("Foto {n}", n="{n}"), "pick": w("Pilih atau ambil foto"), "remove": w("Hapus"),
        "retry": w("Coba lagi"), "photo-here": w("Sudah kami terima."), "photo-going": w("Sedang dikirim …"),
        "photo-waits": w("Menunggu giliran."), "photo-later": w("Belum terkirim. Dikirim lagi bersama aduannya."),
        "photo-bad": w("Foto ini tidak bisa dipakai. Hapus, lalu pilih yang lain."),
        "photo-full": w("Sudah tiga foto, paling banyak.")}


def _kept(w: Words) -> dict[str, str]:
    return {
        "restored": w("Tulisan Anda yang belum terkirim kami tampilkan lagi."), "forget": w("Hapus dan mulai baru"),
        "kept-here": w("Tersimpan di perangkat ini sampai terkirim, paling lama tujuh hari."),
        "hush": w("Ini rahasia: jangan simpan"), "not-kept": w("Rahasia: tidak disimpan di perangkat ini."),
        "offline": w("Versi untuk umum belum bisa ditampilkan: tidak ada sambungan, atau situs sedang penuh. Kirim "
                     "saja. Selama belum bisa, aduan disimpan di ponsel ini dan terkirim sendiri begitu bisa. NIK, "
                     "nomor telepon dan surel tetap disembunyikan."),
        "offline-secret": w("Belum bisa diperiksa: tidak ada sambungan, atau situs sedang penuh. Cerita rahasia tidak "
                            "disimpan di perangkat: kirim, lalu biarkan halaman ini terbuka. Aduan terkirim sendiri "
                            "begitu bisa.")}


def _queue(w: Words) -> dict[str, str]:
    return {
        "kept": w("Tersimpan di ponsel ini, belum terkirim"), "held": w("Belum terkirim: biarkan halaman ini terbuka"),
        "queue": w("Aduan di perangkat ini"), "another": w("Tulis aduan lain"),
        "waits": w("Menunggu sambungan. Terkirim sendiri begitu ada sinyal."),
        "waits-here": w("Menunggu sambungan. Hanya ada di halaman ini: jangan ditutup."),
        "busy": w("Situs sedang penuh. Dicoba lagi sendiri pukul {time}.", time="{time}"),
        "goes": w("Sedang dikirim …"), "refused": w("Ada yang perlu diperbaiki sebelum bisa dikirim."),
        "old": w("Sudah dicoba lebih dari tiga hari lalu, dan mungkin sudah terkirim. Kirim lagi hanya kalau Anda "
                 "belum punya nomor aduannya."),
        "sent": w("Sudah terkirim."), "see": w("Lihat nomor dan kode"), "mend": w("Perbaiki"),
        "send-now": w("Kirim sekarang"), "sure": w("Hapus tulisan ini? Sesudah itu hilang.")}
