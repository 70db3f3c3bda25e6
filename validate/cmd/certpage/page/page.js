"use strict";
// The page shows what the Go part finds. What is dropped goes there as bytes; nothing of it
// becomes an element but what the Go part returns, and that as text.
(() => {
  const $ = (id) => document.getElementById(id);
  const texts = JSON.parse($("texts").textContent);
  const state = { lang: remembered(), view: null, operations: [], timer: 0, busy: [], asked: "" };

  // ---- Words

  function remembered() {
    try { return localStorage.getItem("certpage-lang") === "en" ? "en" : "zh"; } catch { return "zh"; }
  }
  function t(name, ...args) {
    const text = texts[name];
    let s = text ? text[state.lang === "en" ? 1 : 0] : name;
    for (const arg of args) s = s.replace("%s", () => String(arg));
    return s;
  }
  function speak() {
    document.documentElement.lang = state.lang === "en" ? "en" : "zh-CN";
    for (const e of document.querySelectorAll("[data-t]")) e.textContent = t(e.dataset.t);
    for (const e of document.querySelectorAll("[data-label]")) e.setAttribute("aria-label", t(e.dataset.label));
    for (const e of document.querySelectorAll("[data-placeholder]")) e.placeholder = t(e.dataset.placeholder);
    for (const e of document.querySelectorAll("[data-lang]")) e.setAttribute("aria-pressed", String(e.dataset.lang === state.lang));
  }

  // ---- Elements

  function el(tag, props, ...children) {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (name === "class") e.className = value;
      else if (name === "on") e.addEventListener("click", value);
      else if (name in e && name !== "for") e[name] = value;
      else e.setAttribute(name, value);
    }
    e.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
    return e;
  }
  const button = (text, on, props) => el("button", { type: "button", on, ...props }, text);
  const p = (cls, ...children) => el("p", { class: cls }, ...children);

  function copyButton(text) {
    return button(t("copy"), async (event) => {
      const b = event.currentTarget;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        const range = document.createRange();
        range.selectNodeContents(b.previousElementSibling);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        document.execCommand("copy");
      }
      b.textContent = t("copied");
      setTimeout(() => { b.textContent = t("copy"); }, 1500);
    }, { class: "small" });
  }

  // ---- What is dropped

  let ready = null;
  function whenReady(f) {
    if (ready) return f();
    state.busy.push(f);
    setTimeout(() => { if (!ready && state.busy.length) notice(t("preparing")); }, 100);
  }
  function notice(text) {
    $("notice").textContent = text || "";
    $("notice").hidden = !text;
  }
  function say(message) { notice(message ? message[state.lang] : ""); }

  // take gives files to the Go part, which clears the arrays.
  function take(names, arrays) {
    whenReady(() => {
      const problem = certpage.take(names, arrays);
      check();
      say(problem);
    });
  }
  async function takeFiles(files) {
    const names = [], arrays = [];
    for (const file of files) {
      if (file.size > 64 * 1024 * 1024 || names.length > 2000) continue;
      names.push(file.webkitRelativePath || file.name);
      arrays.push(new Uint8Array(await file.arrayBuffer()));
    }
    if (names.length) take(names, arrays);
  }
  const takeText = (text) => take([t("pastedName")], [new TextEncoder().encode(text)]);

  // filesOf walks through folders. Entries must be asked for before the event ends.
  async function filesOf(entries) {
    const files = [];
    const walk = async (entry, depth) => {
      if (!entry || files.length > 2000 || depth > 8) return;
      if (entry.isFile) return files.push(await new Promise((yes, no) => entry.file(yes, no)));
      const reader = entry.createReader();
      for (let batch; (batch = await new Promise((yes, no) => reader.readEntries(yes, no))).length;) {
        for (const inner of batch) await walk(inner, depth + 1);
      }
    };
    for (const entry of entries) await walk(entry, 0);
    return files;
  }
  async function takeTransfer(transfer) {
    const entries = [...transfer.items].filter((i) => i.kind === "file").map((i) => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
    const files = [...transfer.files], text = transfer.getData("text/plain");
    if (entries.some((e) => e.isDirectory)) return takeFiles(await filesOf(entries));
    if (files.length) return takeFiles(files);
    if (text) takeText(text);
  }

  let over = 0;
  const dragging = (on) => {
    document.body.classList.toggle("over", on);
    document.querySelector("#drop .lead").textContent = document.querySelector("#drop .filled").textContent = "";
    document.querySelector("#drop .lead").textContent = t(on ? "dropHere" : "dropLead");
    document.querySelector("#drop .filled").textContent = t(on ? "dropHere" : "dropMore");
  };
  addEventListener("dragenter", (e) => { e.preventDefault(); if (over++ === 0) dragging(true); }, true);
  addEventListener("dragleave", () => { if (--over <= 0) { over = 0; dragging(false); } }, true);
  addEventListener("dragover", (e) => { e.preventDefault(); e.dataTransfer.dropEffect = "copy"; }, true);
  addEventListener("drop", (e) => {
    e.preventDefault();
    over = 0;
    dragging(false);
    takeTransfer(e.dataTransfer);
  }, true);
  // Pasted text goes into a field only if it is a short line. Everything else is for the check,
  // so that a key never becomes the value of an element.
  addEventListener("paste", (e) => {
    const text = e.clipboardData.getData("text/plain");
    const inField = e.target.matches && e.target.matches("input");
    if (inField && !isMaterial(text) && !e.clipboardData.files.length) return;
    e.preventDefault();
    if (text || e.clipboardData.files.length) takeTransfer(e.clipboardData);
  }, true);
  // isMaterial is for what is pasted into a field. The line of a log may have a fingerprint,
  // whose digits are hexadecimal; a key has other letters, and no space for long.
  const isMaterial = (text) => /-----BEGIN|PRIVATE\s*KEY/i.test(text) ||
    (text.match(/[A-Za-z0-9+\/]{48,}/g) || []).some((run) => !/^([0-9a-f]+|[0-9A-F]+)$/.test(run));
  // Nothing gets past the paste event by other ways, such as a menu of the system or typing.
  addEventListener("beforeinput", (e) => {
    const text = e.data || (e.dataTransfer && e.dataTransfer.getData("text/plain")) || "";
    if (isMaterial(text)) { e.preventDefault(); takeText(text); }
  }, true);

  $("files").addEventListener("click", () => $("pick-files").click());
  $("folder").addEventListener("click", () => $("pick-folder").click());
  for (const id of ["pick-files", "pick-folder"]) {
    $(id).addEventListener("change", async () => {
      const files = [...$(id).files];
      $(id).value = "";
      await takeFiles(files);
    });
  }
  $("paste").addEventListener("click", async () => {
    try {
      const text = await navigator.clipboard.readText();
      if (text) takeText(text); else notice(t("pasteNothing"));
    } catch { notice(t("pasteHint")); }
  });
  $("example").addEventListener("click", () => whenReady(() => {
    certpage.example();
    $("domains").value = "shop.example.com";
    check();
    say(null);
  }));
  let slotToFill = "";
  $("pick-one").addEventListener("change", async () => {
    const file = $("pick-one").files[0], slot = slotToFill;
    if (!file) return;
    const data = new Uint8Array(await file.arrayBuffer());
    $("pick-one").value = "";
    certpage.put(slot, file.name, data);
    check();
    say(null);
  });

  // ---- The check

  const list = (id) => $(id).value.split(/[\s,;\u3001\uff0c\uff1b]+/).filter(Boolean);
  function query() {
    const op = state.operations.find((o) => o.id === $("operation").value) || {};
    return {
      operation: op.id, lang: state.lang, time: new Date().toISOString(), domains: op.ids && !op.domain ? [] : list("domains"),
      name: op.named ? $("name").value.trim() : "", listener: op.ids ? $("listener").value.trim() : "", ids: op.ids ? list("ids") : [],
    };
  }
  function check() {
    if (!ready) return;
    const op = state.operations.find((o) => o.id === $("operation").value) || {};
    $("for-domains").hidden = !!op.ids && !op.domain;
    $("for-name").hidden = !op.named;
    $("for-listener").hidden = $("for-ids").hidden = !op.ids;
    const answer = certpage.check(JSON.stringify(query()));
    state.view = answer ? JSON.parse(answer) : null;
    show(op);
  }
  function soon() {
    clearTimeout(state.timer);
    state.timer = setTimeout(check, 60);
  }
  for (const id of ["domains", "name", "listener", "ids"]) $(id).addEventListener("input", soon);
  $("operation").addEventListener("change", check);
  $("options").addEventListener("submit", (e) => { e.preventDefault(); check(); });

  function show(op) {
    const v = state.view;
    document.body.classList.toggle("filled", !!v);
    for (const id of ["slots", "verdict", "chain", "findings"]) $(id).hidden = !v;
    $("coverage").hidden = true;
    for (const id of ["slot-certificate", "slot-key", "coverage", "verdict", "chain", "findings"]) $(id).replaceChildren();
    if (!v) return;
    showSlots(v, op);
    showCoverage();
    showVerdict(v);
    showChain(v.chain);
    showFindings(v);
  }

  function slot(name, filled, content) {
    const actions = el("div", { class: "actions" },
      button(t("replace"), () => { slotToFill = name; $("pick-one").click(); }, { class: "small", "aria-label": t("replace") + " " + t(name) }),
      filled && button(t("clear"), () => { certpage.clear(name); check(); say(null); }, { class: "small", "aria-label": t("clear") + " " + t(name) }));
    $("slot-" + name).replaceChildren(el("h2", {}, t(name)), actions, ...content.filter(Boolean));
  }
  function showSlots(v, op) {
    const c = v.certificate, k = v.key;
    const count = c && (c.number === 0 ? p("bad", t("noCertificate")) : p("soft", c.number === 1 ? t("oneCertificate") : t("numberOfCertificates", c.number)));
    const choice = v.choices && el("label", {}, el("span", { class: "soft" }, t("choice", v.choices.length)),
      el("select", { onchange: (e) => { certpage.choose(Number(e.target.value)); check(); } },
        v.choices.map((o) => el("option", { value: o.file, selected: o.chosen }, o.leaf + " \u00b7 " + o.name))));
    slot("certificate", !!c, c ? [p("file", c.files.join(" + ")), count, choice && el("p", {}, choice),
      v.unused && v.unused.length > 0 && p("soft", t("unused", v.unused.slice(0, 4).join(", ") + (v.unused.length > 4 ? " \u2026" : "")))] : [p("none", t("missingCertificate"))]);
    if (!k) return slot("key", false, [p("none", t(op.ids ? "notSent" : "missingKey"))]);
    const kind = !k.kind ? p("bad", t("keyUnread")) : p("soft", k.kind + (k.size ? " " + (/^\d+$/.test(k.size) ? t("bits", k.size) : k.size) : ""));
    let fits = null;
    if (k.kind && c && c.number > 0) {
      fits = k.fits === 0 ? p("bad", t("keyFitsNone")) : p(k.ca ? "bad" : "good", t(k.ca ? "keyFitsCA" : "keyFits", k.fits));
    }
    slot("key", true, [p("file", k.file), kind, fits, op.ids && p("soft", t("notSent"))]);
  }

  function showCoverage() {
    const names = JSON.parse(certpage.report()).names;
    $("coverage").hidden = names.length === 0;
    for (const n of names) {
      $("coverage").append(el("li", { class: n.covered ? "good" : "bad" }, (n.covered ? "\u2713 " : "\u2717 ") + n.domain + " ",
        el("span", {}, n.covered ? (n.by && n.by !== n.domain ? t("coveredBy", n.by) : t("covered")) : t("notCovered"))));
    }
  }

  // The lines of an excerpt stand as in the terminal; on a phone the remarks have no room
  // beside them and come below.
  const narrow = matchMedia("(max-width: 560px)");
  narrow.addEventListener("change", () => check());
  function excerptOf(f) {
    const x = f.excerpt;
    if (!x) return null;
    if (narrow.matches && x.beside) {
      const lines = excerptOf({ line: f.line, excerpt: { text: x.text, marks: x.marks } });
      return el("div", {}, lines, p("remark", x.beside), x.underneath && p("remark", x.underneath.trim()));
    }
    const number = String(f.line), gap = " ".repeat(number.length), gutter = (s) => el("span", { class: "gutter" }, s);
    const out = el("pre", { class: "excerpt", tabIndex: 0 }, gutter(number + " \u2502 "), x.text);
    if (x.beside) out.append(el("span", { class: "beside" }, "        " + x.beside));
    if (x.marks || x.underneath) {
      out.append("\n", gutter(gap + " \u2502 "), el("span", { class: "marks" }, x.marks || ""));
      if (x.underneath) out.append((x.beside ? "        " : x.marks ? "  " : "") + x.underneath);
    }
    return out;
  }

  function showVerdict(v) {
    const first = v.findings[0], box = el("div", { class: v.accepted ? "accepted" : "refused" });
    const band = el("div", { class: "band" });
    box.append(band);
    if (v.accepted) {
      band.append(p("head", el("strong", {}, t("accepted"))), p("said", t("would", v.operation)));
      const leaf = v.chain.path[0];
      if (leaf && leaf.period !== "unknown") band.append(p("service", t("until", leaf.until, leaf.days)));
    } else {
      const head = p("head", el("strong", {}, t("refused")), el("code", {}, first.code), copyButton(first.code), first.sure && el("span", { class: "tag" }, first.sure));
      band.append(head, p("said", first.said));
      if (first.provisional) band.append(p("service", t("provisional")));
      band.append(p("service", t("service") + first.service));
    }
    if (v.notChecked.length) band.append(p("service", t("notChecked", v.notChecked.join(state.lang === "en" ? ", " : "\u3001"))));
    if (!v.accepted) {
      if (first.where) box.append(p("place mono", "--> " + first.where));
      const x = excerptOf(first);
      if (x) box.append(x);
    }
    const way = el("div", { class: "way" });
    if (!v.accepted && first.hint && !v.fix.length) way.append(el("h3", {}, t("wayOut")), el("p", {}, first.hint));
    if (v.fix.length) {
      const done = el("output", { class: "soft" });
      way.append(el("h3", {}, t("wayOut")),
        el("div", { class: "do" }, button(t("fix"), () => download(done), { class: "primary", id: "fix" }), done),
        el("p", {}), el("p", { class: "soft" }, t("fixLead")), el("ul", {}, v.fix.map((line) => el("li", {}, line))));
      if (v.remedies.length) way.append(el("h3", {}, t("fixAfter")), el("ul", {}, v.remedies.map((line) => el("li", {}, line))));
    }
    if (way.childNodes.length) box.append(way);
    $("verdict").append(box);
  }

  function download(done) {
    const file = certpage.fixed();
    if (!file) return;
    const url = URL.createObjectURL(new Blob([file.data], { type: "application/octet-stream" }));
    file.data.fill(0);
    el("a", { href: url, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    done.textContent = t("fixed", file.name);
  }

  // ---- The picture

  // breakable lets a line break behind a dot of a name, where it may.
  const breakable = (name) => name.split(/(?<=\.)/).flatMap((part) => [part, el("wbr")]);
  function card(c) {
    const faulty = c.period === "over" || c.period === "early" || c.problems.some((x) => x.level === "error");
    const out = el("div", { class: "card " + c.role + (faulty ? " faulty" : "") },
      el("p", { class: "role" }, el("span", {}, t(c.role)), el("span", { class: "number", title: t("inFile", c.number), "aria-label": t("inFile", c.number) }, String(c.number))),
      p("name", ...breakable(c.name)));
    const names = c.names.filter((n) => n !== c.name);
    if (names.length) out.append(p("dim", ...breakable(names.join("  ") + (c.more ? "  " + t("moreNames", c.more) : ""))));
    out.append(p("dim", c.key));
    if (c.role !== "root") out.append(p("dim", t("issuedBy", c.issuer)));
    const word = { ok: "periodOk", renew: "periodRenew", over: "periodOver", early: "periodEarly" }[c.period];
    const fill = el("i"), now = el("b", { title: t("today") });
    fill.style.width = c.today * 100 + "%";
    now.style.left = c.today * 100 + "%";
    const color = { ok: "good", renew: "mild", over: "bad", early: "bad" }[c.period] || "soft";
    out.append(el("div", { class: "period" }, el("span", {}, el("span", {}, c.from), el("span", {}, c.until)),
      el("div", { class: "bar " + c.period }, fill, now), word && el("span", { class: color }, t(word, c.days))));
    if (c.problems.length) out.append(el("ul", {}, c.problems.map((x) => el("li", { class: x.level === "error" ? "bad" : x.level === "warning" ? "mild" : "soft" }, x.said))));
    return out;
  }
  function linkItem(broken, reason) {
    return el("li", { class: "link" + (broken ? " broken" : "") }, el("span", { class: "arrow", role: "img", "aria-label": reason || t("linkOk") }), broken && reason && el("span", {}, reason));
  }
  function showChain(chain) {
    $("chain").hidden = chain.path.length === 0;
    if (!chain.path.length) return;
    const path = el("ol", { class: "path" });
    chain.path.forEach((c, i) => {
      const e = card(c);
      if (c.number !== i + 1) e.classList.add("moved");
      path.append(el("li", {}, e));
      if (c.link) path.append(linkItem(c.link.broken, c.link.reason));
    });
    if (chain.beyond) {
      const b = chain.beyond;
      path.append(linkItem(b.needed, b.needed ? t("missingIssuer") : ""), el("li", {}, el("div", { class: "card absent" + (b.needed ? " needed" : "") },
        el("p", { class: "role" }, el("span", {}, t(b.needed ? "missing" : "root"))), p("name", b.name), p("dim", b.needed ? b.reason : t("beyondRoot")))));
    }
    $("chain").append(el("h2", {}, t("chain")), path);
    if (chain.others.length) $("chain").append(el("h3", {}, t("othersTitle")), el("div", { class: "others" }, chain.others.map(card)));
  }

  // ---- Findings

  function showFindings(v) {
    $("findings").append(el("h2", {}, t("findings")));
    if (!v.findings.length) return void $("findings").append(p("soft", t("noFindings")));
    for (const level of ["error", "warning", "note"]) {
      const all = v.findings.filter((f) => f.level === level);
      if (!all.length) continue;
      $("findings").append(el("h3", {}, t(level) + " " + all.length));
      for (const f of all) {
        const more = el("div", {});
        if (f.where) more.append(p("mono soft", f.where));
        const x = excerptOf(f);
        if (x) more.append(x);
        if (f.hint) more.append(el("p", {}, el("strong", {}, t("help")), f.hint));
        if (f.meaning && f.meaning !== f.said) more.append(p("soft", t("meaning") + f.meaning));
        if (f.rest) more.append(p("soft", t("rule") + f.rest + (f.source ? " \u00b7 " + f.source : "")));
        if (f.service) more.append(p("soft", t("service") + f.service));
        const summary = el("summary", {}, el("span", {}, f.said + " ", el("code", { class: "id" }, f.code || f.id), f.follows && " ", f.follows && el("span", { class: "tag" }, t("follows", f.follows))));
        $("findings").append(el("details", { class: f.level }, summary, more));
      }
    }
  }

  // ---- A code

  function explain() {
    const text = $("log").value.trim(), out = $("explained");
    out.replaceChildren();
    state.asked = text;
    if (!text) return;
    const answer = JSON.parse(certpage.explain(text, state.lang));
    if (!answer.found.length) {
      out.append(p("soft", answer.like.length ? t("explainLike") : t("explainNone"), answer.like.map((word) => [" ", button(word, () => { $("log").value = word; explain(); }, { class: "small mono" })]).flat()));
    }
    for (const e of answer.found) {
      out.append(el("article", {}, p("word", el("code", {}, e.word), " ", el("span", { class: "tag" }, t("kind" + e.kind))), e.advice && p("mild", e.advice),
        e.items.map((item) => el("div", {}, el("dl", {}, el("dt", {}, item.meaning), el("dd", {}, el("strong", {}, t("help")), item.hint),
          item.rest && el("dd", { class: "soft" }, t("rule") + item.rest + (item.source ? " \u00b7 " + item.source : "")),
          item.contrary && el("dd", { class: "soft" }, t("against") + item.contrary)))),
        e.rows.length > 0 && el("details", {}, el("summary", {}, t("rows", e.rows.length)), el("ul", {}, e.rows.map((r) => el("li", {}, r.table + ": ", el("code", {}, r.code), ` (${r.status}) ${r.message}`))))));
    }
  }
  $("ask").addEventListener("submit", (e) => { e.preventDefault(); whenReady(explain); });

  // ---- The policy

  const policy = document.querySelector("meta[http-equiv]").content;
  $("policy").textContent = policy.split("; ").join("\n");
  $("probe").addEventListener("click", async () => {
    let refused = "";
    const listener = (e) => { refused = e.effectiveDirective; };
    document.addEventListener("securitypolicyviolation", listener);
    try { await fetch("https://example.com/", { mode: "no-cors" }); } catch { /* what is wanted */ }
    await new Promise((yes) => setTimeout(yes, 50));
    document.removeEventListener("securitypolicyviolation", listener);
    $("probed").textContent = refused ? t("probeBlocked", refused) : t("probeOpen");
    $("probed").className = refused ? "good" : "bad";
  });

  // ---- The start

  for (const b of document.querySelectorAll("[data-lang]")) {
    b.addEventListener("click", () => {
      state.lang = b.dataset.lang;
      try { localStorage.setItem("certpage-lang", state.lang); } catch { /* it is asked again */ }
      speak();
      operations();
      check();
      say(null);
      if (state.asked) explain();
    });
  }
  const products = { Cdn: "CDN", dcdn: "DCDN", vod: "VOD", live: "Live", cas: "CAS", Alb: "ALB", Nlb: "NLB", Ga: "GA", Slb: "CLB" };
  function operations() {
    const chosen = $("operation").value;
    $("operation").replaceChildren(...state.operations.map((o) => el("option", { value: o.id, selected: o.id === chosen }, `${products[o.product] || o.product} \u00b7 ${o.name}`)));
  }

  // bytesOf undoes what the writer of the page did, so that every byte is one character.
  function bytesOf(text) {
    const high = new Uint8Array(1 << 16);
    const characters = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 128 }, (_, i) => 128 + i));
    for (let i = 0; i < 128; i++) high[characters.charCodeAt(i)] = 128 + i;
    const out = new Uint8Array(text.length);
    let n = 0;
    for (let i = 0; i < text.length; i++) {
      let c = text.charCodeAt(i);
      if (c === 61) c = text.charCodeAt(++i) - 64;
      else if (c > 127) c = high[c];
      out[n++] = c;
    }
    return out.subarray(0, n);
  }
  async function start() {
    const packed = $("module");
    const stream = new Blob([bytesOf(packed.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
    const go = new Go();
    document.addEventListener("certpage-ready", () => {
      ready = true;
      packed.remove();
      state.operations = JSON.parse(certpage.operations());
      operations();
      check();
      notice("");
      for (const f of state.busy.splice(0)) f();
      document.documentElement.dataset.ready = String(Math.round(performance.now()));
    }, { once: true });
    const module = await WebAssembly.instantiateStreaming(new Response(stream, { headers: { "Content-Type": "application/wasm" } }), go.importObject);
    go.run(module.instance);
  }
  speak();
  if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") notice(t("tooOld"));
  else start().catch(() => notice(t("tooOld")));
})();
