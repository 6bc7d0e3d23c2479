// The CRM that comes with dealdesk, to look into: each opportunity with all that stands in it.
// Texts come from the server as they are to be read; docs/web.md says in which shape.

import { attributes, el, rows } from "./dom.js";

const PAUSE = 2_000;
const LONG = 44; // characters from which a value takes a whole line
const WORDS = {
  en: { title: "CRM", about: "what stands in the CRM", nothing: "Nothing is recorded yet.", soon: "What is confirmed in the chat appears here at once: the opportunity, the meeting, the next step, the decision.", known: "It knows some companies already: answer “Müller” or “Airbus” when you are asked for the customer.", customer: "Customer", owner: "Salesperson", decision: "Decision", meetings: "Meetings", files: "Files", activities: "Next steps", history: "History", min: "min", done: "done", open: "to do", due: "due", gone: "This opportunity is not in the ledger.", stranger: "Open this page from your chat: it needs your own link.", lost: "No connection: this is how it stood last.", all: "All opportunities", one: "1 opportunity", many: "{count} opportunities" },
  de: { title: "CRM", about: "was im CRM steht", nothing: "Noch ist nichts erfasst.", soon: "Was im Chat bestätigt wird, steht sofort hier: die Verkaufschance, der Termin, der nächste Schritt, die Entscheidung.", known: "Einige Firmen kennt es schon: Antworte „Müller“ oder „Airbus“, wenn nach dem Kunden gefragt wird.", customer: "Kunde", owner: "Vertrieb", decision: "Entscheidung", meetings: "Termine", files: "Dateien", activities: "Nächste Schritte", history: "Verlauf", min: "Min.", done: "erledigt", open: "offen", due: "bis", gone: "Diese Verkaufschance steht nicht im CRM.", stranger: "Öffne diese Seite aus deinem Chat: Sie braucht deinen eigenen Link.", lost: "Keine Verbindung: So stand es zuletzt.", all: "Alle Verkaufschancen", one: "1 Verkaufschance", many: "{count} Verkaufschancen" },
};

export class Ledger {
  // `only` is the id of one opportunity; `token` a key for readers of an installation that has people.
  constructor({ token = "", only = null, demo = false } = {}) {
    this.demo = demo;
    this.token = token;
    this.only = only;
    this.words = WORDS.en;
    this.wanted = null; // id of an opportunity that somebody wants to see
    this.drawn = new Map(); // cards by id, with what they were drawn from
    this.list = attributes(el("div", "log deals"), { tabindex: "0" });
    this.title = el("h2", "", "");
    this.title.id = "ledger-title";
    this.about = el("small", "", "");
    const face = attributes(el("span", "face", "€"), { "aria-hidden": "true" });
    this.status = attributes(el("p", "state"), { role: "status" });
    this.pane = attributes(el("section", "pane ledger", el("header", "who", face, el("div", "", this.title, this.about)), this.list, this.status), { "aria-labelledby": "ledger-title" });
    document.addEventListener("dealdesk-news", () => this.refresh());
    document.addEventListener("visibilitychange", () => this.refresh());
    setInterval(() => this.refresh(), PAUSE);
    this.name();
    this.refresh();
  }

  name(count = 0) {
    const { title, about, one, many } = this.words;
    this.title.textContent = title;
    this.about.textContent = count ? (count === 1 ? one : many.replace("{count}", count)) : about;
  }

  async refresh() {
    if (document.hidden || this.asking) return;
    this.asking = true;
    try {
      await this.ask();
    } catch {
      this.status.textContent = this.words.lost;
    } finally {
      this.asking = false;
    }
  }

  async ask() {
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
    const answer = await fetch(`/ledger.json${this.only === null ? "" : `?only=${this.only}`}`, { headers });
    if (answer.status === 403) { this.status.textContent = this.words.stranger; return; }
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    this.status.textContent = "";
    if (text === this.seen) return;
    this.show(JSON.parse(text));
    this.seen = text;
  }

  show({ language, stages, deals }) {
    this.words = WORDS[language] ?? WORDS.en;
    this.pane.lang = language;
    this.name(deals.length);
    this.list.querySelectorAll(".empty").forEach((node) => node.remove());
    if (!deals.length) this.list.replaceChildren(this.nothing());
    const known = new Set(deals.map((deal) => deal.id));
    for (const [id, { node }] of this.drawn) if (!known.has(id)) { node.remove(); this.drawn.delete(id); }
    deals.forEach((deal, place) => this.put(deal, stages, place));
    if (this.wanted) this.point(this.wanted);
    this.pane.dispatchEvent(new CustomEvent("dealdesk-deals", { bubbles: true, detail: { deals, fresh: this.seen !== undefined } }));
  }

