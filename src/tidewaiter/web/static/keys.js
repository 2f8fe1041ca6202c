// Keys of the case app.  Every page works without this file.
"use strict";

const help = document.getElementById("help");
const open = document.getElementById("help-open");
let afterG = 0;  // the timer that forgets a g nothing follows

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) location.assign(link.href);
}

open.hidden = false;
open.addEventListener("click", () => help.showModal());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  if (afterG) {
    clearTimeout(afterG);
    afterG = 0;
    if (/^[a-z]$/.test(event.key)) follow(`nav a[data-key="${event.key}"]`);
  } else if (event.key === "?") {
    if (help.open) help.close();
    else help.showModal();
  } else if (help.open) {
    return;
  } else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q").focus();
  } else if (event.key === "g") {
    afterG = setTimeout(() => { afterG = 0; }, 1500);
  } else if (event.key === "[") {
    follow("[rel=prev]");
  } else if (event.key === "]") {
    follow("[rel=next]");
  }
});

// A link to something inside closed details opens them.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target && target.closest("details:not([open])");
  if (closed) closed.open = true;
}
addEventListener("hashchange", reveal);
reveal();

// On a phone the names of pages are one line that is pushed sideways: the present one stands in view.
const present = document.querySelector("nav a[aria-current]");
if (present) {
  const line = present.closest("ul");
  line.scrollLeft = present.offsetLeft - line.offsetLeft - (line.clientWidth - present.offsetWidth) / 2;
}
