"""Go through a page as somebody who has a keyboard and no mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

#: Everything that a hand on the keyboard must come to, in the order of the page.
_REACHABLE = """() => {
window.reachable = () => {
  const inner = 'a[href], button, input:not([type=hidden]), select, textarea, '
    + 'details > summary:first-of-type, [tabindex], [contenteditable]';
  const isScrolled = (node) => {
    const style = getComputedStyle(node);
    const x = /auto|scroll/.test(style.overflowX)
      && node.scrollWidth > node.clientWidth + 1;
    const y = /auto|scroll/.test(style.overflowY)
      && node.scrollHeight > node.clientHeight + 1;
    return (x || y) && !/TEXTAREA|SELECT|INPUT/.test(node.nodeName)
      && node !== document.documentElement && node !== document.body
      && !node.querySelector(inner);  // what can be reached in it scrolls it
  };
  return [...document.querySelectorAll('*')].filter((node) => {
    if (!node.checkVisibility({visibilityProperty: true}) || node.disabled) return false;
    if (node.matches('[tabindex="-1"]')) return false;
    if (node.closest('details:not([open])') && !node.matches('summary')) return false;
    if (node.type === 'radio') {
      const own = document.getElementsByName(node.name);
      return node === ([...own].find((one) => one.checked) || own[0]);
    }
    return node.matches(inner) || isScrolled(node);
  });
};
window.brief = (node) => (node.outerHTML || String(node)).slice(0, 110);
}"""

#: Note each place that the focus comes to, and how it is shown there.
_NOTE = """() => {
window.passed = [];
document.addEventListener('focusin', ({target}) => {
  const style = getComputedStyle(target);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  const box = target.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0
    && box.left < innerWidth && box.width > 0 && box.height > 0;
  window.passed.push({node: target, isShown: ring || style.boxShadow !== 'none',
                      isInside: inside});
});
}"""

_JUDGE = """([from, to]) => {
  const wanted = reachable().filter((_, at) => at < from || at >= to);
  const passed = window.passed.map((one) => one.node);
  const wrong = [];
  const say = (words, node) => wrong.push(words + ': ' + brief(node));
  for (const node of wanted) {
    if (!passed.includes(node)) say('never reached', node);
  }
  const seen = new Set();
  let last = null;
  for (const {node, isShown, isInside} of window.passed) {
    if (seen.has(node)) say('reached twice', node);
    seen.add(node);
    if (!isShown) say('focus is not seen', node);
    if (!isInside) say('focus is out of sight', node);
    if (last && last.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) {
      say('goes back', node);
    }
    last = node;
  }
  for (const node of document.querySelectorAll('[tabindex]')) {
    if (node.tabIndex > 0) say('is put out of its turn', node);
  }
  return wrong.slice(0, 12);
}"""

#: Where siblings stand otherwise than they follow one another, as one reads.
_ORDER = """() => {
  const stops = reachable();
  const wrong = [];
  const parents = new Set();
  for (const stop of stops) {
    for (let up = stop.parentElement; up; up = up.parentElement) parents.add(up);
  }
  for (const parent of parents) {
    const held = [...parent.children].filter((child) =>
      stops.some((stop) => child.contains(stop))
      && !['fixed', 'absolute', 'sticky'].includes(getComputedStyle(child).position));
    for (let at = 1; at < held.length; at += 1) {
      const [a, b] = [held[at - 1], held[at]].map((one) => one.getBoundingClientRect());
      if (![a, b].every((box) => box.width && box.height)) continue;
      const isAbove = b.bottom <= a.top + 1 && b.left < a.right - 1;
      const isLeft = b.right <= a.left + 1 && b.bottom > a.top + 1 && b.top < a.bottom - 1;
      if (isAbove || isLeft) wrong.push(brief(held[at]) + ' after ' + brief(held[at - 1]));
    }
  }
  return wrong.slice(0, 6);
}"""


#: How many stops are walked at either end of a page that has more than both.
_AT_AN_END = 50


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate(
        "for (const one of document.querySelectorAll('details')) one.open = true"
    )


def walk(page: Page) -> list[str]:
    """Press Tab from the top to the end; list what is wrong with where it leads.

    Of a long page the two ends are walked: what lies between them, rows like those
    before them, is left out, since each key waits for the page to be drawn.
    """
    page.evaluate(_REACHABLE)
    page.evaluate(
        """() => { const top = document.createElement('a');
          document.activeElement.blur(); document.body.prepend(top);
          top.tabIndex = -1; top.focus(); top.remove(); scrollTo(0, 0); }"""
    )
    page.evaluate(_NOTE)
    n_stops = page.evaluate("reachable().length")
    skipped = (n_stops, n_stops)
    if n_stops > 2 * _AT_AN_END:
        skipped = (_AT_AN_END, n_stops - _AT_AN_END)
    for at in range(n_stops):
        if skipped[0] <= at < skipped[1]:
            continue
        if at and at == skipped[1]:
            page.evaluate("at => reachable()[at - 1].focus()", at)
        page.keyboard.press("Tab")
    wrong: list[str] = page.evaluate(_JUDGE, list(skipped))
    wrong += page.evaluate(_ORDER)
    page.keyboard.press("Tab")  # the next one leaves the page, and so nothing holds it
    if page.evaluate(
        "document.activeElement !== document.body && !window.passed.length"
    ):
        wrong.append("nothing can be reached")
    page.keyboard.press("Shift+Tab")
    last = "document.activeElement === reachable().at(-1)"
    if not page.evaluate(last):
        wrong.append("going back does not lead to the last")
    return wrong


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until the focus is where it is wanted."""
    node = goal.first.element_handle()
    for _ in range(600):
        there = page.evaluate(
            "node => node.isConnected ? document.activeElement === node : null", node
        )
        if there is None:  # a live page put another node in its place
            node = goal.first.element_handle()
            continue
        if there:
            return
        page.keyboard.press("Tab")
    where: Any = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    raise AssertionError(f"Tab never leads to {goal}; it ended at {where}")


def follow(page: Page, goal: Locator) -> None:
    """Go to a link or a button, press Enter, and wait for where it leads."""
    tab_to(page, goal)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_file(page: Page, goal: Locator, file: Path) -> None:
    """Go to a field for a file, press Space, and choose one.

    A browser that is short of time may swallow the key: then it is pressed again.
    """
    from playwright.sync_api import TimeoutError as Late

    for at in range(4):
        tab_to(page, goal)
        try:
            with page.expect_file_chooser(timeout=8000) as asked:
                page.keyboard.press("Space")
        except Late:
            assert at < 3, "no file can be chosen by the keyboard"
        else:
            asked.value.set_files(file)
            return


def write(page: Page, goal: Locator, text: str) -> None:
    """Go to a field and write in it instead of what it holds."""
    tab_to(page, goal)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def pick(page: Page, goal: Locator, value: str) -> None:
    """Go to a list of choices and walk down to one of them by the arrows."""
    tab_to(page, goal)
    page.keyboard.press("Home")
    for _ in range(goal.locator("option").count()):
        if goal.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never lead to {value}")
