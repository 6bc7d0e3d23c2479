// The frame of Slack: side bar, messages, composer, Home tab, dialogs. Draws what the stand-in tells
// it and passes on what a person does; keeps nothing of its own but the place that is open.

import { drawBlocks } from "/__page/blocks.js";
import { avatar, element, emoji, mrkdwn } from "/__page/mrkdwn.js";

const me = new URLSearchParams(location.search).get("person");
const byId = (id) => document.getElementById(id);
let known = null;
let place = null;
let tab = "messages";
let noticed = null;
let entering = Promise.resolve();
const drawn = {};

// What was entered must have arrived before a form is sent.
function post(does, details) {
  if (does !== "enters") return entering.then(() => tell(does, details));
  const told = tell(does, details);
  const before = entering;
  entering = told.then(() => before);
  return told;
}

async function tell(does, details) {
  const body = JSON.stringify({ person: me, does, ...details });
  const answer = await fetch("/__control/act", { method: "POST", body });
  const told = await answer.json();
  if (told.error) notice(told.error);
  return told;
}

function context(where, surface) {
  const at = (block, each) => ({ ...where, block_id: block.block_id, action_id: each.action_id });
  return {
    names: known.names,
    state: surface.state,
    errors: surface.errors,
    act: (does, block, each, more = {}) => post(does, { ...at(block, each), ...more }),
    search: async (block, each, query) => {
      const found = await post("searches", { ...at(block, each), query });
      return found.options ?? [];
    },
  };
}

// Draw again only what changed, so that a field keeps its cursor.
function redraw(name, of, draw) {
  const sign = JSON.stringify(of);
  if (drawn[name] === sign) return false;
  drawn[name] = sign;
  draw();
  return true;
}

function update(told) {
  known = told;
  place ??= new URLSearchParams(location.search).get("channel") ?? known.dm;
  document.title = `${here().title} – ${known.team}`;
  redraw("side", [known.channels, known.me, place, tab], drawSide);
  redraw("title", [here(), tab, known.app], drawTitle);
  redraw("messages", [known.messages[place], known.names, tab], drawMessages);
  redraw("home", [known.home, tab], drawHome);
  const views = known.modals.map(({ state, ...view }) => view);
  redraw("modals", views, drawModals);
  if (noticed === null) noticed = known.notices.length;
  known.notices.slice(noticed).forEach(notice);
  noticed = known.notices.length;
}

const here = () => known.channels.find((each) => each.id === place) ?? known.channels[0];
const isApp = (channel) => channel.id === known.dm;

function drawSide() {
  byId("team").textContent = known.team;
  byId("search").textContent = `Search ${known.team}`;
  const of = (test) => known.channels.filter(test).map(row);
  byId("channels").replaceChildren(...of((c) => ["channel", "group"].includes(c.kind)));
  byId("directs").replaceChildren(...of((c) => ["im", "mpim"].includes(c.kind) && !isApp(c)));
  byId("apps").replaceChildren(...of(isApp));
  for (const name of ["channels", "directs"]) {
    byId(name).parentElement.hidden = !byId(name).childElementCount;
  }
  byId("me").replaceChildren(avatar(known.me.id, known.me.name), element("b", "", known.me.name));
}

function row(channel) {
  const item = element("li", channel.id === place ? "open" : "");
  const sign = isApp(channel)
    ? avatar("app", known.app, true)
    : element("span", "sign", { channel: "#", group: "🔒" }[channel.kind] ?? "●");
  item.append(sign, element("span", "", isApp(channel) ? known.app : channel.title));
  item.onclick = () => open(channel.id);
  return item;
}

function open(channel) {
  place = channel;
  tab = "messages";
  update(known);
}

function drawTitle() {
  const channel = here();
  const sign = isApp(channel) ? avatar("app", known.app, true) : element("span", "sign", "#");
  byId("title").replaceChildren(sign, element("span", "", isApp(channel) ? known.app : channel.title));
  const names = isApp(channel) ? ["home", "messages"] : ["messages"];
  byId("tabs").replaceChildren(...names.map(drawTab));
  const wanted = isApp(channel) ? known.app : `#${channel.title}`;
  byId("text").placeholder = `Message ${wanted}`;
  byId("composer").hidden = tab === "home";
  byId("messages").hidden = tab === "home";
  byId("home").hidden = tab !== "home";
}

function drawTab(name) {
  const made = element("button", name === tab ? "tab chosen" : "tab", name === "home" ? "Home" : "Messages");
  made.setAttribute("role", "tab");
  made.onclick = () => {
    tab = name;
    if (name === "home") post("opens_home");
    update(known);
  };
  return made;
}

function drawMessages() {
  const box = byId("messages");
  let before = null;
  const rows = (known.messages[place] ?? []).map((message) => {
    const row = drawMessage(message, before);
    before = message;
    return row;
  });
  box.replaceChildren(element("div", "start"), ...rows);
  box.scrollTop = box.scrollHeight;
}

