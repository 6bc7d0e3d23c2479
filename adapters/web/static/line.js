// The connection to the desk. What a person does waits in a line until the desk has kept it: one
// frame at a time, in order, with the same id again after every kind of failure. Knows no page.

import { Place, uid } from "./dom.js";
import { Uploads } from "./uploads.js";

const PAUSES = [250, 500, 1000, 2000, 4000];
const STRANGER = 4403, STRANGER_PAUSE = 15_000;
const PATIENCE = 12_000; // an answer that takes longer will not come on this connection
const AGAIN = 2_000; // after the desk could not save something
export const LIMIT = 60_000; // characters of a frame

export class Line {
  constructor(token, hearer) {
    this.token = token;
    this.hearer = hearer; // state(name, detail), frame(frame), waits(count), part(entry, share), landed(entry, frame), refused(entry, why, file)
    this.place = new Place(`line.${token}`);
    this.waiting = this.place.read([]);
    this.uploads = new Uploads(token);
    this.tries = 0;
    this.open = false;
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
  }

  connect() {
    clearTimeout(this.timer);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws`);
    this.socket = socket;
    const ours = (does) => (event) => { if (socket === this.socket) does(event); };
    socket.addEventListener("open", ours(() => socket.send(JSON.stringify({ type: "hello", token: this.token }))));
    socket.addEventListener("message", ours((event) => this.heard(JSON.parse(event.data))));
    socket.addEventListener("close", ours((event) => this.lost(event.code, event.reason)));
  }

  hurry() {
    if (this.socket && this.socket.readyState === WebSocket.CLOSED) this.connect();
  }

  lost(code = 0, reason = "") {
    const socket = this.socket;
    this.open = false;
    this.rest();
    const stranger = code === STRANGER;
    const pause = stranger ? STRANGER_PAUSE : PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    this.hearer.state(stranger ? reason || "stranger" : reason === "store" ? "store" : "lost");
    this.timer = setTimeout(() => { if (socket === this.socket) this.connect(); }, pause);
  }

  // Nothing is under way any more; what was goes again.
  rest() {
    this.flying = this.trip = null;
    this.uploads.stop();
    clearTimeout(this.late);
    clearTimeout(this.again);
  }

  heard(frame) {
    if (frame.type === "kept") this.landed(frame);
    else if (frame.type === "error") this.failed(frame);
    else this.hearer.frame(frame);
    if (frame.type === "history") this.opened();
  }

  opened() {
    this.tries = 0;
    this.open = true;
    this.hearer.state("open");
    this.flush();
  }

  // `note` stays here, for whoever hears what became of it.
  send(frame, note = {}) {
    const entry = { id: uid(), frame, note };
    this.waiting.push(entry);
    this.changed();
    this.flush();
    return entry.id;
  }

  flush() {
    const entry = this.waiting[0];
    if (!this.open || this.flying || !entry) return;
    this.flying = entry.id;
    if (entry.frame.files) this.carry(entry); else this.post(entry);
  }

  // The files of a message go before it: the desk takes it when it has what it names.
  async carry(entry) {
    const trip = this.trip = {};
    const left = await this.uploads.carry(entry.frame.files, (share) => this.hearer.part(entry, share));
    if (trip !== this.trip) return; // the connection was lost meanwhile: it goes again
    if (left) this.failed({ id: entry.id, ...left }); else this.post(entry);
  }

  post(entry) {
    this.socket.send(JSON.stringify({ id: entry.id, ...entry.frame }));
    this.late = setTimeout(() => this.giveUp(), PATIENCE);
  }

  giveUp() {
    const socket = this.socket;
    this.lost();
    socket.close(); // its own close event comes late where the network is gone; nobody waits for it
    this.connect();
  }

  landed(frame) {
    const entry = this.taken(frame.id);
    if (entry) this.hearer.landed(entry, frame);
    this.flush();
  }

  failed(frame) {
    if (frame.why === "store") {
      this.rest();
      this.hearer.state("store");
      this.again = setTimeout(() => this.flush(), AGAIN);
      return;
    }
    const entry = this.taken(frame.id || this.flying);
    if (entry) this.hearer.refused(entry, frame.why, frame.file);
    this.flush();
  }

  taken(id) {
    const entry = this.waiting.find((one) => one.id === id);
    this.waiting = this.waiting.filter((one) => one.id !== id);
    if (this.flying === id) this.rest();
    this.changed();
    if (this.open) this.hearer.state("open");
    return entry;
  }

  changed() {
    this.place.write(this.waiting.length ? this.waiting : null);
    this.hearer.waits(this.waiting.length);
  }
}
