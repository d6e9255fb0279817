"""A visitor before this room's addresses and those of the complaints, with an empty database of each kind behind."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cettar_site.complaints import api as complaints_api
from cettar_site.complaints import api_intake
from cettar_site.infra.db import Database
from cettar_site.routing import actions, api, snapshot
from cettar_site.routing.snapshot_alike import NEARBY
from tests.complaints.makers import visitor


@pytest.fixture
def sorting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The intake sorts as the front door has it; nothing is held from another test."""
    monkeypatch.setattr(api_intake.Sorting, "decide", staticmethod(snapshot.destinations))
    monkeypatch.setattr(api_intake.Sorting, "note", staticmethod(actions.note))
    snapshot.HELD.forget()
    NEARBY.forget()
    yield
    complaints_api.close()
    api_intake._writer.cache_clear()
    snapshot.HELD.forget()


@pytest.fixture
def visit(database: Database, sorting: None) -> TestClient:
    """A visitor of both rooms."""
    return visitor([*api.routes, *complaints_api.routes])
