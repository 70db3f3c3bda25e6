// The panel: one resource, the meaning of a code, or how to point a client here. The part of
// the address behind # says which.

const opened = () => {
  const [kind, id, operation] = location.hash.slice(1).split("=");
  return id === undefined && kind !== "connect" ? null : { kind, id: decodeURIComponent(id || ""), operation: decodeURIComponent(operation || "") };
};

// showPanel draws the panel that the address names. moved says that it was just opened.
async function showPanel(moved) {
  const what = opened(), panel = $("panel");
  document.querySelector(".columns").classList.toggle("open", Boolean(what));
  panel.hidden = !what;
  if (!what) { panel.replaceChildren(); panel.dataset.key = ""; return; }
  let content;
  try {
    if (what.kind === "code") content = drawExplanations(what.operation, await ask("GET", path("explain", { code: what.id })));
    else if (what.kind === "connect") content = drawConnect(await ask("GET", path("connect")));
    else content = drawResource(await ask("GET", path("resource", { kind: what.kind, id: what.id })));
  } catch (e) { content = drawProblem(what.id, e); }
  replacePanel(panel, language + JSON.stringify(what), content);
  if (moved) panel.focus();
}

// replacePanel draws the panel again only if its content is new, and keeps what is open, the
// place and the focus.
function replacePanel(panel, key, content) {
  if (panel.dataset.key === key && panel.firstChild && panel.firstChild.isEqualNode(content)) return;
  const again = panel.dataset.key === key;
  const focused = document.activeElement && panel.contains(document.activeElement) && document.activeElement.dataset.key;
  const open = again ? [...panel.querySelectorAll("details[open]")].map(d => d.dataset.key) : [];
  const top = again ? panel.scrollTop : 0;
  panel.replaceChildren(content);
  panel.dataset.key = key;
  panel.scrollTop = top;
  for (const d of panel.querySelectorAll("details")) if (open.includes(d.dataset.key)) d.open = true;
  const found = focused && panel.querySelector("[data-key=" + CSS.escape(focused) + "]");
  if (found) found.focus(); else if (focused) panel.focus();
}

function closePanel() {
  history.pushState(null, "", location.pathname);
  showPanel();
  showResources();
  $("timeline").focus();
}

const head = (title, ...under) => element("div", {}, element("div", { class: "head" }, element("h2", {}, title),
  element("button", { type: "button", class: "plain", "data-key": "close", "aria-label": text("close"), click: closePanel }, "✕")), ...under);

const drawProblem = (id, e) => {
  const like = e.answer && e.answer.like || [];
  return element("div", {}, head(id), element("p", { class: "bad" }, e.message),
    like.length > 0 && element("p", {}, text("explain.like") + " ", like.map(word => [link("code", word), " "])));
};

function drawResource(r) {
  const under = element("p", {}, element("span", { class: "faint" }, text("kind." + r.kind) + " "), badge(r.tone, r.state));
  return element("div", {}, head(r.name, under), drawActions(r),
    r.diagram && drawDiagram(r.diagram, r.node),
    facts(...r.facts.map(f => [f.name, f.kind ? link(f.kind, f.id) : f.value])),
    r.certificates.map(drawCard),
    element("h3", {}, text("panel.history")),
    element("button", { type: "button", "data-key": "history", click: () => onlyTarget(r.id) }, text("panel.historyShow")));
}

// onlyTarget filters the timeline by one resource.
function onlyTarget(id) {
  $("filter").elements.target.value = id;
  redrawTimeline();
  $("timeline").focus();
}

// drawActions returns the primary action as a button and all others in a menu.
function drawActions(r) {
  const run = a => act(text("action.done", a.label, r.id), "POST", a.path, a.body);
  const button = a => element("button", { type: "button", "data-key": a.key, class: a.primary ? "primary" : "", click: () => run(a) }, a.label);
  const others = r.actions.filter(a => !a.primary);
  return element("div", { class: "bar" }, ...r.actions.filter(a => a.primary).map(button),
    others.length > 0 && element("details", { class: "menu", "data-key": "actions" }, element("summary", {}, text("panel.actions")), element("div", { class: "choices" }, ...others.map(button))));
}

