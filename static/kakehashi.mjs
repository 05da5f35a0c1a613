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

// Which parts of a long form still miss something, as it is being filled in.
const parts = document.querySelector("ol[data-words]");
if (parts) {
  const words = JSON.parse(parts.dataset.words);
  const missing = (part) => {
    const wanted = new Map(); // radio buttons of one name are one question
    for (const el of part.querySelectorAll("[required]")) {
      const given = el.type === "radio" || el.type === "checkbox" ? el.checked : el.value.trim() !== "";
      wanted.set(el.name, wanted.get(el.name) || given);
    }
    return [...wanted.values()].filter((given) => !given).length;
  };
  const refreshParts = () => {
    for (const li of parts.children) {
      const st = li.querySelector(".st");
      if (st.classList.contains("late")) continue; // what was wrong is judged anew when it is sent
      const n = missing(document.getElementById(li.dataset.part));
      st.className = n ? "st wait" : "st done";
      st.querySelector("use").setAttribute("href", n ? "#i-wait" : "#i-done");
      st.lastChild.textContent = n ? words.missing.replace("{n}", String(n)) : words.done;
    }
  };
  document.addEventListener("input", refreshParts);
  refreshParts();
}

// The preview of an advisory follows what is typed.
const live = document.querySelector("form[data-preview]");
if (live) {
  const box = document.getElementById("previews");
  let timer = 0;
  let changed = false;
  const refresh = async () => {
    const body = new URLSearchParams(new FormData(live));
    const answer = await fetch(`${live.action}/preview`, { method: "POST", body });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    box.replaceChildren(...page.body.childNodes);
  };
  live.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(() => refresh().catch(() => {}), 600);
  });
  live.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

// Copy what some elements say: <div data-copy="id id" hidden><button>…</button><span data-done>.
for (const el of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  el.hidden = false;
  el.querySelector("button").addEventListener("click", async () => {
    const lines = el.dataset.copy.split(" ").map((id) => document.getElementById(id).textContent.trim());
    await navigator.clipboard.writeText(lines.join("\n") + "\n");
    const said = el.querySelector("[data-done]");
    said.textContent = said.dataset.done;
  });
}
