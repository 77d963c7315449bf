// Makes the cells of the map reachable by keyboard: arrows move, Enter and space choose.
export default function ({ data }) {
  const cells = () => [...document.querySelectorAll(".st-key-coverage-scroll path[aria-label]")];
  const reach = () => {
    const all = cells();
    if (all.length && !all.some((cell) => cell.tabIndex === 0)) all[0].tabIndex = 0;
  };
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: data.columns, ArrowUp: -data.columns };
  const press = (event) => {
    const all = cells();
    const place = all.indexOf(event.target);
    if (place < 0) return;
    if (event.key in steps) {
      const next = all[place + steps[event.key]];
      if (next) {
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      }
    } else if (event.key === "Enter" || event.key === " ") {
      const { x, y, width, height } = event.target.getBoundingClientRect();
      const where = { bubbles: true, clientX: x + width / 2, clientY: y + height / 2 };
      event.target.dispatchEvent(new MouseEvent("click", where));
    } else return;
    event.preventDefault();
  };
  const drawn = new MutationObserver(reach);
  drawn.observe(document.body, { childList: true, subtree: true });
  reach();
  document.addEventListener("keydown", press);
  return () => {
    drawn.disconnect();
    document.removeEventListener("keydown", press);
  };
}
