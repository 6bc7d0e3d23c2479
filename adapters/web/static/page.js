// What stands on this page: the demo with its people and the ledger, one person's chat, or the
// ledger alone. `data-page` of the body says which.

import { Chat } from "./chat.js";
import { Ledger } from "./ledger.js";
import { Tabs } from "./tabs.js";

const stage = document.getElementById("stage");

async function demo() {
  const personas = await fetch("/personas.json").then((answer) => answer.json());
  const chats = personas.map((persona) => new Chat(persona, { demo: true }));
  const ledger = new Ledger({ demo: true });
  const panes = [...chats.map((chat) => chat.pane), ledger.pane];
  stage.replaceChildren(...panes);
  const tabs = new Tabs(panes, [...personas.map((persona) => persona.name), "CRM"]);
  document.body.append(tabs.bar);
  stage.addEventListener("dealdesk-news", (event) => tabs.news(event.target));
  stage.addEventListener("dealdesk-deals", (event) => {
    if (event.detail.fresh) tabs.news(event.target);
    progress(event.detail.deals);
  });
  stage.addEventListener("dealdesk-open", (event) => {
    const id = /^\/ledger\/(\d+)$/.exec(event.detail);
    if (!id) return;
    event.preventDefault();
    tabs.choose(panes.length - 1);
    ledger.point(Number(id[1]));
  });
  if (matchMedia("(pointer: fine)").matches) chats[0].box.focus();
}

// Which of the steps above the panes has been gone, as the newest opportunity shows.
function progress([deal]) {
  const gone = deal ? (deal.decision ? 4 : Math.min(deal.notes.length, 2)) : 0;
  document.querySelectorAll(".steps li").forEach((step, n) => {
    step.classList.toggle("done", n < gone);
    if (n === gone) step.setAttribute("aria-current", "step"); else step.removeAttribute("aria-current");
  });
}

function chat() {
  const token = location.hash.slice(1);
  const own = new Chat({ name: "dealdesk", role: "chat", language: navigator.language.slice(0, 2), token });
  stage.replaceChildren(own.pane);
  window.addEventListener("hashchange", () => location.reload());
  unread(own.pane);
  if (matchMedia("(pointer: fine)").matches) own.box.focus();
}

// Somebody who looks at another page sees in the title that something came.
function unread(pane) {
  const name = document.title;
  let count = 0;
  const titled = () => { document.title = count ? `(${count}) ${name}` : name; };
  pane.addEventListener("dealdesk-news", (event) => { if (document.hidden && event.detail.from === "desk") { count += 1; titled(); } });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { count = 0; titled(); } });
}

function ledger() {
  const only = /\/ledger\/(\d+)$/.exec(location.pathname);
  stage.replaceChildren(new Ledger({ token: location.hash.slice(1), only: only ? Number(only[1]) : null }).pane);
}

({ demo, chat, ledger })[document.body.dataset.page]();
