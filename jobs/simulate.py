"""Keep the demo alive: the next complaint, the next answer, now and then a price."""

from datetime import datetime

from cettar_site.base.words import mark
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from cettar_site.simulation import actions
from jobs.report import JobOptions, JobReport


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Add what has happened since the last run. Raises Forbidden outside the demo."""
    played = actions.play(db, now, vault())
    return JobReport(
        rows_in=played.filed + played.acts + played.prices,
        detail=mark("{filed} aduan, {acts} tindakan petugas, {prices} harga"),
        facts={"filed": played.filed, "acts": played.acts, "prices": played.prices})
