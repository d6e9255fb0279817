"""Reflex's settings, and the environment that its build needs; CETTAR's own are in cettar_site/infra/settings.py."""

import os
import sys
from pathlib import Path

from cettar_site.infra.settings import settings

# The wheel's node before any old one of the system, un-activated too; npm because bun would be downloaded.
BIN = Path(sys.executable).parent
os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
for name, value in {
    "REFLEX_USE_NPM": "1",
    "REFLEX_CHECK_LATEST_VERSION": "0",
    "npm_config_fetch_retries": "5",  # Reflex writes 0: one lost packet would be a failed build
    "npm_config_omit_lockfile_registry_resolved": "true",
    "REFLEX_SOCKET_INTERVAL": "15s",
    "REFLEX_SOCKET_TIMEOUT": "15s",
    "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": "65536",
    "ALEMBIC_CONFIG": "cettar_site/migrations/alembic.ini",
}.items():
    os.environ.setdefault(name, value)

import reflex as rx  # noqa: E402  (reads the environment when imported)

from cettar_site.ui.lean import Lean  # noqa: E402

SITE = settings()

config = rx.Config(
    app_name="cettar_site",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # A page's state is only a view of what everybody may see: a reconnect to another process makes it anew.
    redis_token_expiration=900,  # seconds; the memory manager reads it too: a state that nobody touches goes
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    frontend_compression_formats=["brotli", "gzip"],
    # Before this list every socket passes our own check (infra.site_socket), which knows more names of ours.
    cors_allowed_origins=[SITE.origin] if SITE.site_url else ["*"],
    trusted_proxy_hops=SITE.proxy_hops,
    deploy_url=SITE.origin,
    db_url=None,
    plugins=[Lean()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    react_strict_mode=False,
)
