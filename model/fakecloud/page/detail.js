// What a call shows when it is opened: parameters, answer, the state before and after.

// drawMore returns the part of a row that is loaded when it is opened. withRow opens it
// together with the row.
function drawMore(row, withRow) {
  const more = element("details", { class: "more", open: withRow }, element("summary", {}, text("row.more")));
  const load = async () => {
    if (more.dataset.loaded || !more.open || !more.parentElement.open) return;
    more.dataset.loaded = true;
    try {
      more.append(drawDetail(await ask("GET", path("row", { number: row.number }))));
    } catch (e) { more.append(element("p", { class: "bad" }, e.message)); }
  };
  more.addEventListener("toggle", load);
  queueMicrotask(() => more.parentElement.addEventListener("toggle", load));
  return more;
}

const pretty = value => element("pre", { tabindex: "0" }, JSON.stringify(value, null, 2));

function drawDetail(d) {
  const unsigned = d.curl && !d.unsigned ? element("span", { class: "faint" }, text("row.curlUnsigned")) : "";
  const parameters = d.parameters && Object.keys(d.parameters).sort().map(name => [name, d.parameters[name].join(", ")]);
  return element("div", {},
    element("div", { class: "bar" },
      d.curl && element("button", { type: "button", class: "curl", click: () => copy(d.curl) }, text("row.curl")),
      element("a", { class: "button", href: "gotest?to=" + d.number, download: "replay_test.go", title: text("row.testAbout") }, text("row.test")),
      unsigned),
    d.requestId && facts(["RequestId", element("code", {}, d.requestId)], ["Host", d.host]),
    parameters && [element("h3", {}, text("row.parameters")), facts(...parameters.map(([name, value]) => [name, element("code", {}, value || "\u2009")]))],
    d.input && [element("h3", {}, text("row.input")), pretty(d.input)],
    d.answer && [element("h3", {}, text("row.answer")), pretty(d.answer)],
    element("h3", {}, text("row.state")), drawDifferences(d.differences));
}

function drawDifferences(differences) {
  if (!differences.length) return element("p", { class: "faint" }, text("row.same"));
  const rows = differences.map(d => element("tr", {},
    element("th", { scope: "row" }, d.resource + (d.member ? " · " + d.member : "")),
    element("td", {}, element("del", {}, d.before || "–")), element("td", {}, element("ins", {}, d.after || "–"))));
  const head = element("tr", {}, element("td", {}), element("th", { scope: "col" }, text("row.before")), element("th", { scope: "col" }, text("row.after")));
  return element("table", { class: "diff" }, element("thead", {}, head), element("tbody", {}, ...rows));
}
