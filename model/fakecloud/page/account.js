// The top: account, progress, faults, what was called and is not there.

function showAccount() {
  $("trouble").hidden = !view.trouble;
  $("trouble").textContent = view.trouble ? text("trouble", view.trouble) : "";
  $("reset").hidden = !view.replaceable;
  $("undo").hidden = !view.undo;
  if (!unchanged($("settings"), [view.suspended, view.site, view.progress])) $("settings").replaceChildren(...drawSettings());
  if (!unchanged($("faults"), view.faults)) showFaults();
  showUnknown();
}

// unchanged reports whether an element already shows a value in this language.
function unchanged(e, value) {
  const key = language + JSON.stringify(value), same = e.dataset.shown === key;
  e.dataset.shown = key;
  return same;
}

function drawSettings() {
  const standing = element("select", { id: "standing", change: e => act(text(e.target.value === "suspended" ? "account.suspend" : "account.reinstate"), "POST", "events",
    { cdn: { [e.target.value === "suspended" ? "AccountSuspended" : "AccountReinstated"]: {} } }) }, option("active", text("account.active"), !view.suspended), option("suspended", text("account.suspended"), view.suspended));
  standing.className = view.suspended ? "bad" : "";
  const site = element("select", { id: "site", change: e => act(text("site") + ": " + text("site." + e.target.value), "POST", "events", { cas: { SiteChanged: { site: e.target.value } } }) },
    ...["china", "international"].map(s => option(s, text("site." + s), view.site === s)));
  const progress = element("select", { id: "progress", change: e => act(text("progress.changed", progressText(e.target.value)), "POST", "progress", { progress: e.target.value }) },
    ...progresses().map(p => option(p, progressText(p), p === view.progress)));
  return [element("label", {}, text("account"), standing), element("label", {}, text("site"), site), element("label", {}, text("progress"), progress)];
}

const option = (value, name, selected) => element("option", { value, selected: Boolean(selected) }, name);

// progresses are the choices, with the present one.
const progresses = () => [...new Set(["polls=1,after=1s", "after=1s", "after=10s", "polls=1", "polls=3", "manual", view.progress])];

function progressText(p) {
  const looks = (p.match(/polls=(\d+)/) || [])[1], time = (p.match(/after=(\w+)/) || [])[1];
  if (looks && time) return text("progress.both", looks, time);
  return time ? text("progress.time", time) : looks ? text("progress.looks", looks) : text("progress.hand");
}

// showUnknown shows the operations that were called and that fakecloud does not have.
function showUnknown() {
  const strip = $("unknown");
  if (unchanged(strip, view.missing)) return;
  strip.hidden = !view.missing.length;
  strip.replaceChildren(element("strong", {}, text("unknown.strip")), element("ul", {}, ...view.missing.map(m =>
    element("li", {}, element("a", { href: "#code=NotImplemented.Fake" }, m.action), " (" + m.product + " " + m.version + ") ", text("unknown.times", m.times)))));
}

// faultText says what a fault does.
function faultText(f) {
  const what = [f.code, !f.code && f.status && text("faults.status", f.status), f.failJob && text("faults.failJob"), f.rates && text("faults.rates"),
    f.delay && text("faults.delay", f.delay), f.drop && text("faults.drop." + f.drop), f.body && text("faults.body")].filter(Boolean).join(text("comma"));
  const often = [f.times && text("faults.times", f.times), f.chance && text("faults.chance", f.chance)].filter(Boolean).join(" ");
  return text("faults.on", what, f.action || text("faults.any")) + (often ? " " + often : "");
}

function showFaults() {
  const kept = $("add-fault");
  const chips = view.faults.map(({ id, fault }) => element("span", { class: "chip" }, faultText(fault),
    element("button", { type: "button", class: "plain", "aria-label": text("faults.remove", faultText(fault)), click: () => act(text("faults.removed"), "DELETE", "faults?id=" + id) }, "✕")));
  const form = kept && kept.dataset.language === language ? kept.parentElement : drawFaultForm();
  $("faults").replaceChildren(element("span", { class: "faint" }, view.faults.length ? text("faults") : text("faults.none")), ...chips, form);
}

function drawFaultForm() {
  const field = (name, attributes, label = "form." + name) => element("label", { class: "field" }, text(label), element("input", { name, spellcheck: "false", autocapitalize: "none", ...attributes }));
  const check = name => element("label", { class: "toggle" }, element("input", { type: "checkbox", name }), text("form." + name));
  const drop = element("select", { name: "drop" }, option("", text("form.drop.no")), option("before", text("faults.drop.before")), option("after", text("faults.drop.after")));
  const form = element("form", { id: "add-fault", "data-language": language, submit: addFault },
    field("operation", { list: "operations", placeholder: text("faults.any") }), field("code", { list: "codes", placeholder: "Throttling.User" }),
    field("times", { type: "number", min: 0, value: 1 }), field("status", { type: "number", min: 200, max: 599 }), field("delay", { placeholder: "2s" }),
    element("label", { class: "field" }, text("form.drop"), drop), check("failJob"), check("rates"), check("anyCode"), element("button", { class: "primary" }, text("form.add")));
  return element("details", { class: "add-fault" }, element("summary", {}, text("faults.add")), form);
}

function addFault(e) {
  e.preventDefault();
  const f = e.target.elements, fault = {};
  if (f.operation.value.trim()) fault.action = f.operation.value.trim();
  for (const name of ["code", "delay", "drop"]) if (f[name].value.trim()) fault[name] = f[name].value.trim();
  for (const name of ["times", "status"]) if (Number(f[name].value)) fault[name] = Number(f[name].value);
  for (const name of ["failJob", "rates", "anyCode"]) if (f[name].checked) fault[name] = true;
  act(text("faults.added"), "POST", "faults", fault);
}

// showSaving fills the menu of what can be stored.
function showSaving() {
  const choice = (key, about, attributes) => element("a", attributes, text(key), element("span", { class: "faint" }, text(about)));
  $("save").querySelector(".choices").replaceChildren(
    choice("save.seed", "save.seedAbout", { href: "seed", id: "save-seed", click: saveSeed }),
    choice("save.journal", "save.journalAbout", { href: "journal", download: "journal.jsonl" }),
    choice("save.test", "save.testAbout", { href: "gotest", download: "replay_test.go" }));
}

// saveSeed stores the seed and says what it leaves out.
async function saveSeed(e) {
  e.preventDefault();
  try {
    const seed = await ask("GET", "seed");
    saveFile("seed.json", JSON.stringify(seed, null, 2) + "\n");
    say(seed.notes ? text("saved.seedLoses", seed.notes.join("; ")) : text("saved.seed"));
  } catch (problem) { say(problem.message, true); }
  $("save").open = false;
}
