// One person's chat: the messages, the box to type in, and an honest word about the connection.

import { attributes, el, icon, Place, press, uid } from "./dom.js";
import { Form } from "./form.js";
import { LIMIT, Line } from "./line.js";
import { draw, quiet } from "./shows.js";
import { Tray } from "./tray.js";
import { Words } from "./words.js";

const NEAR = 80; // pixels from the end that still count as reading the newest message
const COMPLAINTS = ["too_long", "file_many", "file_large", "file_empty", "file_unread", "file_kind", "file_gone"]; // gone with the next key
const LANGUAGES = [["en", "English"], ["de", "Deutsch"]];

export class Chat {
  // `demo` is true where several people stand side by side.
  constructor(persona, { demo = false } = {}) {
    this.persona = persona;
    this.demo = demo;
    this.you = { name: persona.name, role: persona.role, language: persona.language, menu: [] };
    this.words = new Words(persona.language);
    this.nodes = new Map(); // by reference
    this.sources = new Map(); // what each was drawn from
    this.draft = new Place(`draft.${persona.token}`);
    this.pane = this.drawn();
    this.line = new Line(persona.token, this);
    this.introduce();
    window.addEventListener("beforeunload", (event) => { if (this.line.uploads.busy || this.tray.files.length) event.preventDefault(); });
    for (const entry of this.line.waiting) this.await(entry);
    if (persona.token) this.line.connect(); else this.state("no_token");
  }

  // -- the pane -------------------------------------------------------------------------------

  drawn() {
    this.title = el("h2", "", "");
    this.role = el("small", "", "");
    this.face = attributes(el("span", "face"), { "aria-hidden": "true" });
    this.langs = attributes(el("div", "langs"), { role: "group" });
    this.list = el("div", "list");
    this.empty = el("div", "empty");
    this.older = el("p", "older");
    this.log = attributes(el("div", "log", this.older, this.empty, this.list), { role: "log", tabindex: "0" });
    this.newest = press("", "newest", () => this.down());
    this.newest.append(icon("down"));
    this.newest.hidden = true;
    this.log.addEventListener("scroll", () => this.scrolled());
    this.following = true; // the reader is at the end and wants to stay there
    const grown = new ResizeObserver(() => { if (this.following) this.down(); });
    for (const part of [this.log, this.list]) grown.observe(part); // a picture comes after its message
    this.status = attributes(el("p", "state"), { role: "status" });
    this.header = el("header", "who", this.face, el("div", "", this.title, this.role), this.langs);
    const id = `who-${uid()}`;
    this.title.id = id;
    const talk = el("div", "talk", this.log, this.newest);
    const pane = el("section", `pane chat ${this.persona.role}`, this.header, talk, this.status, this.composer());
    this.tray.receives(pane, this.box);
    return attributes(pane, { "aria-labelledby": id, "data-role": this.persona.role });
  }

