"""The site with one planted fault: it answers before it commits. The crash test must catch it."""

import time
from collections.abc import Sequence
from typing import Any

from cettar_site.__main__ import main
from cettar_site.infra.writer import GroupWriter


def too_early(self: GroupWriter[Any, Any], group: Sequence[Any]) -> None:
    """Tell the senders now; the commit comes when it comes."""
    self.answer(group)
    time.sleep(0.02)


# At the top of the module, because each of the site's processes reads it anew.
GroupWriter.before_commit = too_early  # type: ignore[method-assign]

if __name__ == "__main__":
    main(["serve"])
