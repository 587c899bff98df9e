// Live pages: what changed on this page appears without a reload.
// Without this script the page stays as it is, and a link loads it again.

const place = document.getElementById("live");
const main = document.getElementById("main");
const NAMED = 3;
const LONG = 80;
const LISTS = new Set(["TBODY", "UL", "OL", "DL"]);
const FIELDS = new Set(["INPUT", "SELECT", "TEXTAREA", "BUTTON", "OPTION"]);
const STOPS = "a[href], button, summary, input, select, textarea, [tabindex]";
const AGAIN = 30000;

let source = null;
let isRunning = false;
let waiting = null;

const address = () => location.pathname + location.search;

// Words for a person: the heading of the row, then what the cell says.
function wordsOf(element) {
  const row = element.closest("tr, li, section");
  const head = row && row.querySelector("th[scope=row], h2, h3, a");
  const text = (node) => node.innerText.replace(/\s+/g, " ").trim().slice(0, LONG);
  const own = text(element);
  return head && !head.contains(element) && element !== row ? `${text(head)}: ${own}` : own;
}

function isInHand(element) {
  const at = document.activeElement;
  if (!at || !element.contains(at)) return false;
  return at.matches("input:not([type=hidden]), textarea, select, [contenteditable]");
}

const isWritten = () =>
  [...main.querySelectorAll("form[method=post] :is(input, textarea)")].some(
    (one) => one.type !== "hidden" && "defaultValue" in one && one.value !== one.defaultValue,
  );

// What the reader opened or marked himself is no difference.
function sameAttributes(old, fresh) {
  const of = (node) =>
    [...node.attributes]
      .filter(({ name }) => name !== "open")
      .map(({ name, value }) => `${name}=${value}`)
      .sort()
      .join("\n");
  return of(old) === of(fresh);
}

// What a script of the page added (data-made) is in no answer, and stays.
const partsOf = (node) => [...node.childNodes].filter((one) => !one.dataset || !("made" in one.dataset));

function compare(old, fresh, changed) {
  if (old.isEqualNode(fresh)) return;
  const ours = partsOf(old);
  const theirs = [...fresh.childNodes];
  const isAlike =
    ours.length === theirs.length &&
    ours.every((node, at) => node.nodeType === theirs[at].nodeType && node.nodeName === theirs[at].nodeName) &&
    ours.some((node) => node.nodeType === Node.ELEMENT_NODE);
  if (isAlike && sameAttributes(old, fresh) && !ours.some((node, at) =>
    node.nodeType === Node.TEXT_NODE && node.data !== theirs[at].data)) {
    ours.forEach((node, at) => {
      if (node.nodeType === Node.ELEMENT_NODE) compare(node, theirs[at], changed);
    });
    return;
  }
  if (isInHand(old)) {
    changed.isHeld = true;
    return;
  }
  if (old === main) {
    main.replaceChildren(...fresh.childNodes);
    changed.isWhole = true;
    return;
  }
  if (LISTS.has(old.nodeName) && sameAttributes(old, fresh)) {
    renewList(old, fresh, changed);
    return;
  }
  const copy = document.importNode(fresh, true);
  if (old.hasAttribute("open")) copy.setAttribute("open", "");
  const isSilent = old.isEqualNode(copy);
  old.replaceWith(copy);
  if (isSilent || FIELDS.has(old.nodeName)) return;
  copy.dataset.changed = "";
  changed.push(copy);
}

// Rows that came or differ are marked; those that are as before stay as they are.
function renewList(old, fresh, changed) {
  const kept = new Map([...old.children].map((one) => [one.outerHTML, one]));
  const rows = [...fresh.children].map((one) => {
    const known = kept.get(one.outerHTML);
    if (known) {
      kept.delete(one.outerHTML);
      return known;
    }
    const copy = document.importNode(one, true);
    copy.dataset.changed = "";
    changed.push(copy);
    return copy;
  });
  old.replaceChildren(...rows);
}

function say(text, withLink) {
  place.hidden = false;
  place.firstElementChild.textContent = text;
  place.lastElementChild.hidden = !withLink;
}

function tell(changed) {
  if (changed.isHeld || changed.isWhole) return say(place.dataset.whole, changed.isHeld);
  if (!changed.length) return undefined;
  const words = [...new Set(changed.map(wordsOf))].filter(Boolean);
  if (!words.length) return undefined;
  words.sort((one, other) => one.length - other.length);
  const more = words.length > NAMED ? " …" : "";
  return say(`${place.dataset.some} ${words.slice(0, NAMED).join("; ")}${more}`, false);
}

const nameOf = (stop) => stop.id || stop.name || stop.getAttribute("href") || stop.textContent;

// Where the focus is: what is renewed under it leaves it there, and nobody begins anew.
function spot() {
  const node = document.activeElement;
  const at = [...main.querySelectorAll(STOPS)].indexOf(node);
  return at < 0 ? null : { node, at, name: nameOf(node) };
}

function backTo(held) {
  if (!held || held.node.isConnected) return;
  const stops = [...main.querySelectorAll(STOPS)];
  const near = (one, other) => Math.abs(stops.indexOf(one) - held.at) - Math.abs(stops.indexOf(other) - held.at);
  const [same] = stops.filter((stop) => nameOf(stop) === held.name).sort(near);
  const there = same || stops[Math.min(held.at, stops.length - 1)];
  if (there) there.focus({ preventScroll: true });
}

let isAsked = false;

async function renew() {
  isAsked = true;
  if (isRunning) return;
  isRunning = true;
  try {
    while (isAsked) {
      isAsked = false;
      await load();
    }
  } finally {
    isRunning = false;
  }
}

async function load() {
  const answer = await fetch(address(), { cache: "no-cache", credentials: "same-origin" });
  if (answer.redirected || !answer.ok) return;
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) return;
  if (isWritten()) {
    if (!main.isEqualNode(fresh)) say(place.dataset.whole, true);
    return;
  }
  const before = [...main.querySelectorAll("[data-changed]")];
  before.forEach((one) => one.removeAttribute("data-changed"));
  const changed = [];
  const held = spot();
  compare(main, fresh, changed);
  backTo(held);
  if (!changed.length) before.forEach((one) => one.setAttribute("data-changed", ""));
  for (const name of [".lens-words", "footer"]) {
    const [old, other] = [document.querySelector(name), page.querySelector(name)];
    if (old && other && !old.isEqualNode(other)) old.replaceWith(document.importNode(other, true));
  }
  tell(changed);
}

function open() {
  if (source || document.hidden) return;
  clearTimeout(waiting);
  source = new EventSource(`/live?page=${encodeURIComponent(address())}`);
  source.addEventListener("here", () => renew().catch(() => {}));
  source.addEventListener("change", () => renew().catch(() => {}));
  source.addEventListener("end", close);
  source.addEventListener("error", () => {
    if (source && source.readyState === EventSource.CLOSED) {
      close();
      waiting = setTimeout(open, AGAIN);
    }
  });
}

function close() {
  if (source) source.close();
  source = null;
  clearTimeout(waiting);
}

if (place && main) {
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
