"""What alembic runs: the steps on the connection that infra.migrate gives, or on the settings' database."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from cettar_site.infra.db import open_database
from cettar_site.infra.settings import settings


def run(connection: Connection) -> None:
    """Apply the steps in one transaction of the given connection."""
    context.configure(connection=connection, target_metadata=SQLModel.metadata, transactional_ddl=True)
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_database(settings(), "real").engine.begin() as own:
        run(own)
