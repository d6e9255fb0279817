"""Templates of an agency: the list, and the form to add or change one."""

from collections.abc import Mapping, Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.desk.island_door import desk_nav, sign_out
from cettar_site.desk.island_queue import who
from cettar_site.desk.rules import Officer
from cettar_site.desk.rules_template import LONGEST_TEXT, Template
from cettar_site.ui import form as ui
from cettar_site.ui.empty import empty
from cettar_site.ui.lead import lead, section


def template_page(w: Words, officer: Officer, templates: Sequence[Template], typed: Mapping[str, str],
                  problems: Sequence[Problem], trouble: h.Node, token: str) -> h.Node:
    """What officers may begin an answer with; who changes it."""
    old = typed.get("id", "") not in ("", "0")
    return h.fragment[
        lead(w("Dengan apa petugas memulai jawaban?"),
             w("Templat menghemat ketikan, tetapi harus diubah sebelum dikirim: isi yang sama untuk semua orang tidak "
               "menghentikan hitungan."), who(w, officer)),
        desk_nav(w, officer, "/meja/templat"), trouble,
        section(w("Ubah templat") if old else w("Templat baru"), ui.form(
            w, ui.text_field(w, "name", w("Nama"), value=typed.get("name", ""), problems=problems, width="half"),
            ui.textarea_field(w, "text", w("Isi"), value=typed.get("text", ""), problems=problems,
                              maxlength=LONGEST_TEXT),
            ui.hidden("id", typed.get("id", "0")), ui.hidden("token", token),
            ui.submit(w("Simpan templat"), name="do", value="save"), action=w.path("/meja/templat"),
            problems=problems)),
        section(w("Templat instansi Anda"), h.ul(".templates")[(_one(w, one, token) for one in templates)]
                if templates else empty(w("Belum ada templat"), w("Tulis yang pertama di atas."))),
        sign_out(w, token)]


def _one(w: Words, one: Template, token: str) -> h.Node:
    return h.li[
        h.h3[one.name], h.div(".event-text")[one.text],
        h.form(".actions", action=w.path("/meja/templat"), method="post")[
            h.a(href=w.path(f"/meja/templat?ubah={one.id}"))[w("Ubah")], ui.hidden("id", str(one.id)),
            ui.hidden("token", token), ui.submit(w("Hapus templat {name}", name=one.name), "plain", "do", "remove")]]
