// On a narrow screen one pane is seen at a time; a dot says that another one has news.

import { attributes, el, press } from "./dom.js";

export class Tabs {
  constructor(panes, names) {
    this.panes = panes;
    this.tabs = panes.map((pane, n) => {
      const tab = press("", `tab ${pane.dataset.role ?? ""}`, () => this.choose(n));
      tab.append(pane.querySelector(".face").cloneNode(true), el("span", "", names[n]), attributes(el("span", "dot"), { "aria-hidden": "true" }));
      return tab;
    });
    this.bar = attributes(el("nav", "tabs", this.tabs), { "aria-label": "Panes" });
    this.choose(0);
  }

  choose(chosen) {
    this.panes.forEach((pane, n) => {
      pane.classList.toggle("chosen", n === chosen);
      attributes(this.tabs[n], { "aria-pressed": String(n === chosen) });
    });
    this.tabs[chosen].classList.remove("news");
    this.panes[chosen].querySelectorAll(".log").forEach((log) => { if (!log.classList.contains("deals")) log.scrollTo({ top: log.scrollHeight }); });
  }

  news(pane) {
    const n = this.panes.indexOf(pane);
    if (n >= 0 && !pane.classList.contains("chosen")) this.tabs[n].classList.add("news");
  }
}
