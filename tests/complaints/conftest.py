"""A visitor before this room's addresses, with an empty database of each kind behind them."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cettar_site.complaints import api, api_intake
from cettar_site.infra.db import Database
from tests.complaints.makers import visitor


@pytest.fixture
def intake() -> Iterator[None]:
    """Ends the writer that a test's database was given."""
    yield
    api.close()
    api_intake._writer.cache_clear()


@pytest.fixture
def visit(database: Database, intake: None) -> TestClient:
    """A visitor without JavaScript."""
    return visitor(api.routes)
