// What is there: the resources by product, paged and searched by the server.

const groups = { closed: new Set(["jobs"]), pages: new Map() }; // pages are what "show more" added, by group

function showResources() {
  const find = $("find").value.trim();
  const drawnGroups = view.groups.map(g => drawGroup(g, find)).filter(Boolean);
  const focused = document.activeElement && document.activeElement.dataset.key;
  const open = new Set([...document.querySelectorAll("#groups details[open]")].map(d => d.dataset.key));
  $("groups").replaceChildren(...drawnGroups);
  for (const d of document.querySelectorAll("#groups details.add")) d.open = open.has(d.dataset.key);
  const again = focused && document.querySelector("#groups [data-key=" + CSS.escape(focused) + "]");
  if (again) again.focus();
}

function drawGroup(g, find) {
  if (!g.total && g.name !== "cdn" && g.name !== "certificates") return null;
  const extra = groups.pages.get(g.name) || { items: [], after: g.after };
  const items = g.items.concat(extra.items);
  const group = element("details", { class: "group", "data-key": "group " + g.name, open: !groups.closed.has(g.name) || find !== "" },
    element("summary", {}, text("group." + g.name) + " ", element("span", { class: "number" }, text(g.more ? "group.countMore" : "group.count", g.total.toLocaleString()))),
    items.length ? element("ul", { class: "items" }, ...items.map(i => element("li", {}, drawItem(i)))) : element("p", { class: "faint" }, text(find ? "group.nothing" : "none")),
    extra.after && element("button", { type: "button", class: "plain", "data-key": "more " + g.name, click: () => showMore(g.name, extra) }, text("group.more")),
    g.name === "cdn" && addDomain(), g.name === "certificates" && addCertificate());
  group.addEventListener("toggle", () => group.open ? groups.closed.delete(g.name) : groups.closed.add(g.name));
  return group;
}

async function showMore(name, shown) {
  const page = await ask("GET", path("list", { group: name, after: shown.after, find: $("find").value.trim(), limit: 50 }));
  groups.pages.set(name, { items: shown.items.concat(page.items), after: page.after });
  showResources();
}

// drawItem returns a link to a resource, with its state and the certificate that it serves.
function drawItem(i) {
  const line = i.certificate, days = line && line.days !== undefined ? " · " + dayText(line.days) : "";
  const under = [line && line.name + days, i.facts].filter(Boolean).join(" · ");
  const a = link(i.kind, i.id, element("span", { class: "name", title: i.id }, i.name), badge(i.tone, i.state), under && element("span", { class: "under", title: under }, under));
  a.className = "item";
  a.dataset.key = i.kind + "=" + i.id;
  if (location.hash === a.getAttribute("href")) a.setAttribute("aria-current", "true");
  return a;
}

const dayText = days => days < 0 ? text("days.over") : text("days", days);

// adding returns a form that is folded.
function adding(key, fields, submit) {
  const form = element("form", { submit: e => { e.preventDefault(); submit(e.target.elements); } }, ...fields, element("button", {}, text("form.add")));
  return element("details", { class: "add", "data-key": key }, element("summary", {}, text(key)), form);
}

const named = (name, label, placeholder) => element("input", { name, required: true, placeholder, "aria-label": label, autocapitalize: "none", spellcheck: "false" });

function addDomain() {
  const product = element("select", { name: "product", "aria-label": text("add.product") }, ...["CDN", "DCDN", "VOD", "Live"].map(p => element("option", { value: p === "CDN" ? "" : p.toLowerCase() + " " }, p)));
  return adding("add.domain", [named("name", text("add.name"), "new.example.com"), product], f => {
    const name = f.product.value + f.name.value.trim().toLowerCase();
    act(text("add.done", name), "POST", "events", { cdn: { DomainAdded: { name, domain: {} } } });
  });
}

function addCertificate() {
  return adding("add.certificate", [named("name", text("add.name"), text("add.name")), named("id", "ID", "7-cn-hangzhou")], f => {
    const certificate = { name: f.name.value.trim(), id: f.id.value.trim(), source: "cas", status: "issued", keyStored: true };
    act(text("add.done", certificate.name), "POST", "events", { cas: { CertificateAdded: { certificate } } });
  });
}
