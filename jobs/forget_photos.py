"""Forget photos whose complaint never came, and the files of those that were erased."""

from datetime import datetime

from cettar_site.base.errors import CettarError
from cettar_site.base.words import mark
from cettar_site.complaints import actions_photo, store_photo
from cettar_site.infra.darkroom_shelf import Shelf, shelf
from cettar_site.infra.db import Database
from jobs.report import JobOptions, JobReport

FRESH_SECONDS = 600.0
"""A file is written before its row: one that is younger may still wait for it."""
STRANGERS = 100


class WrongShelf(CettarError):
    """Most files belong to no photo of this database: they are another's, and nothing of them is removed."""


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Delete photos that waited for a day, then each file that no photo names. Raises WrongShelf."""
    files, forgotten = shelf(db), 0
    while True:
        with db.write() as session:
            ids = actions_photo.forget(session, now)
        files.remove(ids)  # only now: a file may outlive its row, never the other way round
        forgotten += len(ids)
        if not ids:
            break
    strangers = _strangers(db, files, options)
    files.remove(strangers)
    return JobReport(detail=mark("{n} foto yang tidak jadi dikirim dan {files} berkas tanpa pemilik dihapus"),
                     facts={"n": forgotten, "files": len(strangers)})


def _strangers(db: Database, files: Shelf, options: JobOptions) -> list[str]:
    """The files that belong to no photo: their complaint was erased, or a crash came before the row."""
    strangers, ours = [], 0
    for names in options.progress(files.older(FRESH_SECONDS), unit="folders"):
        with db.read() as session:
            known = store_photo.known(session, names)
        ours += len(known)
        strangers += [name for name in names if name not in known]
    if len(strangers) > STRANGERS and len(strangers) > ours:
        raise WrongShelf("these photos are another database's", strangers=len(strangers), ours=ours)
    return strangers
