// Selecting words in the text offers a mark of just these words. Without this file the links behind the sentences do.
"use strict";

(() => {
  const words = document.getElementById("desk-words");
  const offer = document.createElement("a");
  offer.className = "button button-small desk-selection";
  offer.textContent = words.dataset.markLabel;
  offer.hidden = true;
  // Pressing it would take the selection away, and the offer with it.
  offer.addEventListener("mousedown", (event) => event.preventDefault());
  document.body.append(offer);

  const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

  function selectedMark() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const paragraph = elementOf(range.commonAncestorContainer).closest("[data-paragraph]");
    if (!paragraph || !words.contains(paragraph)) return null;
    const touched = [...paragraph.querySelectorAll("[data-sentence]")].filter((one) => range.intersectsNode(one));
    const copy = range.cloneContents();
    for (const tools of copy.querySelectorAll(".desk-tools")) tools.remove();
    const exact = copy.textContent.replace(/\s+/g, " ").trim();
    if (!touched.length || !exact) return null;
    return { first: touched[0].dataset.sentence, last: touched.at(-1).dataset.sentence, exact, range };
  }

  function show() {
    const mark = selectedMark();
    offer.hidden = !mark;
    if (!mark) return;
    const { range, ...query } = mark;
    offer.href = `${words.dataset.markAddress}?${new URLSearchParams(query)}#mark-form`;
    const box = range.getBoundingClientRect();
    offer.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 220)) + scrollX}px`;
    offer.style.top = `${box.bottom + scrollY + 6}px`;
  }

  document.addEventListener("selectionchange", show);
})();
