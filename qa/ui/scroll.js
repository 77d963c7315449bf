// Brings the marked words of the source into view, once for each key.
// The elements are drawn by other parts of the page, so they are looked for until they are there.
const PATIENCE_MS = 5000;

function centre(scroller, target) {
  const frame = scroller.getBoundingClientRect();
  const box = target.getBoundingClientRect();
  const room = Math.max((frame.height - box.height) / 2, frame.height * 0.15);
  scroller.scrollTop += box.top - frame.top - Math.min(room, frame.height * 0.3);
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

function show({ key, panel: expected, turn, follow }) {
  const panel = document.querySelector(`[data-qa-panel="${CSS.escape(key)}"]`);
  const question = document.querySelector(`[data-qa-turn="${turn}"]`);
  if ((expected && !panel) || (turn !== null && !question)) return false;
  const messages = document.querySelector(".st-key-messages");
  const target = panel?.querySelector("[data-qa-target]");
  if (false) centre(panel, target);
  else if (panel) panel.scrollTop = 0;
  if (follow && panel && stacked(panel, messages)) {
    (target ?? panel).scrollIntoView({ block: target ? "center" : "start" });
  } else if (!follow && question) {
    bringUp(messages, question);
  }
  return true;
}

export default function ({ data }) {
  if (globalThis.qaShown === data.key) return undefined;
  const started = performance.now();
  let frame = 0;
  const attempt = () => {
    if (show(data)) globalThis.qaShown = data.key;
    else if (performance.now() - started < PATIENCE_MS) frame = requestAnimationFrame(attempt);
  };
  frame = requestAnimationFrame(attempt);
  return () => cancelAnimationFrame(frame);
}
