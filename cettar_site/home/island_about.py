"""What CETTAR is and how it knows what it says."""

from collections.abc import Mapping

import htpy as h

from cettar_site.base.words import Words
from cettar_site.jatim import source
from cettar_site.ui.lead import lead, section

DATA = ("/api/v1/prices?commodity=bawang-merah&region=35.18&level=producer", "/api/v1/leaderboard",
        "/api/v1/complaints", "/api/v1/complaints.csv", "/api/v1/complaints/codes", "/api/v1/jobs")


def about(w: Words, _query: Mapping[str, str]) -> h.Node:
    """The page behind "how we know"."""
    promises = (w("Cepat: aduan dijawab dalam dua hari kerja."), w("Efektif dan efisien: uang negara tidak terbuang."),
                w("Transparan: masyarakat tahu uang dipakai untuk apa."),
                w("Tanggap: masalah dicegah sebelum terjadi."), w("Responsif: masalah yang terjadi cepat diurus."))
    return h.fragment[
        lead(w("Dari mana kami tahu?"),
             w("Setiap angka di sini bisa Anda telusuri ke sumbernya, waktunya, dan caranya dihitung.")),
        section(w("Lima janji CETTAR"), h.ul[(h.li[promise] for promise in promises)],
                h.p[w("Halaman ini sudah mengukur janji pertama. Yang lain menyusul, dan belum diberi angka.")]),
        section(w("Aduan"),
                h.p[w("Aduan disimpan dulu, baru Anda mendapat nomor. Jawaban pertama dihitung sejak aduan masuk. "
                      "Alamat internet Anda tidak kami simpan.")],
                h.p[h.a(href=w.path("/papan"))[w("Cara menghitung kecepatan setiap instansi")]]),
        section(w("Harga"),
                h.p[w("Harga yang janggal ditahan, tidak digambar, dan alasannya ditulis. Harga di pasar produsen "
                      "bukan harga yang diterima petani.")],
                h.ul[(h.li[h.strong[one.name], ". ", w(one.attribution)] for one in source.ALL if one.home)]),
        section(w("Data simulasi"),
                h.p[w("Selama belum ada data sungguhan, situs ini bisa menampilkan contoh buatan mesin, dengan tanda "
                      "di atas setiap halaman. Contoh itu disimpan terpisah dan tidak pernah bercampur dengan data "
                      "sungguhan.")], anchor="simulasi"),
        section(w("Data terbuka"), h.ul[(h.li[h.a(href=address)[address]] for address in DATA)],
                h.p[w("Aduan bisa disaring dengan region, agency, topic, state, q dan before, berhalaman dengan next. "
                      "Tabelnya memuat kode; artinya ada di codes. Waktu ditulis dalam UTC. Aduan rahasia tidak ada "
                      "di sana, dan yang disembunyikan tampil tanpa isinya.")],
                h.p[h.a(href=w.path("/aduan/daftar"))[w("Daftar aduan, dengan umpan Atom dan RSS")]], anchor="data"),
    ]
