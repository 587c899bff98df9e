// Keys of the inbox. Everything they do is a link or a button of the page, too.
(() => {
  "use strict";
  const typing = (node) =>
    node.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const press = (selector) => {
    const node = document.querySelector(selector);
    if (node) node.click();
    return Boolean(node);
  };
  const focus = (selector) => {
    const node = document.querySelector(selector);
    if (node) node.focus();
    return Boolean(node);
  };
  const step = (by) => {
    const rows = [...document.querySelectorAll("a.queue-row")];
    if (!rows.length) return press(by > 0 ? "a[rel=next]" : "a[rel=prev]");
    const at = rows.indexOf(document.activeElement);
    const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    rows[to].focus();
    return true;
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("button[data-key=a], button[value=record]"),
    e: () => focus("#statement"),
    g: () => press("a[data-key=g]") || focus("#reliability"),
    r: () => focus("[data-focus=r]"),
    u: () => press("button[data-key=u]"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape" && typing(event.target)) {
      event.target.blur();
      return;
    }
    if (typing(event.target) || !Object.hasOwn(keys, event.key)) return;
    if (keys[event.key]()) event.preventDefault();
  });
  const passage = document.getElementById("passage");
  const text = passage && passage.closest(".document");
  if (text) text.scrollTop = passage.offsetTop - text.offsetTop - text.clientHeight / 3;
})();
