"""Every job: when it runs (cron, WIB), what it calls, how old its success may be. README lists the same."""

from datetime import timedelta

from cettar_site.base.words import mark
from cettar_site.status.rules import Job, fits

HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)

TIMETABLE: tuple[Job, ...] = (
    Job("fetch_prices", "20 7-21 * * *", "jobs.fetch_prices:run", 14 * HOURS,
        mark("Mengambil harga hari ini dari Siskaperbapo"), needs="real", source="Siskaperbapo Jawa Timur"),
    Job("rank_agencies", "5 0 * * *", "jobs.rank_agencies:run", 2 * DAYS,
        mark("Menyimpan papan kecepatan akhir hari")),
    Job("estimate", "12 * * * *", "jobs.estimate:run", 3 * HOURS,
        mark("Menghitung ulang perkiraan lama menunggu")),
    Job("simulate", "*/20 * * * * *", "jobs.simulate:run", 1 * HOURS,
        mark("Menambah data simulasi"), needs="demo"),
    Job("send_mail", "* * * * *", "jobs.send_mail:run", 1 * HOURS,
        mark("Mengirim surel yang menunggu"), needs="real"),
    Job("nudge", "*/10 * * * *", "jobs.nudge:run", 2 * HOURS,
        mark("Mengingatkan meja sebelum dan sesudah batas waktu")),
    Job("forget_photos", "17 * * * *", "jobs.forget_photos:run", 6 * HOURS,
        mark("Menghapus foto yang aduannya tidak jadi dikirim atau sudah dihapus")),
    Job("forget_runs", "40 2 * * *", "jobs.forget_runs:run", 3 * DAYS,
        mark("Menghapus catatan pekerjaan yang sudah lama")),
    Job("sort_waiting", "*/5 * * * *", "jobs.sort_waiting:run", 1 * HOURS,
        mark("Memberi saran instansi untuk aduan yang menunggu dipilah")),
    Job("train_router", "50 1 * * *", "jobs.train_router:run", 3 * DAYS,
        mark("Belajar dari putusan petugas ke mana aduan harus diteruskan")),
    Job("tidy", "10 3 * * *", "jobs.tidy:run", 3 * DAYS,
        mark("Menghilangkan yang dihapus warga dari berkas basis data"), needs="real"),
    Job("backup", "40 3 * * *", "jobs.backup:run", 3 * DAYS,
        mark("Mencadangkan basis data selama 30 hari"), needs="real"),
    Job("import_prices", "", "jobs.import_prices:run", None,
        mark("Memasukkan berkas harga dari masa lalu"), needs="real"),
    Job("import_lapor", "", "jobs.import_lapor:run", None,
        mark("Mengambil alih aduan dari berkas SP4N-LAPOR!"), needs="real"),
    Job("judge_router", "", "jobs.judge_router:run", None,
        mark("Menguji ketepatan saran instansi tanpa mengubah apa pun")),
    Job("add_officer", "", "jobs.add_officer:run", None,
        mark("Membuat akun petugas")),
)


def job_named(name: str) -> Job | None:
    """The job of a name; None when the timetable has none."""
    return next((job for job in TIMETABLE if job.name == name), None)


def jobs_of(realm: str) -> tuple[Job, ...]:
    """The jobs of a realm ("real" or "demo")."""
    return tuple(job for job in TIMETABLE if fits(job, realm))
