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
  let waiting = null;
  let running = null;

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
    for (const part of all("[data-live]")) {
      const next = other.getElementById(part.id);
      if (next) part.replaceWith(document.adoptNode(next));
    }
    const view = other.getElementById("view");
    if (view) one("#view").className = view.className;
    document.title = other.title;
    history.replaceState(null, "", address);
    fold();
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

  /** The first mark at or below the part of the page that the address names. */
  const firstBelow = () => {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
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

  // Copying

  /** What an element holds as text; of a link its whole address. */
  const textOf = (element) => element instanceof HTMLAnchorElement ? element.href : element.textContent;

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
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
      button.addEventListener("click", () => copy(textOf(document.getElementById(button.dataset.copy)), button));
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
