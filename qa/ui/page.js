// What Streamlit leaves out around a page: its language, one step back for one step forward,
// buttons that copy and print, the place of the keyboard, a menu that closes on a phone.
const YEAR_SECONDS = 31_536_000;
const SAID_MS = 3000;

// Going to another page adds its bare address, and the page then adds what it carries: one step
// for the reader, who would otherwise go back to where they are.
function countSteps() {
  if (globalThis.qaSteps) return;
  globalThis.qaSteps = true;
  const push = history.pushState.bind(history);
  let moved = false;
  history.pushState = (state, title, url) => {
    const completes = moved && new URL(url, location.href).pathname === location.pathname;
    moved = new URL(url, location.href).pathname !== location.pathname;
    if (completes) history.replaceState(state, title, url);
    else push(state, title, url);
  };
}

// Pages that come without TLS have no clipboard but the old one.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function press(event) {
  if (event.target.closest?.("[data-qa-print]")) window.print();
  const button = event.target.closest?.("[data-qa-copy]");
  if (!button) return;
  await copy(button.dataset.qaCopy);
  button.focus();
  const said = button.parentElement.querySelector("[data-qa-said]");
  said.textContent = said.dataset.qaSaid;
  setTimeout(() => { said.textContent = ""; }, SAID_MS);
}

// What Streamlit says in English: names read aloud anywhere but in documents, and its own lines.
const OWN = '[data-testid="stFileUploader"], [role="option"], [data-testid="InputInstructions"]';

function translate(root, texts) {
  if (!(root instanceof Element) || root.closest(".stHtml")) return;
  for (const name of ["aria-label", "title"]) {
    for (const one of [root, ...root.querySelectorAll(`[${name}]`)]) {
      const said = texts[one.getAttribute(name)];
      if (said) one.setAttribute(name, said);
    }
  }
  const owned = root.closest(OWN) ? [root] : root.querySelectorAll(OWN);
  for (const one of owned) {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const said = texts[walker.currentNode.nodeValue.trim()];
      if (said) walker.currentNode.nodeValue = said;
    }
  }
}

function watch(texts) {
  translate(document.body, texts);
  const seen = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach((node) => translate(node, texts));
      else if (type === "attributes") translate(target, texts);
      else translate(target.parentElement, texts);
    }
    keepPlace();
  });
  seen.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-label", "title"],
  });
  return seen;
}

// A button that is drawn anew after a press would leave the keyboard at the top of the page.
let pressed = "";

function rememberPlace(event) {
  const button = event.target.closest?.("button");
  const keyed = button?.closest('[class*="st-key-"]');
  pressed = [...(keyed?.classList ?? [])].find((name) => name.startsWith("st-key-")) ?? "";
}

function keepPlace() {
  if (!pressed || document.activeElement !== document.body) return;
  document.querySelector(`.${CSS.escape(pressed)} button`)?.focus({ preventScroll: true });
}

function forgetPlace(event) {
  if (!event.target.closest?.(`.${CSS.escape(pressed || "none")}`)) pressed = "";
}

// On a phone the menu of the pages lies over the page.
const NARROW = matchMedia("(max-width: 768px)");

function closeMenu() {
  if (!NARROW.matches) return;
  const menu = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
  menu?.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

function choose(event) {
  if (event.target.closest?.('[data-testid="stSidebarNavLink"]')) setTimeout(closeMenu, 0);
}

const LISTENERS = [
  ["click", press],
  ["click", choose],
  ["click", rememberPlace],
  ["focusin", forgetPlace],
];

export default function ({ data }) {
  document.documentElement.lang = data.language;
  // What opens over the page is drawn beside the application, and would not know that it is dark.
  const { colorScheme } = getComputedStyle(document.querySelector(".stApp"));
  document.documentElement.style.colorScheme = colorScheme;
  if (data.chosen) {
    const lasting = `path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    document.cookie = `qa-language=${data.language}; ${lasting}`;
  }
  if (!globalThis.qaSteps) closeMenu();
  countSteps();
  const seen = watch(data.texts);
  for (const [name, act] of LISTENERS) document.addEventListener(name, act);
  return () => {
    seen.disconnect();
    for (const [name, act] of LISTENERS) document.removeEventListener(name, act);
  };
}
