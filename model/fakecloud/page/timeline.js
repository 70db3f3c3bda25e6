// The timeline: calls, and what changed between them.

const timeline = { rows: new Map(), older: [], before: 0 }; // rows are the elements by number
const filter = () => {
  const f = $("filter").elements;
  return { target: f.target.value.trim(), operation: f.operation.value.trim(), refused: f.refused.checked, unknown: f.unknown.checked };
};

// showTimeline asks for the newest rows. Older pages stay as they were shown.
async function showTimeline() {
  const answer = await ask("GET", path("timeline", filter()));
  const first = answer.rows.map(drawn);
  const numbers = new Set(answer.rows.map(r => r.number));
  timeline.older = timeline.older.filter(li => !numbers.has(Number(li.dataset.number)));
  if (!timeline.older.length) timeline.before = answer.before || 0;
  place($("rows"), first.concat(timeline.older));
  $("older").hidden = !timeline.before;
  const filtered = Object.values(filter()).some(Boolean);
  $("clear").hidden = !filtered;
  $("empty").hidden = first.length > 0;
  $("empty").textContent = text(filtered ? "timeline.nothing" : "timeline.empty");
  forget();
}

// forget drops the elements that are not shown.
function forget() {
  for (const [number, kept] of timeline.rows) if (!kept.li.isConnected) timeline.rows.delete(number);
}

async function showOlder() {
  const answer = await ask("GET", path("timeline", { ...filter(), before: timeline.before }));
  timeline.older.push(...answer.rows.map(drawn));
  timeline.before = answer.before || 0;
  showTimeline();
}

// redrawTimeline begins anew, with another filter or language.
function redrawTimeline() {
  timeline.older = [];
  timeline.before = 0;
  timeline.rows.clear();
  $("rows").replaceChildren();
  return showTimeline();
}

// drawn returns the element of a row: the one that is shown if nothing is new.
function drawn(row) {
  const key = JSON.stringify(row), kept = timeline.rows.get(row.number);
  if (kept && kept.key === key) return kept.li;
  const li = row.kind === "call" ? drawCall(row) : drawThin(row);
  li.dataset.number = row.number;
  timeline.rows.set(row.number, { key, li });
  return li;
}

const clock = time => new Date(time).toLocaleTimeString("en-GB");

// drawThin returns a thin line: an event, or the seed.
function drawThin(row) {
  const time = element("span", { class: "time" }, clock(row.time));
  if (row.kind === "seed") return element("li", { class: "thin" }, time, text("row.seed", row.count));
  const took = row.took && text("comma") + text("row.took", row.took);
  const said = row.changes ? row.changes.map((c, i) => [i ? "; " : "", changeLine(c)]) : [element("b", {}, row.target || ""), row.target ? ": " : "", row.text];
  const failed = row.code && [text("comma"), codeLink(row.code)];
  const li = element("li", { class: "thin " + (row.took ? "good" : "") }, time, said, took, failed, row.outcome === "ignored" && text("comma") + text("outcome.ignored"));
  li.title = row.text;
  return li;
}

// changeLine says how one resource changed.
function changeLine(c) {
  const to = c.to || text("row.removed");
  const words = c.from && c.from !== c.to ? c.from + " → " + to : !c.from && c.to ? text("row.added") + text("comma") + to : to;
  return [element("b", {}, c.target || text("account")), ": " + words, c.certificate && text("comma") + text("row.serves", c.certificate)];
}

// codeLink returns a link to what a code means, for an operation first.
const codeLink = (code, operation) => element("a", { class: "code", href: "#code=" + encodeURIComponent(code) + (operation ? "=" + encodeURIComponent(operation) : "") }, code);

// breakable lets a line break before the words of a name.
const breakable = name => name.split(/(?=[A-Z][a-z])/).flatMap((part, i) => i ? [element("wbr"), part] : [part]);

// drawCall returns a call. A refused one is open.
function drawCall(row) {
  const open = row.outcome !== "ok" && row.outcome !== "ignored";
  const summary = element("summary", {},
    element("span", { class: "time" }, clock(row.time)),
    element("span", { class: "client", title: row.client }, row.client || text("row.go")),
    element("span", { class: "what" }, element("span", { class: "operation" }, breakable(row.operation || "–")), " ", element("span", { class: "target" }, row.target || "")),
    element("span", { class: "outcome " + row.outcome }, text("outcome." + row.outcome)));
  const details = element("details", { open }, summary, row.why && drawWhy(row), drawMore(row, !open));
  const lines = row.changes && element("ul", { class: "lines" }, ...row.changes.map(c => element("li", { class: "thin good" }, changeLine(c))));
  return element("li", { class: "call fresh " + row.outcome }, lines, details);
}

// drawWhy says why a call was refused.
function drawWhy(row) {
  const w = row.why;
  const condition = w.condition && [" ", link("code", w.condition, w.condition)];
  return element("div", { class: "why" },
    element("div", {}, row.code && codeLink(row.code, row.operation), row.status ? " (" + row.status + ") " : " ", element("span", { class: "faint" }, text("why.by." + w.by), condition)),
    element("p", { class: "reason" }, w.reason),
    facts([text("why.parameter"), w.parameter && element("code", {}, w.parameter)],
      [text("why.hint"), w.hint], [text("why.advice"), w.advice],
      [text("why.evidence"), w.evidence && [w.evidence, w.source && " · " + w.source]],
      [text("why.contrary"), w.contrary], [text("why.target"), w.target], [text("why.message"), w.message]));
}
