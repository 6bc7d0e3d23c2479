// The files that go with the next message: chosen, dropped or pasted. What the desk would not take is
// refused here, before anything is sent.

import { attributes, el, icon, press, uid } from "./dom.js";

const TAKEN = "image/*,audio/*,video/*,.pdf,.txt,.csv,.zip,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp";

export class Tray {
  // `complains` is called with a sentence's key and what goes into it, `changed` when the person attached or left out some.
  constructor(words, { complains, changed }) {
    Object.assign(this, { words, complains, changed });
    this.files = [];
    this.limits = { most: Infinity, bytes: Infinity }; // until the desk has said
    this.list = el("ul", "tray");
    this.list.hidden = true;
    this.input = attributes(el("input"), { type: "file", multiple: true, accept: TAKEN, hidden: true });
    this.input.addEventListener("change", () => { this.add([...this.input.files]); this.input.value = ""; });
    this.clip = press("", "attach", () => this.input.click());
    this.clip.append(icon("clip"));
  }

  introduce(limits) {
    this.limits = limits ?? this.limits;
    this.clip.setAttribute("aria-label", this.words.say("attach"));
    this.clip.title = this.words.say("attach");
    this.list.setAttribute("aria-label", this.words.say("attached"));
    this.draw();
  }

  // Read at once: a file that is moved or changed later goes as it was chosen.
  async add(files) {
    for (const file of files) {
      const why = this.unfit(file);
      if (why) { this.complains(why, this.gaps(file)); continue; }
      const one = { id: uid(), name: file.name, size: file.size, media: file.type };
      this.files.push(one);
      try {
        one.content = new Blob([await file.arrayBuffer()]);
      } catch { // such as a folder
        this.files = this.files.filter((other) => other !== one);
        this.complains("file_unread", this.gaps(file));
      }
    }
    this.draw();
    this.changed();
  }

  unfit(file) {
    if (file.size > this.limits.bytes) return "file_large";
    if (!file.size) return "file_empty";
    return this.files.length >= this.limits.most ? "file_many" : "";
  }

  gaps({ name, size }) {
    const { most, bytes } = this.limits;
    return { name, size: this.words.size(size), count: most, limit: this.words.size(bytes) };
  }

  // All that are ready; what is still being read stays for the next message.
  take() {
    const ready = this.files.filter((one) => one.content);
    this.files = this.files.filter((one) => !one.content);
    this.draw();
    return ready;
  }

  put(files) {
    this.files = [...files, ...this.files];
    this.draw();
  }

  leave(one) {
    this.files = this.files.filter((other) => other !== one);
    this.draw();
    this.changed();
  }

  draw() {
    this.list.replaceChildren(...this.files.map((one) => this.chip(one)));
    this.list.hidden = !this.files.length;
  }

  chip(one) {
    const out = press("✕", "", () => this.leave(one));
    const label = this.words.say("leave_out", one);
    return el("li", "", this.words.file(one), attributes(out, { "aria-label": label, title: label }));
  }

  // Files that are dropped on the pane, or pasted into the box where no text comes with them.
  receives(pane, box) {
    const brings = (event) => event.dataTransfer?.types.includes("Files");
    for (const name of ["dragenter", "dragover"]) pane.addEventListener(name, (event) => { if (brings(event)) pane.classList.add("dropping"); });
    pane.addEventListener("dragleave", (event) => { if (!pane.contains(event.relatedTarget)) pane.classList.remove("dropping"); });
    pane.addEventListener("drop", (event) => {
      pane.classList.remove("dropping");
      if (brings(event)) { this.add([...event.dataTransfer.files]); box.focus(); }
    });
    // One that misses the pane would take the page's place in the browser.
    for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => { if (brings(event)) event.preventDefault(); });
    box.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (!files.length || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      this.add(files);
    });
  }
}