  nothing() {
    const { gone, nothing, soon, known } = this.words;
    return el("div", "empty", this.only === null ? [el("p", "", nothing), el("p", "", soon), this.demo ? el("p", "", known) : null] : el("p", "", gone));
  }

  put(deal, stages, place) {
    const source = JSON.stringify(deal);
    const known = this.drawn.get(deal.id);
    if (known?.source === source) return;
    const node = this.deal(deal, stages);
    if (known) {
      const open = [...known.node.querySelectorAll("details[open]")].map((one) => one.dataset.key);
      node.querySelectorAll("details").forEach((one) => { one.open = open.includes(one.dataset.key) || one.open; });
      known.node.replaceWith(node);
    } else {
      this.list.insertBefore(node, this.list.children[place] ?? null);
    }
    if (this.seen !== undefined) { node.classList.add("fresh"); if (!known) this.list.scrollTo({ top: 0 }); }
    this.drawn.set(deal.id, { node, source });
  }

  deal(deal, stages) {
    const { words } = this;
    const facts = [{ label: words.customer, value: deal.customer || "–" }, { label: words.owner, value: deal.owner || "–" }, ...deal.fields];
    const card = el("article", "deal",
      el("header", "", el("h3", "", deal.title), deal.tags.map((tag) => el("span", "tag", tag))),
      this.stages(deal.stage, stages),
      deal.decision ? this.decision(deal.decision) : null,
      el("dl", "facts", facts.map((fact) => el("div", fact.value.length > LONG ? "wide" : "", el("dt", "", fact.label), el("dd", "", fact.value)))),
      this.part(words.activities, deal.activities.map((one) => this.activity(one))),
      this.part(words.meetings, deal.meetings.map((one) => this.meeting(one))),
      this.part(words.files, deal.files.map((one) => (one.src ? this.picture(one) : this.file(one)))),
      this.part(words.history, deal.notes.map((one, n) => this.note(one, deal.notes.length - n))));
    card.id = `deal-${deal.id}`;
    return attributes(card, { tabindex: "-1" });
  }

  stages(stage, stages) {
    const all = stages.includes(stage) ? stages : [stage || "–"];
    const at = all.indexOf(stage);
    return el("ol", "stages", all.map((name, n) => attributes(el("li", n < at ? "past" : "", name), { "aria-current": n === at && "step" })));
  }

  decision({ tone, rows: facts }) {
    const [verdict, ...rest] = facts;
    return el("section", `decision ${tone}`, el("h4", "", this.words.decision), el("p", "verdict", verdict.value), rows(rest));
  }

  picture({ name, src }) {
    const image = attributes(el("img", "picture"), { src, alt: name, loading: "lazy" });
    const link = attributes(el("a", "frame"), { href: src, target: "_blank", rel: "noopener noreferrer" });
    link.append(image);
    return link;
  }

  part(heading, nodes) {
    return nodes.length ? el("section", "part", el("h4", "", heading), nodes) : null;
  }

  activity({ summary, due, owner, done }) {
    const mark = attributes(el("span", `mark ${done ? "done" : ""}`), { role: "img", "aria-label": done ? this.words.done : this.words.open });
    return el("p", `activity ${done ? "done" : ""}`, mark, el("span", "", summary), el("small", "", `${this.words.due} ${due}${owner ? ` · ${owner}` : ""}`));
  }

  meeting({ subject, start, minutes, location, held }) {
    return el("p", "meeting", el("span", "", subject), el("small", "", [start, `${minutes} ${this.words.min}`, location, held].filter(Boolean).join(" · ")));
  }

  file({ name, type, size }) {
    return el("p", "meeting", el("span", "", name), el("small", "", `${type} · ${Math.ceil(size / 1024)} KB`));
  }

  note({ title, author, at, rows: facts }, number) {
    const node = el("details", "note", el("summary", "", el("b", "", title), el("small", "", `${author} · ${at}`)), rows(facts.filter((row) => row.value)));
    node.dataset.key = String(number);
    return node;
  }

  // Bring one opportunity before the reader's eyes, as soon as it is here.
  point(id) {
    const card = this.drawn.get(id)?.node;
    this.wanted = card ? null : id;
    if (!card) { this.refresh(); return; }
    card.scrollIntoView({ block: "start", behavior: "smooth" });
    card.classList.remove("fresh");
    requestAnimationFrame(() => card.classList.add("fresh"));
    card.focus({ preventScroll: true });
  }
}
