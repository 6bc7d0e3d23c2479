// The inputs of Block Kit: selects, boxes, dates and text fields. Each tells `context.act` what was
// entered, in the words that a person would use (visible texts, dates as 2026-12-24).

import { element, textObject } from "/__page/mrkdwn.js";

let count = 0;

export function field(block, each, context) {
  const draw = FIELDS[each.type] ?? unknown;
  const entered = context.state?.[block.block_id]?.[each.action_id] ?? {};
  const enter = (value, options) => context.act("enters", block, each, { value, options });
  const box = draw(each, entered, enter, { ...context, block });
  if (!box.id) box.id = `field-${(count += 1)}`;
  return box;
}

const placeholder = (each, otherwise = "") => each.placeholder?.text ?? otherwise;
// How much must be typed before the app is asked.
const least = (each) => (each.type.includes("external") ? (each.min_query_length ?? 3) : 0);
const offered = (each) => [...(each.options ?? []), ...(each.option_groups ?? []).flatMap((g) => g.options)];

const FIELDS = {
  plain_text_input: (each, entered, enter, context) => written(each, entered, enter, context),
  email_text_input: (each, entered, enter, context) => written(each, entered, enter, context, "email"),
  url_text_input: (each, entered, enter, context) => written(each, entered, enter, context, "url"),
  number_input: (each, entered, enter, context) => written(each, entered, enter, context, "text"),
  static_select: (each, entered, enter) => menu(each, entered.selected_option, enter),
  overflow,
  radio_buttons: (each, entered, enter) => boxes("radio", each, [entered.selected_option], enter),
  checkboxes: (each, entered, enter) => boxes("checkbox", each, entered.selected_options ?? [], enter),
  datepicker: (each, entered, enter) => picker("date", entered.selected_date, enter),
  timepicker: (each, entered, enter) => picker("time", entered.selected_time, enter),
  multi_static_select: (each, entered, enter) =>
    several(each, entered.selected_options ?? [], async (query) => matching(offered(each), query), enter),
  external_select: (each, entered, enter, context) =>
    single(each, entered.selected_option, (query) => context.search(context.block, each, query), enter),
  multi_external_select: (each, entered, enter, context) =>
    several(each, entered.selected_options ?? [], (query) => context.search(context.block, each, query), enter),
  users_select: (each, entered, enter, context) =>
    people(each, entered.selected_user, context, enter),
  conversations_select: (each, entered, enter, context) =>
    people(each, entered.selected_conversation, context, enter),
  channels_select: (each, entered, enter, context) =>
    people(each, entered.selected_channel, context, enter),
};

function unknown(each) {
  return element("div", "unknown", each.type);
}

function written(each, entered, enter, context, kind = "text") {
  const box = element(each.multiline ? "textarea" : "input", "written");
  if (!each.multiline) box.type = kind;
  box.value = entered.value ?? "";
  box.placeholder = placeholder(each);
  if (each.multiline) box.rows = 4;
  if (each.max_length) box.maxLength = each.max_length;
  const waits = context.block.type === "input" && !context.block.dispatch_action;
  box.onchange = () => waits && enter(box.value || null);
  box.onkeydown = (event) => {
    if (!waits && event.key === "Enter") enter(box.value || null);
  };
  return box;
}

function menu(each, chosen, enter) {
  const box = element("select", "menu");
  box.append(new Option(placeholder(each, "Select an option"), "", !chosen, !chosen));
  for (const group of each.option_groups ?? []) {
    const inside = element("optgroup");
    inside.label = group.label.text;
    inside.append(...group.options.map((o) => choice(o, chosen)));
    box.append(inside);
  }
  box.append(...(each.options ?? []).map((o) => choice(o, chosen)));
  box.onchange = () => enter(box.value || null);
  return box;
}

function choice(option, chosen) {
  const selected = chosen?.value === option.value;
  return new Option(option.text.text, option.text.text, selected, selected);
}

