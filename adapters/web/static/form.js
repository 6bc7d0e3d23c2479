// A form page: several questions at once. What was typed is kept in this tab until the desk has
// taken it, whatever happens to the dialog, the connection or the page.

import { Place, attributes, el, press } from "./dom.js";

const NUMERIC = { money: "decimal", percent: "decimal", number: "decimal" };

export class Form {
  // `sends` gets (token, values); `closed` is called when the person closes it.
  constructor(page, words, token, sends) {
    this.page = page;
    this.words = words;
    this.sends = sends;
    this.draft = new Place(`form.${token}.${page.title}`);
    this.returns = document.activeElement;
    this.node = this.drawn();
    document.body.append(this.node);
    this.node.addEventListener("close", () => { this.node.remove(); this.returns?.focus?.(); });
    this.node.showModal();
    this.form.addEventListener("input", () => this.remember());
    this.form.addEventListener("change", () => this.remember());
  }

  drawn() {
    const kept = this.draft.read({});
    const fields = this.page.fields.map((field) => this.field(field, kept[field.id] ?? field.initial));
    const close = press(this.page.close, "", () => this.node.close());
    this.submit = attributes(el("button", "primary", this.page.submit), { type: "submit" });
    this.summary = attributes(el("p", "refusal"), { role: "alert" });
    this.form = attributes(el("form", "", el("h2", "", this.page.title), el("div", "fields", this.summary, fields), el("footer", "", close, this.submit)), { novalidate: true });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.go(); });
    const dialog = el("dialog", "", this.form);
    this.form.querySelector("h2").id = "form-title";
    return attributes(dialog, { "aria-labelledby": "form-title", lang: this.words.language });
  }

  values() {
    const data = new FormData(this.form);
    return Object.fromEntries(this.page.fields.map((field) => [field.id, data.getAll(field.id).map(String)]));
  }

  remember() { this.draft.write(this.values()); }

  go() {
    if (this.busy) return;
    this.wait(true);
    this.sends(this.page.token, this.values());
  }

  wait(busy) {
    this.busy = busy;
    this.submit.disabled = busy;
    this.form.setAttribute("aria-busy", String(busy));
  }

  // The desk took it all.
  done() {
    this.draft.write(null);
    this.node.close();
  }

  // The desk did not take some of it: a sentence beside each field, what was typed stays.
  mend(errors) {
    this.wait(false);
    const said = new Map(errors);
    this.form.querySelectorAll("[data-question]").forEach((field) => this.mark(field, said.get(field.dataset.question) ?? ""));
    this.summary.textContent = said.size ? this.words.say("mend") : "";
    this.form.querySelector("[aria-invalid=true]")?.focus();
  }

  mark(field, sentence) {
    field.querySelector(".error").textContent = sentence;
    field.querySelectorAll("input, textarea").forEach((input) => {
      if (sentence) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
    });
  }

  field(field, values) {
    const error = attributes(el("p", "error"), { id: `error-${field.id}` });
    const hint = field.hint ? attributes(el("p", "hint", field.hint), { id: `hint-${field.id}` }) : null;
    const about = [hint ? hint.id : "", error.id].filter(Boolean).join(" ");
    const label = [field.label, field.optional ? el("small", "", ` (${this.words.say("optional")})`) : null];
    const node = field.options.length ? this.options(field, values, label, hint, error, about) : this.text(field, values, label, hint, error, about);
    node.dataset.question = field.id;
    return node;
  }

  options(field, values, label, hint, error, about) {
    const type = field.kind === "multi_choice" ? "checkbox" : "radio";
    const options = field.options.map(([id, text]) => {
      const input = Object.assign(el("input"), { type, name: field.id, value: id, checked: values.includes(id) });
      return el("label", "option", input, text);
    });
    const set = el("fieldset", "field", el("legend", "", ...label), hint, el("div", `options ${field.kind}`, options), error);
    return attributes(set, { "aria-describedby": about });
  }

  text(field, values, label, hint, error, about) {
    const long = field.kind === "long_text";
    const input = Object.assign(el(long ? "textarea" : "input"), { name: field.id, value: values[0] ?? "", id: `field-${field.id}` });
    attributes(input, { "aria-describedby": about, autocomplete: "off", inputmode: NUMERIC[field.kind], rows: long ? 3 : null, type: long ? null : "text" });
    const name = attributes(el("label", "", ...label), { for: input.id });
    return el("div", "field", name, hint, input, error);
  }
}
