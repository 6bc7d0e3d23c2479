// The pieces that both pages are made of.

export function element(tag, className = "", children = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

const COLOURS = ["#e17076", "#7bc862", "#65aadd", "#a695e7", "#ee7aae", "#6ec9cb", "#faa774"];

export function avatar(name) {
  const made = element("span", "avatar", [name.slice(0, 1).toUpperCase()]);
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  made.style.setProperty("--colour", COLOURS[sum % COLOURS.length]);
  return made;
}

export async function act(person, does, details = {}) {
  const body = JSON.stringify({ person, does, with: details });
  const response = await fetch("/__control/act", { method: "POST", body });
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.error);
  return answer.result;
}
