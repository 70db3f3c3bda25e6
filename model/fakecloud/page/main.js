// The beginning: what is shown when, and by which control.

let view = null;

// refresh shows everything anew. While it runs, another call runs it once more.
let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    view = await ask("GET", path("view", { find: $("find").value.trim() }));
    showAccount();
    showResources();
    await Promise.all([showTimeline(), showPanel()]);
    document.body.dataset.shown = view.news;
  } catch (e) { say(e.message, true); }
  busy = false;
  if (again) { again = false; refresh(); }
}

// speak changes the language of everything.
function speak(chosen) {
  language = chosen;
  localStorage.setItem("language", chosen);
  draw();
}

// draw shows everything in the chosen language.
async function draw() {
  translate(document);
  for (const name of ["en", "zh"]) $(name).setAttribute("aria-pressed", String(name === language));
  connected();
  showSaving();
  groups.pages.clear();
  timeline.older = [];
  timeline.rows.clear();
  $("rows").replaceChildren();
  await refresh();
}

// suggest fills the lists of known operations and codes.
async function suggest() {
  const known = await ask("GET", "operations");
  $("operations").replaceChildren(...known.operations.map(o => element("option", { value: o })));
  $("codes").replaceChildren(...known.codes.map(c => element("option", { value: c })));
}

// later calls a function when nothing has called it for a while.
function later(f) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(f, 150); };
}

for (const name of ["en", "zh"]) $(name).addEventListener("click", () => speak(name));
$("connect").addEventListener("click", () => { location.hash = "connect"; });
$("reset").addEventListener("click", () => act(text("reset.done"), "POST", "reset", {}));
$("undo").addEventListener("click", () => act(text("undo.done"), "POST", "undo", {}));
$("older").addEventListener("click", showOlder);
$("find").addEventListener("input", later(() => { groups.pages.clear(); refresh(); }));
$("filter").addEventListener("input", later(redrawTimeline));
$("filter").addEventListener("submit", e => e.preventDefault());
$("filter").addEventListener("reset", () => setTimeout(redrawTimeline));
window.addEventListener("hashchange", () => { if (opened()) showPanel(true); else showPanel(); if (view) showResources(); });
document.addEventListener("click", e => { for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(e.target)) menu.open = false; });
document.addEventListener("keydown", e => {
  if (e.key !== "Escape") return;
  const menu = document.querySelector(".menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); } else if (opened()) closePanel();
});
if (matchMedia("(max-width: 60rem)").matches) $("fold").open = false;

let state = "connecting";
function connected(now) {
  state = now || state;
  $("link").textContent = text(state);
  $("link").className = state;
}

const live = new EventSource("live");
live.onopen = () => connected("live");
live.onerror = () => connected("lost");
live.onmessage = refresh;
suggest();
draw();
