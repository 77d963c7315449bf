// Brings the marked words of the source into view, or the newest question, once for each key.
// Other parts of the page draw the elements, in pieces: they are kept in place until the page
// is still, or until the reader takes over.
const PATIENCE_MS = 5000;
const STILL_FRAMES = 15;
const TAKEN_OVER = ["wheel", "touchmove", "keydown", "pointerdown"];

function centre(scroller, target) {
  const frame = scroller.getBoundingClientRect();
  const box = target.getBoundingClientRect();
  const above = Math.min(Math.max((frame.height - box.height) / 2, 0), frame.height * 0.3);
  scroller.scrollTop += box.top - frame.top - above;
}

function bringUp(messages, question) {
  if (messages.scrollHeight > messages.clientHeight + 1) {
    const top = messages.getBoundingClientRect().top;
    messages.scrollTop += question.getBoundingClientRect().top - top;
  } else {
    question.scrollIntoView({ block: "start" });
  }
}

function stacked(panel, messages) {
  return !messages || panel.getBoundingClientRect().left < messages.getBoundingClientRect().right;
}

// Scrolls, and returns where things are then; null while something is missing.
function place({ key, panel: expected, turn, follow }) {
  const panel = document.querySelector(`[data-qa-panel="${CSS.escape(key)}"]`);
  const question = document.querySelector(`[data-qa-turn="${turn}"]`);
  if ((expected && !panel) || (turn !== null && !question)) return null;
  const messages = document.querySelector(".st-key-messages");
  const target = panel?.querySelector("[data-qa-target]");
  if (target) centre(panel, target);
  else if (panel) panel.scrollTop = 0;
  if (follow && panel && stacked(panel, messages)) {
    (document.querySelector(".qa-header") ?? panel).scrollIntoView({ block: "start" });
    // Under a title of many lines the words may be too far down.
    if (target && target.getBoundingClientRect().bottom > innerHeight) {
      target.scrollIntoView({ block: "center" });
    }
  } else if (!follow && question) {
    bringUp(messages, question);
  }
  const page = document.querySelector(".qa-page");
  const box = page?.querySelector("[data-qa-target]");
  if (box) centre(page, box);
  const tops = [target ?? panel, question].map((element) => element?.getBoundingClientRect().top);
  return [...tops, panel?.scrollHeight, page?.scrollHeight, messages?.scrollHeight].join();
}

export default function ({ data }) {
  if (globalThis.qaShown === data.key) return undefined;
  const started = performance.now();
  let [frame, still, last] = [0, 0, null];
  const stop = () => {
    cancelAnimationFrame(frame);
    TAKEN_OVER.forEach((event) => window.removeEventListener(event, end, true));
  };
  const end = () => {
    globalThis.qaShown = data.key;
    stop();
  };
  const attempt = () => {
    const now = place(data);
    still = now !== null && now === last ? still + 1 : 0;
    last = now;
    if (still >= STILL_FRAMES || performance.now() - started > PATIENCE_MS) end();
    else frame = requestAnimationFrame(attempt);
  };
  TAKEN_OVER.forEach((event) => window.addEventListener(event, end, true));
  frame = requestAnimationFrame(attempt);
  return stop;
}
