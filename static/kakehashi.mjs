// kakehashi.mjs - small comforts; every page is right without it.

// What is left of a clock, kept current: <b class="left" data-due="2026-…Z" data-words="…">.
function refreshClocks() {
  for (const el of document.querySelectorAll("[data-due]")) {
    const words = JSON.parse(el.dataset.words);
    const ms = Date.parse(el.dataset.due) - Date.now();
    const late = ms < 0;
    const hours = Math.floor(Math.abs(ms) / 3600000);
    const text = late
      ? words.late.replace("{n}", String(hours))
      : hours >= 24
        ? words.days.replace("{n}", String(Math.floor(hours / 24))).replace("{n_hours}", String(hours % 24))
        : words.hours.replace("{n}", String(hours));
    if (el.textContent !== text) el.textContent = text;
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
