"""The form's question about photos: files to choose, and those that have arrived already."""

from collections.abc import Mapping, Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.complaints.rules_filing import MOST_PHOTOS
from cettar_site.ui import form as ui

SENT_AS = "multipart/form-data"
KINDS = "image/jpeg,image/png,image/webp"


def photos(w: Words, title: str, values: Mapping[str, str], problems: Sequence[Problem]) -> h.Node:
    """A file input for each photo that may still come; a tick takes out one that came before."""
    arrived = values.get("photos", "").split()[:MOST_PHOTOS]
    wrong = next((problem.text for problem in problems if problem.field == "photos"), "")
    kept = (ui.checkbox_field(w, without(at), w("Buang foto {n} yang sudah kami terima", n=at), value=one)
            for at, one in enumerate(arrived, 1))
    css = ["group", wrong and "field-wrong"]
    return h.fieldset("#photos", class_=css, tabindex="-1", aria_describedby="photos-hint")[
        h.legend[title, h.span(".optional")[" ", w("(boleh kosong)")]],
        h.p("#photos-hint.hint")[w("Paling banyak tiga. Hindari wajah dan pelat nomor orang. Di mana dan kapan foto "
                                   "dibuat kami buang dari berkasnya.")],
        wrong and h.p("#photos-error.error")[w(wrong)],
        kept,
        (_file(w, at) for at in range(len(arrived) + 1, MOST_PHOTOS + 1)),
        h.input(type="hidden", name="photos", value=" ".join(arrived)),
    ]


def without(at: int) -> str:
    """The name of the tick that takes out the photo at a place, from 1."""
    return f"without{at}"


def _file(w: Words, at: int) -> h.Node:
    return h.div(".field")[h.label(for_=f"photo-{at}")[w("Foto {n}", n=at)],
                           h.input(type="file", name="photo", id=f"photo-{at}", accept=KINDS)]
