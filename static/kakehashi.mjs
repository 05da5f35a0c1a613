// kakehashi.mjs - small comforts; every page is right without it.

// What is left of a clock, kept current: <b class="left" data-due="2026-…Z">; the words, as JSON,
// stand in data-words of <body>.
const words = JSON.parse(document.body.dataset.words || "{}");
function clockText(due) {
  const ms = Date.parse(due) - Date.now();
  const minutes = Math.floor(Math.abs(ms) / 60000);
  const hours = Math.floor(minutes / 60);
  const word = ms < 0 ? (hours ? words.late : words.lateMinutes)
    : hours >= 24 ? words.days : hours ? words.hours : words.minutes;
  return word
    ?.replace("{n_hours}", String(hours % 24))
    .replace("{n}", String(word === words.days ? Math.floor(hours / 24) : hours || minutes));
}
function refreshClocks() {
  for (const el of document.querySelectorAll("[data-due]")) {
    const text = clockText(el.dataset.due);
    if (text && el.textContent !== text) el.textContent = text;
  }
}
refreshClocks();
setInterval(refreshClocks, 60000);

// A form is sent once: the second click on the same button does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !event.defaultPrevented) {
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// After a failed save the summary of what is wrong takes the focus.
document.getElementById("problems")?.focus();
