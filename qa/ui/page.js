// What Streamlit leaves out around a page: its language, one step back for one step forward,
// buttons that copy and print.
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

export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (data.chosen) {
    const lasting = `path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    document.cookie = `qa-language=${data.language}; ${lasting}`;
  }
  countSteps();
  document.addEventListener("click", press);
  return () => document.removeEventListener("click", press);
}
