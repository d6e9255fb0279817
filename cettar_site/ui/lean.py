"""A Reflex plugin that leaves out of the scripts what no page of ours uses.

Emotion styles components in the browser; our pages have one stylesheet and only ask it to make elements.
Cookies are never touched by script. Without both the pages are 8 KB lighter, and no style needs to be written
at run time.
"""

from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

EMOTION = """import { createElement, Fragment } from "react";
export const jsx = createElement;
export const css = () => "";
export const keyframes = () => "";
export { Fragment };
"""
COOKIES = """export default class Cookies {
  get() {}
  set() {}
  remove() {}
}
"""
SHIMS = {"@emotion/react": ("utils/lean/emotion.js", EMOTION), "universal-cookie": ("utils/lean/cookies.js", COOKIES)}


class Lean(Plugin):
    """Gives the builder small stand-ins for packages."""

    def get_static_assets(self, **_context: Any) -> list[tuple[Path, str]]:
        """The stand-ins' files."""
        return [(Path(path), text) for path, text in SHIMS.values()]

    def pre_compile(self, **context: Any) -> None:
        """Name the stand-ins in the builder's settings."""
        context["add_modify_task"]("vite.config.js", _with_aliases)


def _with_aliases(config: str) -> str:
    """The builder's settings with our aliases before Reflex's own."""
    ours = "".join(f'      {{ find: "{name}", replacement: fileURLToPath(new URL("./{path}", import.meta.url)) }},\n'
                   for name, (path, _) in SHIMS.items())
    marker = "    alias: [\n"
    if marker not in config:
        raise RuntimeError("the builder's settings changed their shape: look at ui/lean.py")
    return config.replace(marker, marker + ours, 1)
