// Making nodes. Whatever a person wrote goes in as text, never as HTML.

export function el(tag, cls = "", ...children) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  node.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

export function attributes(node, given) {
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  return node;
}

export function press(text, cls, does) {
  const node = el("button", cls, text);
  node.type = "button";
  if (does) node.addEventListener("click", does);
  return node;
}

export function rows(facts) {
  return el("dl", "", facts.map((row) => [el("dt", "", row.label), el("dd", "", row.value)]));
}

const DRAWN = {
  clip: "m20 11-8.5 8.5a5 5 0 0 1-7-7l9-9a3.5 3.5 0 0 1 5 5l-9 9a2 2 0 0 1-3-3L15 6",
  send: "M3 11.5 21 3l-6.5 18-3.5-7.5z",
  down: "M12 5v13m-6-6 6 6 6-6",
  form: "M5 4h14v16H5zM8 9h8M8 13h8M8 17h5",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const picture = attributes(document.createElementNS(space, "svg"), { viewBox: "0 0 24 24", "aria-hidden": "true", class: `icon ${name}` });
  picture.append(attributes(document.createElementNS(space, "path"), { d: DRAWN[name] }));
  return picture;
}

export const uid = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

// A place in this tab's memory: it outlives a reload, and nobody else reads it.
export class Place {
  constructor(name) { this.name = `dealdesk.${name}`; }
  read(otherwise) {
    try { return JSON.parse(sessionStorage.getItem(this.name)) ?? otherwise; } catch { return otherwise; }
  }
  write(value) {
    try {
      if (value === null) sessionStorage.removeItem(this.name); else sessionStorage.setItem(this.name, JSON.stringify(value));
    } catch { /* a browser that keeps nothing still works until the reload */ }
  }
}
