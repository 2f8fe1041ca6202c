// The slider over the days of a case; the date field beside it does the same without scripts.
"use strict";

const slide = document.getElementById("slide");
if (slide) {
  const range = document.getElementById("as-of-slide");
  const told = document.getElementById("as-of-told");
  const field = document.getElementById("as-of");
  const [first, ...gaps] = slide.dataset.days.split(" ");
  const days = [new Date(`${first}T00:00:00Z`)];
  for (const gap of gaps) days.push(new Date(days[days.length - 1].getTime() + Number(gap) * 864e5));
  const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const start = range.value;
  let byPointer = false;

  function tell() {
    const day = days[Number(range.value)];
    const text = day ? words.format(day) : range.dataset.now;
    told.textContent = text;
    range.setAttribute("aria-valuetext", text);
    field.value = day ? day.toISOString().slice(0, 10) : "";
  }

  function show() {
    if (range.value === start) return;
    if (field.value) field.form.requestSubmit();
    else location.assign(document.getElementById("as-it-is")?.href || location.pathname);
  }

  slide.hidden = false;
  const asked = field.value;
  tell();
  field.value = asked;
  // A day that has no reports of its own is told as it was asked for; the knob stands at the last one before it.
  if (asked) told.textContent = words.format(new Date(`${asked}T00:00:00Z`));
  range.addEventListener("input", tell);
  range.addEventListener("pointerdown", () => { byPointer = true; });
  range.addEventListener("change", () => { if (byPointer) show(); byPointer = false; });
  range.addEventListener("keydown", (event) => {
    byPointer = false;
    if (event.key === "Enter") { event.preventDefault(); show(); }
  });
}
