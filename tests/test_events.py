"""Every event of every state can be called by anyone: this is the reviewed list of them.

A new handler fails here until somebody has looked at it: what it takes, whom it lets, how often.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# In a process of its own, because it loads Reflex and changes its registry.
ASK = """import json
from reflex_base.registry import RegistrationContext
from cettar_site import cettar_site
print(json.dumps(sorted(RegistrationContext.ensure_context().event_handlers)))"""
ROOT_STATE = "reflex___state____state"
# Reflex's own: hydrate a page and run its load events; report a script's failure (logged without its text);
# write browser-stored vars, of which no state of ours has any.
OF_REFLEX = {
    "hydrate", "hydrate_and_load", "set_is_hydrated",
    "reflex___state____frontend_event_exception_state.handle_frontend_exception",
    "reflex___state____on_load_internal_state.on_load_internal",
    "reflex___state____on_load_internal_state.set_is_hydrated",
    "reflex___state____update_vars_internal_state.update_vars_internal",
}
# Ours take no input, read what everybody may see, and end with their page.
OURS = {
    "cettar_site___leaderboard___state____board_state.watch",
    "cettar_site___prices___state____price_state.watch",
}


def registered() -> set[str]:
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.removeprefix(f"{ROOT_STATE}.") for name in json.loads(done.stdout.splitlines()[-1])}


def test_only_reviewed_events_can_be_called() -> None:
    assert registered() == OF_REFLEX | OURS
