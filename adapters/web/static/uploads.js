// Files on their way to the desk: one after another, each under an id of its own, with the same id
// again after every kind of failure. Knows no page and no order; both are the line's.

const PATIENCE = 300_000; // as long as the desk waits for a file
const REFUSED = { 400: "file_empty", 413: "file_large", 415: "file_kind" };

export class Uploads {
  constructor(token) {
    this.token = token;
    this.held = new Map(); // contents by id, until the desk has their message
    this.there = new Set(); // ids of those that the desk has
  }

  get busy() { return this.held.size > 0; }

  hold(id, content) { this.held.set(id, content); }

  let(ids) {
    for (const id of ids) { this.held.delete(id); this.there.delete(id); }
  }

  // Returns nothing when the desk has them all, else which file it was and why. One whose content is
  // not here was lost in a reload, or is with the desk already: the desk will say.
  async carry(files, told) {
    for (const file of files.filter((one) => this.held.has(one.id) && !this.there.has(one.id))) {
      const why = await this.send(file, told);
      if (why) return { why, file };
      this.there.add(file.id);
    }
    return null;
  }

  send({ id }, told) {
    return new Promise((done) => {
      const request = this.request = new XMLHttpRequest();
      request.open("POST", `/upload/${id}`);
      request.timeout = PATIENCE;
      request.setRequestHeader("authorization", `Bearer ${this.token}`);
      request.setRequestHeader("content-type", "application/octet-stream");
      request.upload.addEventListener("progress", (event) => told(event.loaded / event.total));
      request.addEventListener("load", () => done(request.status === 200 ? "" : REFUSED[request.status] ?? "store"));
      for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => done("store"));
      request.send(this.held.get(id));
    });
  }

  stop() { this.request?.abort(); }
}
