// What Streamlit leaves out around a page: the language of the page, and one step back for one
// step forward.
const YEAR_SECONDS = 31_536_000;

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

export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (data.chosen) {
    const lasting = `path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    document.cookie = `qa-language=${data.language}; ${lasting}`;
  }
  countSteps();
}
