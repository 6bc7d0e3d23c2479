// Shows one person's chat, keeps it up to date, and lets whoever looks at it be that person.
import { act, avatar, element } from "/__page/look/parts.js";

const wanted = new URLSearchParams(location.search);
const person = Number(wanted.get("person"));
const chat = Number(wanted.get("chat") || person);
const where = chat === person ? {} : { chat };
const at = (id) => document.getElementById(id);

function media({ kind, url, name, size, seconds }) {
  if (kind === "photo" || kind === "sticker") {
    const picture = element("img", kind);
    picture.src = url;
    picture.alt = kind === "photo" ? "Photo" : "Sticker 👍";
    return picture;
  }
  if (kind === "voice") {
    const bars = Array.from({ length: 28 }, (_, n) => {
      const bar = element("i");
      bar.style.height = `${4 + ((n * 7) % 13)}px`;
      return bar;
    });
    const length = element("small", "", [`0:${String(seconds).padStart(2, "0")}`]);
    return element("div", "voice", [element("span", "play", ["▶"]), element("div", "wave", bars), length]);
  }
  const words = element("div", "", [element("b", "", [name]), element("small", "", [size])]);
  const link = element("a", "document", [element("span", "sheet", ["↓"]), words]);
  link.href = url;
  link.download = name;
  return link;
}

function quote(reply) {
  return element("div", "quote", [element("b", "", [reply.sender]), element("span", "", [reply.text])]);
}

function bubble(message) {
  const parts = [];
  if (chat < 0 && !message.mine) parts.push(element("b", "sender", [message.sender]));
  if (message.reply) parts.push(quote(message.reply));
  if (message.media) parts.push(media(message.media));
  const text = element("div", "text");
  text.innerHTML = message.html.replace(/(<\/(?:blockquote|pre)>)\n/g, "$1");
  const marks = `${message.edited ? "edited " : ""}${message.time}`;
  const meta = element("span", "meta", [marks, ...(message.mine ? [element("i", "ticks", ["✓✓"])] : [])]);
  text.append(element("span", message.edited ? "room wide" : "room"));
  const bare = message.media && !message.html;
  return element("div", bare ? "bubble bare" : "bubble", [...parts, ...(bare ? [] : [text]), meta]);
}

function keys(message) {
  const rows = message.buttons.map((row) =>
    element("div", "row", row.map((button) => key(message, button))));
  return element("div", "keys", rows);
}

function key(message, button) {
  const made = element("button", `key ${button.style || ""}`, [button.text]);
  if (button.url) made.classList.add("link");
  made.addEventListener("click", () => press(made, message, button));
  return made;
}

async function press(made, message, button) {
  if (button.url) window.open(button.url, "_blank", "noopener");
  made.classList.add("waiting");
  try {
    notice(await act(person, "presses", { button: button.press, message: message.id, ...where }));
  } catch (error) {
    notice({ text: error.message });
  } finally {
    made.classList.remove("waiting");
  }
}

function notice(answer) {
  if (!answer?.text) return;
  if (answer.alert) {
    at("alert").querySelector("p").textContent = answer.text;
    at("alert").showModal();
    return;
  }
  at("toast").textContent = answer.text;
  at("toast").hidden = false;
  setTimeout(() => { at("toast").hidden = true; }, 3000);
}

function line(message, previous) {
  const made = [];
  if (!previous || previous.day !== message.day) made.push(element("p", "day", [message.day]));
  if (message.service && !message.html && !message.media && !message.mine) {
    return [...made, element("p", "day", [message.service])];
  }
  if (message.service) message.html = message.service;
  const group = element("article", message.mine ? "mine" : "theirs", [bubble(message)]);
  if (previous && previous.mine === message.mine && previous.day === message.day) group.classList.add("next");
  group.dataset.id = message.id;
  if (message.buttons.length) group.append(keys(message));
  return [...made, group];
}

let shown = 0;

function showMessages({ messages, description }) {
  const log = at("messages");
  const follows = messages.length !== shown || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const before = log.scrollTop;
  shown = messages.length;
  log.replaceChildren(...messages.flatMap((message, n) => line(message, messages[n - 1])));
  const settle = () => { log.scrollTop = follows ? log.scrollHeight : before; };
  if (!messages.length && description) {
    log.append(element("p", "about", [element("b", "", ["What can this bot do?"]), description]));
  }
  log.querySelectorAll("img").forEach((picture) => picture.addEventListener("load", settle));
  settle();
}

function showBottom(state) {
  const closed = state.standing === "left" || state.standing === "kicked";
  at("start").hidden = !closed || chat < 0;
  at("start").textContent = state.standing === "kicked" ? "Unblock" : "Start";
  at("composer").hidden = closed && chat > 0;
  at("text").placeholder = state.placeholder || "Message";
  const target = state.messages.find((message) => message.id === state.replying_to);
  at("reply").replaceChildren(...(target ? [quote({ sender: target.sender, text: target.html.replace(/<[^>]+>/g, "") })] : []));
  at("reply").hidden = !target;
  at("keyboard").hidden = !state.keyboard.length;
  at("keyboard").replaceChildren(...state.keyboard.map((row) =>
    element("div", "row", row.map((text) => replyKey(text)))));
}

function replyKey(text) {
  const made = element("button", "", [text]);
  made.addEventListener("click", () => act(person, "presses", { button: text, ...where }));
  return made;
}

function showCommands(commands) {
  at("menu").hidden = !commands.length;
  at("commands").replaceChildren(...commands.map(({ command, description }) => {
    const made = element("button", "", [element("b", "", [`/${command}`]), description]);
    made.addEventListener("click", () => { at("commands").hidden = true; say(`/${command}`); });
    return made;
  }));
}

function show(state) {
  document.title = `${state.person.name}: ${state.chat.title}`;
  at("title").textContent = state.chat.title;
  const members = chat < 0 ? `${state.chat.members} members` : "bot";
  at("status").textContent = state.typing ? "typing…" : members;
  at("status").classList.toggle("typing", state.typing);
  at("face").replaceChildren(avatar(state.chat.title));
  showMessages(state);
  showBottom(state);
  showCommands(state.commands);
}

const say = (text) => act(person, "says", { text, ...where });

async function attach(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  if (file.type.startsWith("image/")) await act(person, "sends_photo", { content, ...where });
  else await act(person, "sends_document", { name: file.name, content, ...where });
}

at("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  at("text").value = "";
  if (text) say(text);
});
at("file").addEventListener("change", () => attach(at("file").files[0]));
at("start").addEventListener("click", () => act(person, "starts"));
at("menu").addEventListener("click", () => { at("commands").hidden = !at("commands").hidden; });
at("messages").addEventListener("click", (event) => {
  const command = event.target.closest?.('a[href^="#/"]');
  if (!command) return;
  event.preventDefault();
  say(command.getAttribute("href").slice(1));
});

async function follow(after) {
  const response = await fetch(`/__page/state?person=${person}&chat=${chat}&after=${after}`);
  const state = await response.json();
  show(state);
  return state.count;
}

for (let count = -1; ;) {
  try {
    count = await follow(count);
  } catch {
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
  }
}
