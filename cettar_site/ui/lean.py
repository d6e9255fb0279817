"""A Reflex plugin that leaves out of the scripts what no page of ours uses.

Emotion styles components in the browser; our pages have one stylesheet and only ask it to make elements.
Cookies are never touched by script, and the socket needs one of three transports. Without them and in one
file the pages are 20 KB lighter, and no style needs to be written at run time. The scripts of assets/ are sent
without their comments and long names: a quarter fewer bytes for the complaint form.
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
# Our pages speak by WebSocket only: neither polling nor WebTransport need to be brought along.
TRANSPORTS = """import { WS } from "../../node_modules/engine.io-client/build/esm/transports/websocket.js";
export const transports = { websocket: WS };
"""
SHIMS = {
    '"@emotion/react"': ("utils/lean/emotion.js", EMOTION),
    '"universal-cookie"': ("utils/lean/cookies.js", COOKIES),
    "/^\\.\\/transports\\/index\\.js$/": ("utils/lean/transports.js", TRANSPORTS),
}
SCRIPTS = """import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { minifySync } from "vite";
const folder = "build/client/";
export default () => ({
  name: "lean-scripts",
  apply: "build",
  closeBundle() {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder).filter((one) => /[.]js$/.test(one))) {
      const { code, errors } = minifySync(name, readFileSync(folder + name, "utf8"));
      if (errors.length) throw new Error(`${name}: ${errors[0].message}`);
      writeFileSync(folder + name, code);
    }
  },
});
"""
SCRIPTS_PATH = "utils/lean/scripts.js"
# One file compresses better than ten, and asks once; Vega stays apart, because it is loaded only when asked for.
VEGA = "vega|d3-|internmap|delaunator|robust-|topojson|json-stringify"
ONE_FILE = f"""{{ test: (id) => !/node_modules\\/({VEGA})/.test(id), name: "site" }},
            """
ALIASES_AT = "    alias: [\n"
GROUPS_AT = """groups: [
            """
PLUGINS_AT = "  plugins: [\n"


class Lean(Plugin):
    """Gives the builder small stand-ins for packages, and few files to make."""

    def get_static_assets(self, **_context: Any) -> list[tuple[Path, str]]:
        """The stand-ins' files."""
        return [(Path(path), text) for path, text in (*SHIMS.values(), (SCRIPTS_PATH, SCRIPTS))]

    def pre_compile(self, **context: Any) -> None:
        """Say it in the builder's settings."""
        context["add_modify_task"]("vite.config.js", _leaner)


def _leaner(config: str) -> str:
    """The builder's settings with ours before Reflex's own."""
    ours = "".join(f'      {{ find: {name}, replacement: fileURLToPath(new URL("./{path}", import.meta.url)) }},\n'
                   for name, (path, _) in SHIMS.items())
    if any(place not in config for place in (ALIASES_AT, GROUPS_AT, PLUGINS_AT)):
        raise RuntimeError("the builder's settings changed their shape: look at ui/lean.py")
    config = config.replace(ALIASES_AT, ALIASES_AT + ours, 1).replace(GROUPS_AT, GROUPS_AT + ONE_FILE, 1)
    return (f'import leanScripts from "./{SCRIPTS_PATH}";\n'
            + config.replace(PLUGINS_AT, PLUGINS_AT + "    leanScripts(),\n", 1))
