// What the page can do beyond links and forms: results while one types, keys, copying. Everything works without it.
"use strict";

(() => {
  const WAIT_MS = 150;

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  const isTyping = (element) => element instanceof HTMLElement &&
    (element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName));

  // Results while one types

  const box = one("#q");
  const form = box ? box.form : null;
  const notice = one("#notice");
  const SETTLED_MS = 2000;
  let waiting = null;
  let running = null;
  let settling = null;
  // What is typed in one go is one step of the browser's history.
  let isSettled = true;
  let shownAt = location.pathname + location.search;

  /** The address that the form asks for, without what is left empty. */
  const addressOf = (asked) => {
    const pairs = Array.from(new FormData(asked)).filter(([, value]) => value !== "");
    const query = new URLSearchParams(pairs).toString();
    return asked.getAttribute("action") + (query ? "?" + query : "");
  };

  /** Announces a text; what stands elsewhere on the page as well is only heard. */
  const say = (text, isSeen) => {
    if (!notice) return;
    notice.classList.toggle("unseen", !isSeen);
    notice.textContent = text;
  };

  /** Puts the live parts of another page into this one. */
  const take = (other, address) => {
    const title = (part) => one("summary", part)?.textContent;
    const wereOpen = new Map(all("#results details").map((part) => [title(part), part.open]));
    for (const part of all("[data-live]")) {
      const next = other.getElementById(part.id);
      if (next) part.replaceWith(document.adoptNode(next));
    }
    const view = other.getElementById("view");
    if (view) one("#view").className = view.className;
    document.title = other.title;
    for (const part of all("#results details")) {
      if (wereOpen.has(title(part))) part.open = wereOpen.get(title(part));
      else if (part.matches(".filters")) part.open = isWide.matches;
    }
    const asked = new URL(address);
    remember(asked.pathname + asked.search);
  };

  const settle = () => {
    clearTimeout(settling);
    isSettled = true;
  };

  /** Keeps an address that is shown: as a new step where what was before had settled. */
  const remember = (address) => {
    if (address === shownAt) return;
    if (isSettled) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    shownAt = address;
    isSettled = false;
    clearTimeout(settling);
    settling = setTimeout(settle, SETTLED_MS);
  };

  const show = async (address) => {
    if (running) running.abort();
    running = new AbortController();
    const own = running;
    try {
      const response = await fetch(address, { signal: own.signal, headers: { Accept: "text/html" } });
      const other = new DOMParser().parseFromString(await response.text(), "text/html");
      if (own !== running) return;
      const results = one("#results");
      if (response.ok) {
        take(other, response.url);
        const totals = one("#totals");
        say(totals ? totals.textContent : "", false);
      } else {
        // What is being typed is often not a query yet: what was found before stays.
        if (results) results.classList.add("stale");
        const detail = one(".detail", other) || one("#fault", other);
        say(detail ? detail.textContent : "", true);
      }
    } catch (fault) {
      // An answer that was given up or did not come leaves the page as it is; the form still works.
      if (fault.name !== "AbortError") say("", false);
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(addressOf(form)), WAIT_MS);
  };

  if (form && one("#results")) {
    let isComposing = false;
    box.addEventListener("compositionstart", () => { isComposing = true; });
    box.addEventListener("compositionend", () => { isComposing = false; soon(); });
    box.addEventListener("input", (event) => {
      if (!isComposing && !event.isComposing) soon();
    });
    box.addEventListener("blur", settle);
    addEventListener("popstate", () => {
      const address = location.pathname + location.search;
      if (address === shownAt) return;
      clearTimeout(waiting);
      settle();
      shownAt = address;
      box.value = new URLSearchParams(location.search).get("q") ?? "";
      show(address);
    });
  }

  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && event.target.method === "get") {
      clearTimeout(waiting);
      if (running) running.abort();
      event.preventDefault();
      location.assign(addressOf(event.target));
    }
  });

  // Examples of the query language go into the box where there is one

  document.addEventListener("click", (event) => {
    const example = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!example || !box || !isPlain) return;
    event.preventDefault();
    box.value = example.dataset.insert;
    box.focus();
    soon();
  });

  // What stands beside the text is folded where there is no room beside it, and open again where there is

  const isWide = matchMedia("(min-width: 60rem)");

  const fold = () => {
    for (const part of all("details.filters")) part.open = isWide.matches;
  };
  document.documentElement.classList.add("scripted");
  isWide.addEventListener("change", fold);
  fold();

  // The marks of a speech

  const bar = one("#hit-bar");
  const marks = bar ? all("mark[id^='hit-']") : [];
  let current = -1;

  const goTo = (index) => {
    if (marks.length === 0) return;
    if (current >= 0) marks[current].classList.remove("here");
    current = (index + marks.length) % marks.length;
    const mark = marks[current];
    mark.classList.add("here");
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
    const text = bar.dataset.pattern.replace("{n}", current + 1).replace("{m}", marks.length);
    one(".where", bar).textContent = text;
    history.replaceState(null, "", "#" + mark.id);
  };

  /** The part of the page with a name as an address has it; none where it is not in UTF-8. */
  const named = (encoded) => {
    try {
      return document.getElementById(decodeURIComponent(encoded));
    } catch (fault) {
      return null;
    }
  };

  /** The first mark at or below the part of the page that the address names. */
  const firstBelow = () => {
    const target = named(location.hash.slice(1));
    if (!target) return 0;
    const isBelow = (mark) => mark === target || target.contains(mark) ||
      (target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    return Math.max(0, marks.findIndex(isBelow));
  };

  const step = (by) => goTo(current < 0 ? (by > 0 ? firstBelow() : firstBelow() - 1) : current + by);

  if (bar && marks.length > 0) {
    document.body.classList.add("walking");
    one(".first", bar).hidden = true;
    for (const [name, by] of [["previous", -1], ["next", 1]]) {
      const button = one("button." + name, bar);
      button.hidden = false;
      button.addEventListener("click", () => { step(by); button.focus(); });
    }
  }

  // The hits of a list

  const choose = (by) => {
    const hits = all(".hit");
    if (hits.length === 0) return;
    const before = hits.findIndex((hit) => hit.classList.contains("chosen"));
    const index = before < 0 ? (by > 0 ? 0 : hits.length - 1) : Math.min(hits.length - 1, Math.max(0, before + by));
    if (before >= 0) hits[before].classList.remove("chosen");
    hits[index].classList.add("chosen");
    const link = one("a.open", hits[index]);
    link.focus({ preventScroll: true });
    hits[index].scrollIntoView({ block: "nearest" });
  };

  const open = () => {
    const link = one(".hit.chosen a.open");
    if (link) link.click();
  };

  // The points of a chart: what each says is shown where it is pointed at or reached with the keys, and arrows lead from one to
  // the next, so that the whole chart is one stop of the tabulator

  const tooltip = one("#tooltip");
  const points = tooltip ? all(".plot a") : [];
  const HIDE_MS = 150;
  let hiding = null;

  const hideTooltip = () => {
    clearTimeout(hiding);
    tooltip.hidden = true;
    for (const point of points) point.removeAttribute("aria-describedby");
  };

  const hideSoon = () => {
    clearTimeout(hiding);
    hiding = setTimeout(hideTooltip, HIDE_MS);
  };

  /** Shows what a point says, above it or, where there is no room, below. */
  const showTooltip = (point) => {
    hideTooltip();
    const advice = document.createElement("span");
    advice.className = "advice";
    advice.textContent = tooltip.dataset.advice;
    tooltip.replaceChildren(point.getAttribute("aria-label"), advice);
    tooltip.hidden = false;
    const place = point.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tooltip.offsetWidth - 8;
    const middle = place.left + place.width / 2 - tooltip.offsetWidth / 2;
    const above = place.top - tooltip.offsetHeight - 8;
    tooltip.style.left = `${Math.max(8, Math.min(room, middle)) + scrollX}px`;
    tooltip.style.top = `${(above < 0 ? place.bottom + 8 : above) + scrollY}px`;
  };

  /** The point that an arrow leads to: the next of the same series, or the nearest of another one. */
  const neighbor = (point, key) => {
    const group = (one) => one.closest("[class*='plot-series-']");
    const same = points.filter((other) => group(other) === group(point));
    const at = same.indexOf(point);
    if (key === "ArrowRight") return same[at + 1];
    if (key === "ArrowLeft") return same[at - 1];
    if (key === "Home") return same[0];
    if (key === "End") return same[same.length - 1];
    const groups = [...new Set(points.map(group))];
    const next = groups[groups.indexOf(group(point)) + (key === "ArrowDown" ? 1 : -1)];
    const x = (one) => one.getBoundingClientRect().x;
    const others = points.filter((other) => group(other) === next);
    return others.sort((left, right) => Math.abs(x(left) - x(point)) - Math.abs(x(right) - x(point)))[0];
  };

  const ARROWS = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"];

  for (const [index, point] of points.entries()) {
    const title = one("title", point);
    if (!title) continue;
    point.setAttribute("aria-label", title.textContent);
    title.remove();
    point.setAttribute("tabindex", index === 0 ? "0" : "-1");
    point.addEventListener("mouseenter", () => showTooltip(point));
    point.addEventListener("mouseleave", hideSoon);
    point.addEventListener("focus", () => {
      for (const other of points) other.setAttribute("tabindex", other === point ? "0" : "-1");
      showTooltip(point);
    });
    point.addEventListener("blur", hideSoon);
    point.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hideTooltip();
      if (!ARROWS.includes(event.key)) return;
      event.preventDefault();
      neighbor(point, event.key)?.focus();
    });
  }
  if (tooltip) {
    tooltip.addEventListener("mouseenter", () => clearTimeout(hiding));
    tooltip.addEventListener("mouseleave", hideSoon);
  }

  // Copying

  /** What an element holds as text; of a link its whole address. */
  const textOf = (element) => element instanceof HTMLAnchorElement ? element.href : element.textContent;

  /** Copies a text, with its italics where there are some and the browser can. */
  const copy = async (text, button, html) => {
    try {
      if (html && window.ClipboardItem) {
        const kinds = { "text/plain": text, "text/html": html };
        const parts = Object.entries(kinds).map(([kind, part]) => [kind, new Blob([part], { type: kind })]);
        await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
      } else {
        await navigator.clipboard.writeText(text);
      }
    } catch (fault) {
      return;
    }
    if (button) {
      const before = button.textContent;
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = before; }, 1500);
    }
  };

  if (navigator.clipboard) {
    for (const button of all("button[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const source = document.getElementById(button.dataset.copy);
        copy(textOf(source), button, one("i", source) ? source.innerHTML : null);
      });
    }
  }

  /** Copies the first citation of a speech, else the address of the page. */
  const copyThis = () => {
    const button = one("button[data-copy]");
    const cited = button ? document.getElementById(button.dataset.copy) : null;
    if (!cited) return copy(location.href, null);
    const folded = one("#cite");
    if (folded) folded.open = true;
    return copy(textOf(cited), button);
  };

  // Keys

  const keys = one("#keys");
  const KEYS = {
    "/": () => { if (box) { box.focus(); box.select(); } else { one("#rooms a").click(); } },
    "j": () => choose(1),
    "k": () => choose(-1),
    "o": open,
    "n": () => step(1),
    "p": () => step(-1),
    "c": copyThis,
    "?": () => { if (keys && !keys.open) keys.showModal(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === box) {
      box.blur();
      return;
    }
    const action = KEYS[event.key];
    if (!action || isTyping(event.target) || (keys && keys.open)) return;
    event.preventDefault();
    action();
  });
})();
