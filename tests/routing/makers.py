"""Invented decisions to learn from: each label has words of its own, so that what must be learned is known."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cettar_site.routing.rules import Asked
from cettar_site.routing.rules_label import Example
from tests.complaints.makers import NOW

STORIES = {
    "DPUBM": ("Aspal bergelombang dan ambles di tanjakan dekat {}.", "Lubang menganga di aspal depan {}, motor jatuh."),
    "DINDIK": ("Guru SMA kami belum mengembalikan ijazah sejak {}.", "Sekolah menarik pungutan tanpa kuitansi di {}."),
    "DINSOS": ("Bantuan beras lansia tidak pernah sampai ke {}.", "Penyandang disabilitas di {} tanpa bansos."),
    "KAB": ("Sampah pasar menumpuk berminggu-minggu di {}.", "Mengurus KTP di kecamatan {} dipersulit petugas."),
    "PUSAT": ("Paspor saya tertahan di kantor imigrasi {}.", "Token listrik PLN di {} selalu gagal diisi.")}
PLACES = ("Wonosari", "Karangrejo", "Sukomoro", "Banjarsari", "Kalianyar", "Purwodadi", "Sidomulyo")


def story(label: str, number: int) -> str:
    """A story that belongs to a label."""
    return STORIES[label][number % 2].format(PLACES[number % len(PLACES)]) + f" Kejadian ke-{number}."


def examples(n: int, labels: Sequence[str] = tuple(STORIES), begin: datetime = NOW - timedelta(days=60),
             step: timedelta = timedelta(hours=2)) -> list[Example]:
    """So many decided complaints, one after another; each was decided a day after it was filed."""
    return [Example(Asked(story(label, number), "", "35.18"), label, begin + number * step,
                    begin + number * step + timedelta(days=1))
            for number in range(n) for label in (labels[number % len(labels)],)]
