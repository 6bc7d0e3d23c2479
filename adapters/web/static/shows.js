// Draws what the desk shows: a question, a review, a notice, a card. Knows no connection: `does`
// is called with the button that was pressed.

import { attributes, el, icon, press, rows } from "./dom.js";

const SHORT = 4; // characters of a button that stands in a row with its like, as on a scale

export function draw(show, does, words) {
  return DRAWS[show.type](show, does, words);
}

const DRAWS = { ask, review, notice, card, picture };

function ask(show, does, words) {
  return bubble("ask", [
    head(show.title, show.steps > 1 ? `${show.step} / ${show.steps}` : ""),
    show.steps > 1 ? progress(show, words) : null,
    remarks(show),
    el("p", "prompt", show.prompt),
    show.hint ? el("p", "hint", show.hint) : null,
    buttons(show.choices, does, "choices"),
    buttons(show.controls, does, "controls"),
  ]);
}

function review(show, does, words) {
  const lines = show.rows.map((row) => {
    const line = press("", "line");
    line.addEventListener("click", () => does(row.edit, line));
    line.append(el("span", "label", row.label), el("span", "value", row.value));
    return attributes(line, { title: row.edit.text, "aria-label": `${row.label}: ${row.value}. ${row.edit.text}` });
  });
  return bubble("ask", [
    head(show.title),
    remarks(show),
    el("p", "prompt", show.prompt),
    el("div", "lines", lines),
    buttons(show.controls, does, "controls"),
  ]);
}

function notice(show, does) {
  return bubble(`notice ${show.tone}`, [
    el("p", "text", show.text),
    show.rows.length ? rows(show.rows) : null,
    link(show.link),
    buttons(show.buttons, does, "choices"),
  ]);
}

function card(show, does) {
  const sections = show.sections.map((section) => el("section", "", el("h4", "", section.heading), el("ul", "", section.lines.map((line) => el("li", "", line)))));
  return bubble(`card ${show.tone}`, [
    head(show.title),
    rows(show.facts),
    sections.length ? el("div", "sections", sections) : null,
    link(show.link),
    show.verdict ? el("p", "verdict", show.verdict) : null,
    buttons(show.buttons, does, "choices"),
  ]);
}

// Without an address the picture could not be drawn: the figures stand as text in any case.
function picture(show, does) {
  return bubble("notice info", [
    el("p", "text", show.text),
    show.src ? image(show.src, show.alt) : null,
    show.rows.length ? rows(show.rows) : null,
    link(show.link),
    buttons(show.buttons, does, "choices"),
  ]);
}

function image(src, alt) {
  const node = attributes(el("img", "picture"), { src, alt, loading: "lazy", decoding: "async" });
  const frame = attributes(el("a", "frame"), { href: src, target: "_blank", rel: "noopener noreferrer" });
  frame.append(node);
  return frame;
}

function bubble(cls, parts) {
  return el("article", `msg desk ${cls}`, parts.filter(Boolean));
}

function head(title, step = "") {
  return el("header", "", el("h3", "", title), step ? el("span", "step", step) : null);
}

function progress(show, words) {
  const bar = el("progress");
  bar.max = show.steps;
  bar.value = show.step;
  return attributes(bar, { "aria-label": words.say("step", show) });
}

function remarks(show) {
  return [
    show.echo ? el("p", "echo", show.echo) : null,
    show.refusal ? el("p", "refusal", show.refusal) : null,
  ].filter(Boolean);
}

function buttons(given, does, cls) {
  if (!given.length) return null;
  const ticking = given.some((one) => one.selected);
  const cells = given.some((one) => one.text.length > SHORT) ? "wide" : "";
  return el("div", `buttons ${cls} ${cells}`.trim(), given.map((one) => button(one, does, ticking)));
}

function button(given, does, ticking) {
  const node = press(given.opens_form ? "" : given.text, `${given.style} ${given.selected ? "selected" : ""}`.trim(), () => does(given, node));
  if (given.opens_form) node.append(icon("form"), given.text);
  return ticking ? attributes(node, { "aria-pressed": String(given.selected) }) : node;
}

// An address of another kind, such as javascript:, is no link.
export function link(given) {
  if (!given) return null;
  const ours = /^\/(?!\/)/.test(given.url);
  if (!ours && !/^https?:\/\//i.test(given.url)) return null;
  const node = el("a", ours ? "ours" : "", given.text);
  return attributes(node, { href: given.url, target: "_blank", rel: "noopener noreferrer" });
}

// Takes what can be pressed out of a message that something newer has replaced.
export function quiet(node) {
  node.querySelectorAll(".buttons").forEach((one) => one.remove());
  node.querySelectorAll("button.line").forEach((line) => line.replaceWith(el("div", "line", ...line.childNodes)));
  node.classList.add("quiet");
}
