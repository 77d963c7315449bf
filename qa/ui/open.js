// Tells the application which element with `data-qa-open` or `data-qa-decide` was pressed.
export default function ({ setTriggerValue }) {
  const tell = (event) => {
    const decided = event.target.closest?.("[data-qa-decide]");
    if (decided) setTriggerValue("decided", decided.dataset.qaDecide);
    const pressed = event.target.closest?.("[data-qa-open]");
    if (pressed) setTriggerValue("opened", pressed.dataset.qaOpen);
  };
  document.addEventListener("click", tell);
  return () => document.removeEventListener("click", tell);
}
