// Elements, requests and texts.

const $ = id => document.getElementById(id);

// element creates an element. Text children are never parsed as markup.
function element(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") e.addEventListener(key, value);
    else if (value === true) e.setAttribute(key, "");
    else if (value !== undefined && value !== null && value !== false && (value !== "" || key === "value")) e.setAttribute(key, value);
  }
  e.append(...children.flat(Infinity).filter(c => c !== undefined && c !== null && c !== false && c !== ""));
  return e;
}

// language is remembered. Nothing else is.
let language = remembered() || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

function remembered() {
  const kept = localStorage.getItem("language");
  return TEXTS.title[kept] ? kept : "";
}

// text returns a text of the page; {0}, {1}, … stand for the values.
function text(key, ...values) {
  const found = TEXTS[key] ? TEXTS[key][language] : key;
  return values.reduce((s, value, i) => s.replaceAll("{" + i + "}", value), found);
}

// translate puts the texts into the markup that has their keys.
function translate(root) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = text("title");
  for (const e of root.querySelectorAll("[data-text]")) e.textContent = text(e.dataset.text);
  for (const e of root.querySelectorAll("[data-label]")) e.setAttribute("aria-label", text(e.dataset.label));
  for (const e of root.querySelectorAll("[data-placeholder]")) {
    e.placeholder = text(e.dataset.placeholder);
    e.setAttribute("aria-label", e.placeholder);
  }
}

// ask sends a request to a control path and returns the answer.
async function ask(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  const r = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const answer = await r.json();
  if (!r.ok) throw Object.assign(new Error(answer.error || r.status), { answer });
  return answer;
}

// path returns a control path with parameters, in the language of the page.
function path(name, parameters) {
  const query = new URLSearchParams({ lang: language });
  for (const [key, value] of Object.entries(parameters || {})) if (value) query.set(key, value === true ? "1" : value);
  return name + "?" + query;
}

const saidFor = 12000; // milliseconds
let saidUntil;

// say tells for a while what a control did.
function say(message, bad) {
  clearTimeout(saidUntil);
  $("said").textContent = message;
  $("said").className = bad ? "bad" : "";
  saidUntil = setTimeout(() => { $("said").textContent = ""; }, saidFor);
}

// act sends a request that changes something, says what it did, and shows the result.
async function act(message, method, name, body) {
  try {
    const answer = await ask(method, name, body);
    const none = Array.isArray(answer) && answer.length > 0 && answer[0].ignored;
    say(none ? text("action.noEffect", message) : message, none);
  } catch (e) { say(e.message, true); }
  refresh();
}

// link returns a link that opens the panel of a resource or of a code.
const link = (kind, id, ...children) => element("a", { href: "#" + kind + "=" + encodeURIComponent(id) }, ...(children.length ? children : [id]));

const badge = (tone, word) => element("span", { class: "badge " + tone, title: word }, word);

// facts returns a list of names and values, without those that have no value.
function facts(...pairs) {
  return element("dl", { class: "facts" }, ...pairs.filter(([, value]) => value).map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

async function copy(content) {
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    copyBySelection(content);
  }
  say(text("copied"));
}

// copyBySelection copies where the browser gives no clipboard, as on plain HTTP.
function copyBySelection(content) {
  const area = element("textarea", { "aria-hidden": "true" });
  area.value = content;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

// saveFile lets the browser store a text as a file.
function saveFile(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// place puts elements into a list. It leaves those alone that are in place, so that they
// keep the focus.
function place(list, elements) {
  elements.forEach((e, i) => { if (list.children[i] !== e) list.insertBefore(e, list.children[i] || null); });
  while (list.children.length > elements.length) list.lastChild.remove();
}
