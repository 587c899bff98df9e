"""Look at a page as somebody who may be kept out of it: axe-core, keys, narrow screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Findings that keep somebody out; what is moderate or minor is not looked at.
_GRAVE = {"serious", "critical"}


#: Rules of axe-core that depend on colours and on the width of the screen.
_OF_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]


def barriers(page: Page, *, looks_alone: bool = False) -> list[str]:
    """List what axe-core finds serious or critical: rule, and where.

    Args:
        page: What is looked at.
        looks_alone: Ask only what other colours or another width can change.
    """
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if looks_alone:
        options["runOnly"] = _OF_LOOKS
    found: dict[str, Any] = Axe().run(page, options=options).response
    return [
        f"{one['id']}: {node['target'][0]}: {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in _GRAVE
        for node in one["nodes"][:3]
    ]


def overflows(page: Page) -> list[str]:
    """List what makes a page wider than its screen."""
    wide: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("main *, header *, footer *")]
            .filter(e => e.getBoundingClientRect().right > width + 1
              && !e.closest(".scroll, .rooms, .pages, pre, svg, [class*=scroll]"))
            .slice(0, 5)
            .map(e => e.outerHTML.slice(0, 120));
        }"""
    )
    return wide


def watch(page: Page) -> list[str]:
    """Collect what the page complains of, and every request that leaves the board."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda message: (
            troubles.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            troubles.append(request.url)
            if not request.url.startswith(("http://127.0.0.1", "data:"))
            else None
        ),
    )
    return troubles
