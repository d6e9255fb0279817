"""The tables are what the migration made."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from cettar_site.infra.db import Database
from cettar_site.status import models


def test_the_migration_makes_the_tables_that_the_models_name(database: Database):
    assert models.JobRun.__tablename__ in SQLModel.metadata.tables

    def ours(thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", "")
        return str(table).startswith("job_")

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={
            "include_object": ours, "compare_type": True, "target_metadata": SQLModel.metadata})
        assert compare_metadata(context, SQLModel.metadata) == []
