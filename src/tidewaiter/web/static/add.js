// Files can be dropped on the page, and what is too large is said before it is sent.  The form works without.
"use strict";

{
  const form = document.getElementById("add-files");
  const input = document.getElementById("files");
  const chosen = document.getElementById("chosen");
  const MIB = 2 ** 20;
  const most = { files: +form.dataset.mostFiles, file: form.dataset.mostFile * MIB, all: form.dataset.most * MIB };

  const size = (bytes) => (bytes < MIB ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / MIB).toFixed(1)} MiB`);

  const kinds = input.accept.split(",");

  // What will come of a file, as far as its name and size tell; "" where it is taken in.
  function refusal(one) {
    if (!one.size) return "empty, will not be taken in";
    if (one.size > most.file) return `larger than ${size(most.file)}, will not be taken in`;
    return one.name.startsWith(".") ? "a hidden file, will not be taken in; give it another name" : "";
  }

  function doubt(one) {
    return kinds.some((kind) => one.name.toLowerCase().endsWith(kind)) ? ""
      : "none of these kinds; it will be kept, and read only if it is a text all the same";
  }

  function tell() {
    const files = [...input.files];
    const all = files.reduce((sum, one) => sum + one.size, 0);
    const list = document.createElement("ul");
    list.className = "plain-list";
    for (const one of files) {
      const item = list.appendChild(document.createElement("li"));
      const fault = refusal(one);
      const name = item.appendChild(document.createElement("bdi"));
      name.textContent = one.name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
      const words = fault || doubt(one);
      item.append(` ${size(one.size)}`, words ? `: ${words}` : "");
      if (fault) item.className = "fault";
    }
    const fault = files.length > most.files ? `More than ${most.files} files: send them in parts.`
      : all > most.all ? `More than ${size(most.all)} in all: send them in parts.` : "";
    input.setCustomValidity(fault);
    chosen.replaceChildren(files.length ? list : "");
    if (fault) {
      const line = chosen.appendChild(document.createElement("p"));
      line.className = "fault";
      line.textContent = fault;
    }
  }

  input.addEventListener("change", tell);
  document.getElementById("drop-hint").hidden = false;

  const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    input.files = event.dataTransfer.files;
    tell();
    form.querySelector("button").focus();
  });
  if (input.files.length) tell();
  for (const one of document.querySelectorAll("form.adding")) {
    one.addEventListener("submit", () => {
      const button = one.querySelector("button");
      button.textContent = "Sending …";
      button.setAttribute("aria-disabled", "true");
    });
  }
  const fault = document.querySelector("#faults a");
  if (fault) fault.focus();
}
