// Block Kit as DOM nodes. `context` is {names, state, errors, act, search}: who is called what, what
// was entered, what is wrong with it, and what to do when somebody acts.

import { element, inline, markdown, mrkdwn, textObject } from "/__page/mrkdwn.js";
import { field } from "/__page/fields.js";

export function drawBlocks(blocks, context) {
  return blocks.map((block) => {
    const draw = BLOCKS[block.type] ?? ((unknown) => element("div", "unknown", unknown.type));
    const box = draw(block, context);
    box.classList.add("block", block.type);
    box.dataset.block = block.block_id;
    return box;
  });
}

const BLOCKS = {
  header: (block, { names }) => {
    const box = element("h3");
    box.append(...textObject({ ...block.text, type: "plain_text" }, names).childNodes);
    return box;
  },
  divider: () => element("hr"),
  section: (block, context) => {
    const box = element("div");
    const words = element("div", "words");
    if (block.text) words.append(textObject(block.text, context.names));
    if (block.fields) words.append(fields(block.fields, context.names));
    box.append(words);
    if (block.accessory) box.append(part(block, block.accessory, context));
    return box;
  },
  context: (block, { names }) => {
    const box = element("div");
    for (const each of block.elements) {
      box.append(each.type === "image" ? image(each) : textObject(each, names));
    }
    return box;
  },
  actions: (block, context) => {
    const box = element("div");
    box.append(...block.elements.map((each) => part(block, each, context)));
    return box;
  },
  input: (block, context) => {
    const box = element("div");
    const label = element("label", "label", block.label.text);
    if (block.optional) label.append(element("span", "optional", " (optional)"));
    const entry = field(block, block.element, context);
    label.htmlFor = entry.id;
    box.append(label, entry);
    if (block.hint) box.append(element("div", "hint", block.hint.text));
    const wrong = context.errors?.[block.block_id];
    if (wrong) {
      box.classList.add("wrong");
      box.append(element("div", "error", wrong));
    }
    return box;
  },
  image: (block) => {
    const box = element("figure");
    if (block.title) box.append(element("figcaption", "", block.title.text));
    box.append(image(block));
    return box;
  },
  markdown: (block, { names }) => {
    const box = element("div");
    box.append(markdown(block.text, names));
    return box;
  },
  rich_text: (block, { names }) => {
    const box = element("div");
    box.append(...block.elements.map((each) => rich(each, names)));
    return box;
  },
};

function fields(given, names) {
  const grid = element("div", "fields");
  grid.append(...given.map((each) => textObject(each, names)));
  return grid;
}

function image(each) {
  const picture = element("img");
  picture.src = each.image_url ?? "";
  picture.alt = each.alt_text;
  return picture;
}

function rich(each, names) {
  const tags = { rich_text_list: "ul", rich_text_quote: "blockquote", rich_text_preformatted: "pre" };
  const box = element(tags[each.type] ?? "div");
  for (const inside of each.elements ?? []) {
    if (inside.elements) {
      const row = element(each.type === "rich_text_list" ? "li" : "div");
      row.append(...rich(inside, names).childNodes);
      box.append(row);
    } else {
      box.append(...inline(inside.text ?? inside.url ?? "", names));
    }
  }
  return box;
}

function part(block, each, context) {
  if (each.type === "image") return image(each);
  if (each.type === "button") return button(block, each, context);
  return field(block, each, context);
}

function button(block, each, context) {
  const made = element("button", `button ${each.style ?? ""}`);
  made.type = "button";
  made.append(...textObject(each.text, context.names).childNodes);
  made.onclick = async () => {
    if (each.confirm && !(await confirmed(each.confirm, context.names))) return;
    if (each.url) window.open(each.url, "_blank", "noreferrer");
    made.classList.add("waiting");
    await context.act("presses", block, each);
    made.classList.remove("waiting");
  };
  return made;
}

function confirmed(question, names) {
  const dialog = element("dialog", "confirm");
  const form = element("form");
  form.method = "dialog";
  const [no, yes] = [element("button", "button", question.deny.text), element("button", "button primary", question.confirm.text)];
  no.value = "no";
  yes.value = "yes";
  if (question.style === "danger") yes.className = "button danger filled";
  const row = element("div", "row");
  row.append(no, yes);
  const words = question.text.type === "mrkdwn" ? mrkdwn(question.text.text, names) : textObject(question.text, names);
  form.append(element("h3", "", question.title.text), words, row);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.onclose = () => {
      dialog.remove();
      done(dialog.returnValue === "yes");
    };
  });
}