function drawCard(c) {
  const days = c.days === undefined ? "" : c.days < 0 ? text("days.over") : text("days.left", c.days);
  const users = c.users.map((u, i) => [i ? text("comma") : "", link(u.kind, u.id)]);
  return element("div", { class: "card" },
    c.title && element("div", { class: "faint" }, c.title),
    element("div", { class: "name" }, link("certificate", c.name)), element("div", { class: "faint" }, [c.id, c.status].filter(Boolean).join(" · ")),
    facts([text("card.names"), c.names.join(", ")], [text("card.issuer"), c.issuer],
      [text("card.valid"), c.notAfter && [c.notBefore + " – " + c.notAfter, " ", element("span", { class: c.days < 0 ? "bad" : "faint" }, days)]],
      [text("card.key"), c.key], [text("card.sha256"), c.sha256 && element("span", { class: "hash" }, c.sha256)],
      [text("card.users"), users.length > 0 && [users, c.moreUsers && " " + text("card.moreUsers", c.moreUsers)]]),
    !c.notAfter && element("p", { class: "faint" }, text("card.noText")),
    c.advisories.map(a => element("div", { class: "advisory " + a.level }, link("code", a.id), ": " + a.reason, element("div", { class: "faint" }, a.hint))));
}

function drawExplanations(operation, all) {
  const rank = row => row.table.split(" ")[0] === operation ? 0 : 1;
  for (const e of all) e.rows.sort((a, b) => rank(a) - rank(b)); // stable
  return element("div", {}, ...all.map((e, i) => drawExplanation(e, i === 0)));
}

function drawExplanation(e, first) {
  const title = first ? head(e.word, element("p", { class: "faint" }, text("explain.kind." + e.kind))) : element("h2", {}, e.word);
  return element("div", {}, title, element("p", { class: "reason" }, e.meaning),
    facts([text("why.hint"), e.hint], [text("why.advice"), e.advice]),
    e.kind === "code" && !e.rows.length && element("p", { class: "faint" }, text("explain.gateway")),
    e.rows.length > 0 && element("h3", {}, text("explain.earns")),
    e.rows.map((row, i) => drawRow(row, e, e.rows.length === 1 || i === 0)));
}

// drawRow returns what is answered with a code in one operation.
function drawRow(row, e, open) {
  const code = row.code !== e.word && [" ", link("code", row.code)];
  return element("details", { open, "data-key": "row " + row.table + row.code }, element("summary", {}, row.table, code, " (" + row.status + ")"),
    element("p", { class: "faint" }, row.message), row.never && element("p", {}, text("explain.never") + ": " + row.never),
    row.causes.map(c => element("div", { class: "cause" }, link("code", c.condition), ": " + c.meaning,
      facts([text("why.parameter"), c.parameter && element("code", {}, c.parameter)], [text("why.hint"), c.hint],
        [text("why.evidence"), c.evidence + " · " + c.source], [text("why.contrary"), c.contrary]))));
}

let chosenTab = "";

function drawConnect(tabs) {
  const chosen = tabs.find(t => t.id === chosenTab) || tabs[0];
  const choose = t => { chosenTab = t.id; showPanel(); };
  const buttons = tabs.map(t => element("button", { type: "button", role: "tab", "data-key": "tab " + t.id, "aria-selected": String(t === chosen), click: () => choose(t) }, t.title));
  return element("div", {}, head(text("connect"), element("p", {}, text("connect.address") + " ", element("code", {}, location.origin))),
    element("div", { class: "tabs", role: "tablist" }, ...buttons),
    element("div", { role: "tabpanel" }, element("p", { class: "faint" }, chosen.about),
      element("button", { type: "button", class: "primary", "data-key": "copy", click: () => copy(chosen.text) }, text("copy")),
      element("pre", { tabindex: "0", "data-key": "text" }, chosen.text)));
}