function drawMessage(message, before) {
  const follows = before && before.author_id === message.author_id && !message.ephemeral &&
    !before.ephemeral && message.ts - before.ts < 300 && !message.blocks.length;
  const box = element("article", "message");
  box.classList.toggle("follows", Boolean(follows));
  box.classList.toggle("ephemeral", message.ephemeral);
  box.classList.toggle("reply", Boolean(message.thread && message.thread !== message.ts));
  box.dataset.ts = message.ts;
  const body = element("div", "body");
  if (message.ephemeral) body.append(element("div", "only", "👁 Only visible to you"));
  if (!follows) body.append(by(message));
  body.append(...said(message));
  if (message.edited) body.append(element("span", "edited", "(edited)"));
  body.append(...message.files.map(drawFile), ...drawReactions(message.reactions));
  const face = follows ? element("span", "hour", clock(message.ts)) : avatar(message.author_id, message.author, message.by_app);
  box.append(face, body, hover(message));
  return box;
}

function by(message) {
  const line = element("header");
  line.append(element("b", "", message.author));
  if (message.by_app) line.append(element("span", "badge", "APP"));
  line.append(element("time", "", clock(message.ts)));
  return line;
}

const clock = (ts) =>
  new Date(ts * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function said(message) {
  if (!message.blocks.length) return message.text ? [mrkdwn(message.text, known.names)] : [];
  const where = { channel: message.channel, ts: message.ts };
  return drawBlocks(message.blocks, context(where, message));
}

function drawFile(file) {
  const box = element("div", "file");
  const size = file.size < 1024 ? `${file.size} B` : `${Math.round(file.size / 1024)} kB`;
  box.append(element("span", "icon", "📄"), element("b", "", file.name), element("small", "", size));
  return box;
}

function drawReactions(reactions) {
  const all = Object.entries(reactions);
  if (!all.length) return [];
  const box = element("div", "reactions");
  box.append(...all.map(([name, number]) => element("span", "", `${emoji(name)} ${number}`)));
  return [box];
}

function hover(message) {
  const box = element("div", "hover");
  for (const name of message.ephemeral ? [] : known.shortcuts) {
    const made = element("button", "", name);
    made.onclick = () => post("uses_shortcut", { name, channel: message.channel, ts: message.ts });
    box.append(made);
  }
  return box;
}

function drawHome() {
  const box = byId("home");
  if (!known.home) {
    box.replaceChildren(element("p", "nothing", "Nothing here yet."));
    return;
  }
  box.replaceChildren(...drawBlocks(known.home.blocks, context({ view_id: known.home.id }, known.home)));
}

function drawModals() {
  const top = known.modals.at(-1);
  const box = byId("modals");
  if (!top) {
    box.replaceChildren();
    return;
  }
  box.replaceChildren(drawModal(top));
  const wrong = box.querySelector(".wrong input, .wrong textarea, .wrong select");
  (wrong ?? box.querySelector("input, textarea"))?.focus();
}

function drawModal(view) {
  const dialog = element("form", "modal");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-label", view.title.text);
  dialog.noValidate = true;
  const head = element("header");
  const away = element("button", "away", "✕");
  away.type = "button";
  away.setAttribute("aria-label", "Close");
  away.onclick = () => post("closes", { everything: true });
  head.append(avatar("app", known.app, true), element("h2", "", view.title.text), away);
  const inside = element("div", "inside");
  inside.append(...drawBlocks(view.blocks, context({ view_id: view.id }, view)));
  const foot = element("footer");
  const close = element("button", "button", view.close?.text ?? "Cancel");
  close.type = "button";
  close.onclick = () => post("closes");
  foot.append(close);
  if (view.submit) {
    const submit = element("button", "button primary", view.submit.text);
    foot.append(submit);
    dialog.onsubmit = (event) => {
      event.preventDefault();
      send(submit);
    };
  }
  dialog.append(head, inside, foot);
  return dialog;
}

async function send(button) {
  // A field reports its change when it loses the focus; let that go first.
  document.activeElement?.blur();
  button.disabled = true;
  await post("submits");
  button.disabled = false;
}

function notice(text) {
  const box = element("div", "", `⚠️ ${text}`);
  byId("notices").append(box);
  setTimeout(() => box.remove(), 8000);
}

function say() {
  const text = byId("text").value.trim();
  if (!text) return;
  byId("text").value = "";
  post("says", { text, channel: place });
}

byId("composer").onsubmit = (event) => {
  event.preventDefault();
  say();
};
byId("text").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    say();
  }
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && known?.modals.length) post("closes");
});

function connect() {
  const origin = location.origin.replace("http", "ws");
  const live = new WebSocket(`${origin}/__page/live?person=${encodeURIComponent(me)}`);
  live.onmessage = ({ data }) => update(JSON.parse(data));
  live.onclose = () => setTimeout(connect, 1000);
}
connect();
