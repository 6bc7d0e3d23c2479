// Slack's text markup as DOM nodes, and avatars. Knows text, not blocks.

const EMOJI = {
  white_check_mark: "✅", x: "❌", warning: "⚠️", question: "❓", tada: "🎉", wave: "👋",
  memo: "📝", calendar: "📅", date: "📅", bulb: "💡", hourglass_flowing_sand: "⏳", clock3: "🕒",
  chart_with_upwards_trend: "📈", bar_chart: "📊", star: "⭐", thumbsup: "👍", "+1": "👍",
  thumbsdown: "👎", "-1": "👎", eyes: "👀", rocket: "🚀", handshake: "🤝", moneybag: "💰",
  paperclip: "📎", link: "🔗", mag: "🔍", bell: "🔔", heavy_check_mark: "✔️", pencil2: "✏️",
  inbox_tray: "📥", outbox_tray: "📤", house: "🏠", arrow_right: "➡️", information_source: "ℹ️",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", trophy: "🏆",
  no_entry: "⛔", lock: "🔒", email: "✉️", telephone_receiver: "📞", speech_balloon: "💬",
};
const COLOURS = ["#1264a3", "#2bac76", "#cd2553", "#e8912d", "#7b3f9d", "#0b4c8c", "#8d5b2b"];

export function avatar(id, name, app = false) {
  const box = element("span", app ? "avatar app" : "avatar");
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  if (!app) box.style.background = COLOURS[sum % COLOURS.length];
  box.textContent = app ? "◆" : name.split(/\s+/).map((part) => part[0]).slice(0, 2).join("");
  box.setAttribute("aria-hidden", "true");
  return box;
}

export function element(tag, kind = "", text) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  return made;
}

const unescape = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const emojis = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

export const emoji = (name) => EMOJI[name] ?? `:${name}:`;

const plain = (text) => document.createTextNode(emojis(unescape(text)));

// The first rule that matches furthest left wins; each gives a node.
const RULES = [
  [/<([^<>\n]+)>/, (found, names) => target(found[1], names)],
  [/```\n?([\s\S]+?)```/, (found) => element("pre", "", unescape(found[1]))],
  [/`([^`\n]+)`/, (found) => element("code", "", unescape(found[1]))],
  [/(?<![\w*])\*([^*\n]+)\*(?![\w*])/, (found, names) => wrap("b", found[1], names)],
  [/(?<![\w_])_([^_\n]+)_(?![\w_])/, (found, names) => wrap("i", found[1], names)],
  [/(?<![\w~])~([^~\n]+)~(?![\w~])/, (found, names) => wrap("s", found[1], names)],
];

function wrap(tag, text, names) {
  const box = element(tag);
  box.append(...inline(text, names));
  return box;
}

function target(inside, names) {
  const [to, label] = inside.split("|");
  if (to.startsWith("@") || to.startsWith("#")) {
    return element("span", "mention", to[0] + (names[to.slice(1)] ?? label ?? to.slice(1)));
  }
  if (to.startsWith("!date")) return plain(label ?? "");
  if (to.startsWith("!")) return element("span", "mention all", label ?? `@${to.slice(1)}`);
  const link = element("a", "", unescape(label ?? to));
  link.href = /^(https?|mailto|tel):/.test(to) ? unescape(to) : "#";
  link.target = "_blank";
  link.rel = "noreferrer";
  return link;
}

export function inline(text, names) {
  const nodes = [];
  let rest = text;
  while (rest) {
    const hits = RULES.map(([rule, make]) => [rule.exec(rest), make]).filter(([hit]) => hit);
    if (!hits.length) break;
    const [hit, make] = hits.reduce((a, b) => (b[0].index < a[0].index ? b : a));
    if (hit.index) nodes.push(plain(rest.slice(0, hit.index)));
    nodes.push(make(hit, names));
    rest = rest.slice(hit.index + hit[0].length);
  }
  if (rest) nodes.push(plain(rest));
  return nodes;
}

export function mrkdwn(text, names) {
  const box = element("div", "text");
  let quote = null;
  for (const line of text.split(/\n(?![^`]*```(?:[^`]*```[^`]*```)*[^`]*$)/)) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quoted) {
      if (!quote) box.append((quote = element("blockquote")));
      quote.append(wrap("div", quoted[1], names));
    } else {
      quote = null;
      const bullet = /^\s*[•-]\s+(.*)$/.exec(line);
      const row = wrap("div", bullet ? bullet[1] : line, names);
      if (bullet) row.className = "bullet";
      if (!line) row.className = "gap";
      box.append(row);
    }
  }
  return box;
}

// The markdown block: headings and strong text on top of the same inline rules.
export function markdown(text, names) {
  const box = element("div", "text");
  for (const line of text.split("\n")) {
    const heading = /^#{1,3}\s+(.*)$/.exec(line);
    const bullet = /^\s*[-*]\s+(.*)$/.exec(line);
    const said = (heading ?? bullet ?? [line, line])[1];
    const slackish = said.replaceAll(/\*\*([^*]+)\*\*/g, "*$1*").replaceAll("~~", "~");
    const row = wrap(heading ? "h4" : "div", slackish.replace(/\[([^\]]+)\]\(([^)]+)\)/g, "<$2|$1>"), names);
    if (bullet) row.className = "bullet";
    if (!line) row.className = "gap";
    box.append(row);
  }
  return box;
}

export function textObject(value, names) {
  if (value.type === "mrkdwn") return mrkdwn(value.text, names);
  const box = element("div", "text");
  box.append(...value.text.split("\n").map((line) => element("div", "", emojis(unescape(line)))));
  return box;
}
