// Lists everybody there is, with their chats; a newcomer gets the next free number.
import { avatar, element } from "/__page/look/parts.js";

const list = document.querySelector("#people");
const form = document.querySelector("#newcomer");
let taken = new Set();

function card(person, chat) {
  const words = element("div", "words", [
    element("b", "", [chat.id > 0 ? person.name : `${person.name} in ${chat.title}`]),
    element("p", "", [chat.last || "no messages yet"]),
  ]);
  const link = element("a", "card", [avatar(person.name), words, element("i", "", [person.language])]);
  link.href = `/__page?person=${person.id}&chat=${chat.id}`;
  return link;
}

async function show() {
  const { people } = await (await fetch("/__page/people")).json();
  taken = new Set(people.map((person) => person.id));
  list.replaceChildren(...people.flatMap((person) => person.chats.map((chat) => card(person, chat))));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  let id = 1;
  while (taken.has(id)) id += 1;
  const person = { id, ...Object.fromEntries(new FormData(form)) };
  const response = await fetch("/__page/people", { method: "POST", body: JSON.stringify(person) });
  if (response.ok) location.href = `/__page?person=${id}`;
});

show();
setInterval(show, 2000);
