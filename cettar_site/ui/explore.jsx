// The interactive twin of a chart. Nothing of it is loaded before the reader asks: Vega weighs more than the page.
import { createElement as el, useRef, useState } from "react";

// The specification names colours as the stylesheet does; Vega wants their values of now, light or dark.
const coloured = (text) => {
  const style = getComputedStyle(document.documentElement);
  return text.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
};

export function Explore({ address, open, loading, failed }) {
  const place = useRef(null);
  const [state, setState] = useState("closed");
  const show = async () => {
    setState("loading");
    try {
      const [answer, { default: embed }, { expressionInterpreter }] = await Promise.all([
        fetch(address + window.location.search.replace(/^\?/, "&"), { headers: { accept: "application/json" } }),
        import("vega-embed"),
        import("vega-interpreter"),
      ]);
      if (!answer.ok) throw new Error(answer.status);
      await embed(place.current, JSON.parse(coloured(await answer.text())), {
        actions: false, renderer: "svg", ast: true, expr: expressionInterpreter, defaultStyle: false,
        tooltip: { disableDefaultStyle: true },
      });
      setState("open");
    } catch {
      setState("failed");
    }
  };
  return el("div", { className: "explore" },
    state === "open" ? null : el("button", {
      type: "button", className: "button button-plain", disabled: state === "loading", onClick: show,
    }, state === "loading" ? loading : open),
    el("p", { role: "status", className: "quiet" }, state === "failed" ? failed : ""),
    el("div", { ref: place, className: "explore-place" }));
}