function overflow(each, entered, enter) {
  const box = element("details", "overflow");
  const list = element("div", "menu-list");
  for (const option of each.options) {
    const row = element("button", "", option.text.text);
    row.type = "button";
    row.onclick = () => {
      box.open = false;
      enter(option.text.text);
    };
    list.append(row);
  }
  box.append(element("summary", "button", "…"), list);
  return box;
}

function boxes(kind, each, chosen, enter) {
  const box = element("div", "boxes");
  const name = `group-${(count += 1)}`;
  for (const option of each.options) {
    const row = element("label");
    const mark = element("input");
    mark.type = kind;
    mark.name = name;
    mark.value = option.text.text;
    mark.checked = chosen.some((o) => o?.value === option.value);
    mark.onchange = () => enter(kind === "radio" ? mark.value : marked(box));
    const words = element("span");
    words.append(textObject(option.text, {}));
    if (option.description) words.append(element("small", "", option.description.text));
    row.append(mark, words);
    box.append(row);
  }
  return box;
}

const marked = (box) => [...box.querySelectorAll("input:checked")].map((mark) => mark.value);

function picker(kind, chosen, enter) {
  const box = element("input", "picker");
  box.type = kind;
  box.value = chosen ?? "";
  box.onchange = () => box.value && enter(box.value);
  return box;
}

const matching = (options, query) =>
  options.filter((o) => o.text.text.toLowerCase().includes(query.toLowerCase()));

function people(each, chosen, { names }, enter) {
  const prefix = each.type.startsWith("users") ? "U" : "C";
  const known = Object.entries(names).filter(([id]) => id.startsWith(prefix));
  const options = known.map(([id, name]) => ({ text: { text: name }, value: id }));
  const current = options.find((o) => o.value === chosen);
  const byId = (text) => enter(options.find((o) => o.text.text === text)?.value ?? null);
  return single(each, current, async (query) => matching(options, query), byId);
}

// A text field with a list below it; `find(query)` gives options.
function combo(find, choose, hint, least) {
  const box = element("div", "combo");
  const typed = element("input");
  typed.placeholder = hint;
  typed.autocomplete = "off";
  typed.id = `field-${(count += 1)}`;
  const list = element("div", "menu-list");
  list.hidden = true;
  let asked = 0;
  const show = async () => {
    const mine = (asked += 1);
    list.hidden = true;
    if (typed.value.length < least) return;
    const options = await find(typed.value);
    if (mine !== asked) return;
    list.replaceChildren(...(options.length ? options.map(row) : [element("div", "none", "No results")]));
    list.hidden = false;
  };
  const row = (option) => {
    const made = element("button", "", option.text.text);
    made.type = "button";
    if (option.description) made.append(element("small", "", option.description.text));
    made.onmousedown = (event) => {
      event.preventDefault();
      list.hidden = true;
      choose(option, typed);
    };
    return made;
  };
  typed.onclick = show;
  let rest;
  typed.oninput = () => {
    clearTimeout(rest);
    rest = setTimeout(show, 250);
  };
  typed.onblur = () => (list.hidden = true);
  box.append(typed, list);
  return [box, typed];
}

function single(each, chosen, find, enter) {
  const [box, typed] = combo(find, (option) => {
    typed.value = option.text.text;
    enter(option.text.text, [option]);
  }, placeholder(each, "Select an option"), least(each));
  typed.value = chosen?.text.text ?? "";
  return box;
}

function several(each, chosen, find, enter) {
  const picked = [...chosen];
  const [box, typed] = combo(find, (option) => {
    if (!picked.some((o) => o.value === option.value)) picked.push(option);
    typed.value = "";
    told();
  }, placeholder(each, "Select options"), least(each));
  const told = () => {
    redraw();
    enter(picked.map((o) => o.text.text), picked);
  };
  const redraw = () => {
    box.querySelectorAll(".chip").forEach((chip) => chip.remove());
    for (const option of picked) {
      const chip = element("span", "chip", option.text.text);
      const away = element("button", "", "×");
      away.type = "button";
      away.onclick = () => {
        picked.splice(picked.indexOf(option), 1);
        told();
      };
      chip.append(away);
      box.insertBefore(chip, typed);
    }
  };
  redraw();
  return box;
}
