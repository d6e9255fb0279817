"""A visitor before this room's addresses, with an empty database of each kind behind them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from cettar_site.complaints import api, api_follow, api_intake
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, visitor


@pytest.fixture
def intake() -> Iterator[None]:
    """Ends the writer that a test's database was given."""
    yield
    api.close()
    api_intake._writer.cache_clear()


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is NOW, whatever day the test is run on."""
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=6))


@pytest.fixture
def visit(database: Database, intake: None) -> TestClient:
    """A visitor without JavaScript."""
    return visitor([*api.routes, *api_follow.routes])
