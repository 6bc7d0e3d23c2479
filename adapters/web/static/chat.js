// The web chat: draws shows, sends what is typed and pressed, keeps what could not be sent.
// Everything a person wrote is put in as text, never as HTML.
"use strict";

const el = (tag, cls, ...children) => {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
};
const uid = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
const facts = (rows) => el("dl", "", ...rows.flatMap((row) => [el("dt", "", row.label), el("dd", "", row.value)]));

class Chat {
  constructor(persona, stage) {
    this.token = persona.token;
    this.waiting = new Map(); // frames not yet confirmed, by id
    this.nodes = new Map(); // message nodes by reference
    this.log = el("div", "log");
    this.log.setAttribute("role", "log");
    this.state = el("div", "state");
    this.box = el("textarea");
    this.box.setAttribute("aria-label", "Message");
    this.box.placeholder = "Type an answer or a command …";
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.say(); }
    });
    const send = el("button", "primary", "Send");
    const form = el("form", "say", this.box, send);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.say(); });
    this.pane = el("section", "pane", this.title(persona), this.log, this.state, form);
    this.pane.id = `pane-${persona.role}`;
    this.pause = 500;
    stage.append(this.pane);
    this.connect();
  }
  title(persona) {
    const langs = el("span", "langs", ...["English", "Deutsch"].map((name) => {
      const button = el("button", "", name === "English" ? "EN" : "DE");
      button.title = name;
      button.addEventListener("click", () => this.send({ type: "say", text: `/${name.toLowerCase()}` }));
      return button;
    }));
    const role = { sales: "Sales manager", management: "Management" }[persona.role] ?? persona.role;
    return el("h2", "", el("span", `face ${persona.role}`, persona.name[0]), el("span", "", persona.name, el("small", "", role)), langs);
  }
  connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}/ws?token=${encodeURIComponent(this.token)}`);
    this.socket.addEventListener("message", (event) => this.frame(JSON.parse(event.data)));
    this.socket.addEventListener("open", () => {
      this.state.textContent = "";
      this.pause = 500;
      for (const frame of this.waiting.values()) this.socket.send(JSON.stringify(frame));
    });
    this.socket.addEventListener("close", (event) => {
      this.state.textContent = event.code === 4403 || event.code === 1006 && this.pause > 4000
        ? "No connection. Is this your own link, and is dealdesk running? Trying again …" : "Connecting again …";
      setTimeout(() => this.connect(), this.pause);
      this.pause = Math.min(this.pause * 2, 15000);
    });
  }
  frame(frame) {
    if (frame.type === "message") this.message(frame);
    if (frame.type === "strip") this.nodes.get(frame.ref)?.querySelectorAll(".buttons, .review").forEach((node) => this.quiet(node));
    if (frame.type === "kept") { this.waiting.delete(frame.id); if (frame.reply) this.page(frame.reply); else this.sending = false; }
    if (frame.type === "error") { this.state.textContent = frame.text; this.waiting.delete(frame.id); }
  }
  quiet(node) {
    if (node.classList.contains("review")) node.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    else node.remove();
  }
  send(frame) {
    const whole = { id: uid(), ...frame };
    this.waiting.set(whole.id, whole);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(whole));
    return whole.id;
  }
  say() {
    const text = this.box.value.trim();
    if (!text) return;
    this.send({ type: "say", text });
    this.box.value = "";
  }
  message(frame) {
    const node = frame.from === "person" ? el("div", "msg own", frame.text) : this.draw(frame.show);
    node.dataset.ref = frame.ref;
    const old = this.nodes.get(frame.ref);
    if (old) old.replaceWith(node); else this.log.append(node);
    this.nodes.set(frame.ref, node);
    this.log.scrollTop = this.log.scrollHeight;
    document.dispatchEvent(new Event("dealdesk-news"));
  }
  draw(show) {
    const draws = { ask: this.ask, review: this.review, notice: this.notice, card: this.card };
    return draws[show.type].call(this, show);
  }
  head(title, step) { return el("div", "head", el("span", "", title), step ? el("span", "step", step) : null); }
  remarks(show) {
    return [show.echo ? el("div", "echo", show.echo) : null, show.refusal ? el("div", "refusal", show.refusal) : null];
  }
  buttons(buttons, cls = "") {
    if (!buttons?.length) return null;
    return el("div", `buttons ${cls}`, ...buttons.map((button) => this.button(button)));
  }
  button(button) {
    const node = el("button", `${button.style} ${button.selected ? "selected" : ""}`, button.text);
    node.type = "button";
    if (button.selected) node.setAttribute("aria-pressed", "true");
    node.addEventListener("click", () => this.send({ type: "press", token: button.token }));
    return node;
  }
  ask(show) {
    return el("div", "msg desk", this.head(show.title, show.steps ? `${show.step} / ${show.steps}` : ""), ...this.remarks(show),
      el("div", "prompt", show.prompt), show.hint ? el("div", "hint", show.hint) : null,
      this.buttons(show.choices), this.buttons(show.controls, "controls"));
  }
  review(show) {
    const rows = show.rows.map((row) => {
      const node = el("button", "", el("span", "label", row.label), el("span", "", row.value));
      node.type = "button";
      node.title = row.edit.text;
      node.addEventListener("click", () => this.send({ type: "press", token: row.edit.token }));
      return node;
    });
    return el("div", "msg desk", this.head(show.title), ...this.remarks(show), el("div", "hint", show.prompt),
      el("div", "review", ...rows), this.buttons(show.controls, "controls"));
  }
  notice(show) {
    return el("div", `msg desk ${show.tone}`, el("div", "", show.text), show.rows.length ? facts(show.rows) : null,
      this.link(show.link), this.buttons(show.buttons));
  }
  link(link) {
    if (!link || !/^(https?:\/\/|\/)/.test(link.url)) return null;
    const node = el("a", "", link.text);
    node.href = link.url;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    return node;
  }
  card(show) {
    const sections = show.sections.map((section) => el("div", "section", el("b", "", section.heading),
      el("ul", "", ...section.lines.map((line) => el("li", "", line)))));
    return el("div", `msg desk card ${show.tone}`, this.head(show.title), facts(show.facts), ...sections, this.link(show.link),
      show.verdict ? el("div", "verdict", show.verdict) : null, this.buttons(show.buttons));
  }
  page(reply) {
    if (reply.type === "form_closed") { this.dialog?.close(); return; }
    if (reply.type === "form_errors") {
      this.dialog?.querySelectorAll(".error").forEach((node) => { node.textContent = ""; });
      for (const [id, sentence] of reply.errors) {
        const node = this.dialog?.querySelector(`[data-question="${CSS.escape(id)}"] .error`);
        if (node) { node.textContent = sentence; node.scrollIntoView({ block: "nearest" }); }
      }
      return;
    }
    this.dialog?.close();
    this.dialog = this.form(reply);
    document.body.append(this.dialog);
    this.dialog.addEventListener("close", (event) => event.target.remove());
    this.dialog.showModal();
  }
  form(page) {
    const close = el("button", "", page.close);
    close.type = "button";
    const fields = page.fields.map((field) => this.field(field));
    const form = el("form", "", el("h3", "", page.title), el("div", "fields", ...fields),
      el("footer", "", close, el("button", "primary", page.submit)));
    const dialog = el("dialog", "", form);
    close.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = {};
      for (const field of page.fields) values[field.id] = new FormData(form).getAll(field.id).map(String);
      this.send({ type: "submit", token: page.token, values });
    });
    return dialog;
  }
  field(field) {
    const error = el("div", "error");
    const hint = field.hint ? el("div", "hint", field.hint) : null;
    const label = field.optional ? `${field.label} (optional)` : field.label;
    if (field.options.length) {
      const several = field.kind === "multi_choice";
      const options = field.options.map(([id, text]) => {
        const input = el("input");
        Object.assign(input, { type: several ? "checkbox" : "radio", name: field.id, value: id, checked: field.initial.includes(id) });
        return el("label", "option", input, text);
      });
      const set = el("fieldset", "field", el("legend", "", label), hint, ...options, error);
      set.dataset.question = field.id;
      return set;
    }
    const input = el(field.kind === "long_text" ? "textarea" : "input");
    if (field.kind !== "long_text") input.type = "text";
    input.name = field.id;
    input.value = field.initial[0] ?? "";
    const node = el("label", "field", el("span", "", label), hint, input, error);
    node.dataset.question = field.id;
    return node;
  }
}

class Ledger {
  constructor(stage) {
    this.log = el("div", "log");
    this.pane = el("section", "pane", el("h2", "", el("span", "face ledger", "€"),
      el("span", "", "CRM ledger", el("small", "", "what stands in the CRM"))), this.log);
    this.pane.id = "pane-ledger";
    stage.append(this.pane);
    this.seen = "";
    document.addEventListener("dealdesk-news", () => this.refresh());
    this.refresh();
    setInterval(() => this.refresh(), 2000);
  }
  async refresh() {
    const text = await fetch("/ledger.json").then((answer) => answer.text()).catch(() => this.seen);
    if (text === this.seen) return;
    this.seen = text;
    const deals = JSON.parse(text);
    this.log.replaceChildren(...(deals.length ? deals.map((deal) => this.deal(deal))
      : [el("div", "empty", "Nothing yet. What Sam records appears here.")]));
  }
  deal(deal) {
    const part = (heading, nodes) => nodes.length ? [el("h4", "", heading), ...nodes] : [];
    return el("article", "deal", el("h3", "", deal.title, el("span", "stagetag", deal.stage || "–")),
      facts([{ label: "Customer", value: deal.customer || "–" }, { label: "Salesperson", value: deal.owner || "–" },
        ...(deal.tags?.length ? [{ label: "Tags", value: deal.tags.join(", ") }] : []), ...deal.fields]),
      ...part("Meetings", deal.meetings.map((one) => el("div", "", `${one.start.slice(0, 16).replace("T", " ")} · ${one.subject}`))),
      ...part("Activities", deal.activities.map((one) => el("div", "", `${one.done ? "☑" : "☐"} ${one.summary} (${one.due})`))),
      ...part("History", deal.notes.map((note) => el("div", "note", el("b", "", `${note.title} · ${note.author}`), facts(note.rows)))));
  }
}

(async () => {
  const stage = document.getElementById("stage");
  const mode = document.currentScript?.dataset.mode ?? document.querySelector("script[data-mode]").dataset.mode;
  if (mode === "demo") {
    const personas = await fetch("/personas.json").then((answer) => answer.json());
    for (const persona of personas) new Chat(persona, stage);
    new Ledger(stage);
  } else if (mode === "ledger") {
    new Ledger(stage);
  } else {
    new Chat({ name: "dealdesk", role: "chat", token: location.hash.slice(1) }, stage);
  }
})();
