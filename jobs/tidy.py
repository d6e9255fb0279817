"""Make what was erased gone from the database's files as well: `python -m jobs tidy`.

Does nothing when nothing was taken away since the last time. What an older backup brought back is erased again first.
"""

from datetime import datetime

from cettar_site.base.words import mark
from cettar_site.complaints import store_erased
from cettar_site.complaints.actions_happen import Deed, happen_to
from cettar_site.complaints.rules import SYSTEM, Kind
from cettar_site.infra.backup import FOLDER, erased_before
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.infra.tidy import Tables, tidy
from cettar_site.infra.vault import vault
from jobs.report import JobOptions, JobReport

TABLES = Tables(store_erased.SEARCHED, store_erased.SALTED, store_erased.WORDED)
NOTHING = mark("Tidak ada yang dihapus sejak kali terakhir")
WHOLE = mark("Yang dihapus warga sudah hilang dari berkas basis data")
SALTS = mark("Yang dihapus tidak dapat dibuka lagi; berkasnya terlalu besar untuk ditulis ulang seluruhnya")
LOG = mark("Yang dihapus sudah hilang dari tabel; catatan server PostgreSQL memuatnya sampai terpakai lagi")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Erase again what a restored backup brought back, then tidy the files if there is need."""
    again = erase_again(db, now, options)
    with db.read() as session:
        removal = store_erased.untidied(session)
    if removal is None:
        return JobReport(detail=NOTHING)
    done = tidy(db, TABLES)
    with db.write() as session:
        store_erased.note_tidied(session, removal)
    return JobReport(rows_in=again, detail=(WHOLE if done.log else LOG) if done.whole else SALTS)


def erase_again(db: Database, now: datetime, options: JobOptions) -> int:
    """Erase what was erased before but is there: a backup from before that was restored. How many."""
    with db.read() as session:
        numbers = store_erased.not_erased(session, erased_before(settings().data_dir / FOLDER))
    for number in options.progress(numbers, None, "complaints"):
        with db.write("complaints") as session:
            happen_to(session, number, Deed(Kind.ERASED, SYSTEM), now, vault())
    return len(numbers)