  composer() {
    this.box = attributes(el("textarea"), { rows: "1", enterkeyhint: "send", autocomplete: "off" });
    this.box.value = this.draft.read("");
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.say(); }
    });
    this.go = attributes(el("button", "primary go", icon("send")), { type: "submit" });
    this.tray = new Tray(this.words, { complains: (key, gaps) => this.complain(key, gaps), changed: () => this.box.focus() });
    const form = el("form", "say", this.tray.list, this.tray.input, this.tray.clip, this.box, this.go);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.say(); });
    requestAnimationFrame(() => this.fit());
    return form;
  }

  typed() {
    this.draft.write(this.box.value || null);
    if (COMPLAINTS.includes(this.trouble)) this.state(this.line.open ? "open" : "lost");
    this.fit();
  }

  fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 160)}px`;
  }

  // Everything the page says by itself, in the language of the person it belongs to.
  introduce() {
    const { you, words } = this;
    words.use(you.language, you.words);
    const role = `role_${you.role}`;
    this.title.textContent = you.name;
    this.role.textContent = words.knows(role) ? words.say(role) : "";
    this.face.textContent = (you.name || "?").slice(0, 1);
    this.pane.lang = words.language.replace("_", "-");
    this.box.placeholder = words.say("placeholder");
    this.box.setAttribute("aria-label", words.say("message_as", you));
    this.log.setAttribute("aria-label", words.say("conversation", you));
    this.langs.setAttribute("aria-label", words.say("language"));
    this.go.setAttribute("aria-label", words.say("send"));
    this.newest.setAttribute("aria-label", words.say("newest"));
    this.tray.introduce(you.files);
    this.pane.dataset.drop = words.say("drop");
    this.offer(you.languages ?? LANGUAGES);
    this.older.textContent = words.say("more");
    this.invite();
    this.state(this.trouble ?? "connecting");
  }

  offer(languages) {
    const held = this.langs.contains(document.activeElement);
    this.langs.replaceChildren(...languages.map((one) => this.switch(one)));
    if (held) this.langs.querySelector("[aria-pressed=true]")?.focus();
  }

  switch([code, name]) {
    const button = press(code.slice(0, 2).toUpperCase(), "", () => this.line.send({ type: "say", text: `/${name.toLowerCase()}` }));
    const pressed = String(code === this.words.language);
    return attributes(button, { title: name, "aria-label": name, lang: code.replace("_", "-"), "aria-pressed": pressed });
  }

  invite() {
    const key = this.demo && this.words.knows(`hello_${this.you.role}`) ? `hello_${this.you.role}` : "hello";
    const entries = (this.you.menu ?? []).map(([word, does]) => {
      const button = press("", "word", () => this.line.send({ type: "say", text: `/${word}` }));
      button.append(el("kbd", "", word), el("span", "", does));
      return button;
    });
    this.empty.replaceChildren(el("p", "", this.words.say(key, this.you)), el("div", "words", entries));
    this.empty.hidden = this.nodes.size > 0 || !entries.length;
  }

  // -- what the person does -------------------------------------------------------------------

  say() {
    const text = this.box.value.trim();
    if (!(text || this.tray.files.length) || !this.persona.token) return;
    if (JSON.stringify(text).length > LIMIT) { this.complain("too_long", { count: text.length }); return; }
    if (this.tray.files.length) this.share(text); else this.sent({ type: "say", text });
    this.box.value = "";
    this.typed();
    this.box.focus();
  }

  // The files that are attached, with the words as their caption.
  share(text) {
    const files = this.tray.take();
    for (const { id, content } of files) this.line.uploads.hold(id, content);
    this.sent({ type: "share", text, files: files.map(({ content, ...told }) => told) });
  }

  sent(frame, note = {}) {
    const id = this.line.send(frame, note);
    const entry = this.line.waiting.find((one) => one.id === id);
    if (entry) this.await(entry);
  }

  // Show what is on its way: it becomes the real thing when the desk has kept it.
  await(entry) {
    if (!["say", "share"].includes(entry.frame.type)) return;
    const ref = `p${entry.id}`;
    if (this.nodes.has(ref)) return;
    this.put({ type: "message", ref, from: "person", at: Date.now(), text: entry.frame.text, files: entry.frame.files, pending: true });
    this.down();
  }

  pressed(button, node) {
    const message = node.closest(".msg");
    if (message.getAttribute("aria-busy") === "true") return;
    message.setAttribute("aria-busy", "true");
    node.classList.add("pressed");
    this.line.send({ type: "press", token: button.token }, { opens: button.opens_form });
  }

  submit(token, values) {
    if (JSON.stringify(values).length > LIMIT) { this.complain("too_long", { count: JSON.stringify(values).length }); this.form.wait(false); return; }
    this.line.send({ type: "submit", token, values });
  }

  // -- what the line says ---------------------------------------------------------------------

  part({ id }, share) {
    const time = this.nodes.get(`p${id}`)?.querySelector("time");
    if (time) time.textContent = `${this.words.say("sending")} ${Math.floor(share * 100)} %`;
  }

  landed({ frame, note }, kept) {
    if (frame.type === "share") this.line.uploads.let(frame.files.map((one) => one.id));
    if (frame.type === "press") this.unbusy();
    if (kept.reply) this.reply(kept.reply);
    else if (frame.type === "submit") this.form?.done(); // sent twice: the chat shows where it stands
    else if (note.opens && !kept.new) this.line.send(frame, {}); // the page it opened was lost on the way
  }

  refused({ frame, id }, why, file) {
    this.unbusy();
    if (frame.type === "share") this.restore(frame.files, file);
    if (["say", "share"].includes(frame.type)) {
      this.remove(`p${id}`);
      this.box.value = [frame.text, this.box.value].filter(Boolean).join("\n");
      this.typed();
    }
    this.form?.wait(false);
    this.complain(why, { ...(file ? this.tray.gaps(file) : {}), count: why === "file_many" ? this.tray.limits.most : JSON.stringify(frame).length });
  }

  // What was attached is attached again, but for the one that is not taken.
  restore(files, bad) {
    const { held } = this.line.uploads;
    this.tray.put(files.filter((one) => one !== bad && held.has(one.id)).map((one) => ({ ...one, content: held.get(one.id) })));
    this.line.uploads.let(files.map((one) => one.id));
  }

  unbusy() {
    this.list.querySelectorAll("[aria-busy=true]").forEach((node) => {
      node.removeAttribute("aria-busy");
      node.querySelectorAll(".pressed").forEach((button) => button.classList.remove("pressed"));
    });
  }

  reply(reply) {
    if (reply.type === "form_errors") { this.form?.mend(reply.errors); return; }
    this.form?.done();
    this.form = reply.type === "form_page" ? new Form(reply, this.words, this.persona.token, (token, values) => this.submit(token, values)) : null;
  }

  waits() { this.state(this.trouble); }

  complain(name, gaps = {}) {
    this.gaps = { limit: LIMIT, ...gaps };
    this.state(name);
  }

  state(name) {
    this.trouble = name;
    if (!this.line) { this.status.textContent = name === "no_token" ? this.words.say(name) : ""; return; }
    const waiting = this.line.waiting.length;
    const said = name === "open" ? "" : this.words.say(name, this.gaps);
    const more = waiting === 1 ? this.words.say("wait_one") : this.words.say("wait_many", { count: waiting });
    const text = waiting && name === "lost" ? `${said} ${more}` : said;
    if (this.status.textContent !== text) this.status.textContent = text;
    this.pane.classList.toggle("offline", !["open", "not_understood", ...COMPLAINTS].includes(name));
  }

  frame(frame) {
    const does = { you: this.met, history: this.told, message: this.message, strip: this.strip }[frame.type];
    if (does) does.call(this, frame);
  }

  met(you) {
    this.you = { ...this.you, ...you };
    this.introduce();
    this.days();
    this.pane.dispatchEvent(new CustomEvent("dealdesk-you", { bubbles: true }));
  }

  // All that is kept: the page becomes that, without touching what has not changed.
  told({ messages, more }) {
    this.log.setAttribute("aria-busy", "true");
    const known = new Set(messages.map((one) => one.ref));
    for (const entry of this.line.waiting) known.add(`p${entry.id}`);
    for (const ref of [...this.nodes.keys()]) if (!known.has(ref)) this.remove(ref);
    messages.forEach((one) => this.put(one));
    const order = messages.map((one) => this.nodes.get(one.ref));
    if (order.some((node, n) => this.list.children[n] !== node)) this.list.prepend(...order);
    this.older.hidden = !more;
    this.days();
    this.log.removeAttribute("aria-busy");
    if (this.following) this.down();
  }

  message(frame) {
    const fresh = !this.nodes.has(frame.ref);
    this.put(frame);
    this.days();
    if (this.following) this.down();
    else if (fresh) this.newest.hidden = false;
    this.pane.dispatchEvent(new CustomEvent("dealdesk-news", { bubbles: true, detail: { from: frame.from } }));
  }

  strip({ ref }) {
    const node = this.nodes.get(ref);
    if (node) this.put({ ...JSON.parse(this.sources.get(ref)), quiet: true });
  }

  // -- messages -------------------------------------------------------------------------------

  put(frame) {
    const { ref, from, at, text, files = [], show, quiet: still = false, pending = false } = frame;
    const source = JSON.stringify({ ref, from, at, text, files: files.map((one) => one.name), show, quiet: still, pending });
    if (this.sources.get(ref) === source) return;
    this.sources.set(frame.ref, source);
    const node = this.made(frame);
    const old = this.nodes.get(frame.ref);
    this.nodes.set(frame.ref, node);
    if (!old) this.list.append(node); else this.exchange(old, node);
    this.empty.hidden = true;
  }

  made(frame) {
    const own = frame.from === "person";
    const node = own ? this.own(frame) : draw(frame.show, (button, node) => this.pressed(button, node), this.words);
    if (frame.quiet) quiet(node);
    if (frame.pending) node.classList.add("pending");
    const time = attributes(el("time", "", frame.pending ? this.words.say("sending") : this.words.time(frame.at, this.you.zone)), { datetime: new Date(frame.at).toISOString() });
    (node.querySelector("header, .said") ?? node).prepend(time);
    node.dataset.ref = frame.ref;
    node.dataset.at = frame.at;
    this.open(node);
    return node;
  }

  own({ text, files = [] }) {
    const sent = files.map((one) => el("li", "", icon("clip"), this.words.file(one)));
    const said = text ? el("p", "", text) : null;
    return el("article", "msg own", el("div", "said", sent.length ? el("div", "sent", el("ul", "", sent), said) : said));
  }

  // An address of ours is shown on this page where it can be, else opened with this person's key.
  open(node) {
    node.querySelectorAll("a.ours").forEach((link) => {
      if (!this.demo) link.href += `#${this.persona.token}`;
      link.addEventListener("click", (event) => {
        const asked = new CustomEvent("dealdesk-open", { bubbles: true, cancelable: true, detail: link.getAttribute("href") });
        if (!link.dispatchEvent(asked)) event.preventDefault();
      });
    });
  }

  exchange(old, node) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(node);
    if (focused) (node.querySelector(".choices button, .lines button, .controls button.primary") ?? this.box).focus();
  }

  remove(ref) {
    this.nodes.get(ref)?.remove();
    this.nodes.delete(ref);
    this.sources.delete(ref);
    this.empty.hidden = this.nodes.size > 0;
  }

  days() {
    let last = "";
    for (const node of this.list.children) {
      const day = this.words.day(Number(node.dataset.at), this.you.zone);
      if (day === last) delete node.dataset.day; else node.dataset.day = day;
      last = day;
    }
  }

  // -- scrolling ------------------------------------------------------------------------------

  near() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR; }

  // At once: in the middle of a gliding scroll nobody could say where the reader is.
  down() {
    this.following = true;
    this.newest.hidden = true;
    this.log.scrollTop = this.nodes.size ? this.log.scrollHeight : 0; // what is offered at first begins at its top
  }

  scrolled() {
    this.following = this.near();
    if (this.following) this.newest.hidden = true;
  }
}
