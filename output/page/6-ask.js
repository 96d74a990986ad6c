// Asking: the form, the tables and charts that follow a selection, and the
// records behind a number.

// SOME are the counts of incidents that are some of a row's.
const SOME = /^(killed|injured)\.(unknown|open|fatal)$/;
const SOME_WORDS = { unknown: "number not known", open: "an open-ended number", fatal: "at least one" };

class Page {
  constructor(cells, sheets) {
    this.cells = cells;
    this.sheets = sheets;
    this.slots = [];
    for (const s of sheets) {
      if (!this.follows(s.id)) continue;
      const dims = Array.from(s.table.tHead.rows[0].cells, (c) => c.textContent).slice(0, 1);
      const slot = { sheet: s, id: s.id, dims, caption: s.caption, cross: s.id.endsWith("-party") && s.id !== "by-party" };
      slot.printed = { head: Array.from(s.table.tHead.rows[0].cells), rows: s.rows.slice(), caption: s.table.caption.firstChild.textContent };
      s.injured = cells.injured;
      s.onWhole = () => this.fill(slot);
      this.slots.push(slot);
    }
    this.lead = document.querySelector("p.lead");
    this.leadText = Array.from(this.lead.childNodes);
    this.keys = document.querySelector("table[data-table=key-figures-table]");
    this.cited = Array.from(document.querySelectorAll("span[data-at]"));
    this.mark();
    this.form();
    this.dialog();
    window.addEventListener("hashchange", () => this.read());
    document.addEventListener("click", (e) => this.follow(e));
    this.read();
  }

  follows(id) {
    const by = "by-" + this.cells.by;
    return id === by || id === "period-party" || id === "by-party" || id === "by-event-type" || LEVELS.some((l) => id === "by-" + l || id === l + "-party");
  }

  // mark finds what speaks of all the data, to be put away while a selection is
  // shown: sentences, tables and charts that do not follow it.
  mark() {
    this.figures = [];
    const drawn = { timeseries: "by-" + this.cells.by, locations: null, perpetrators: "by-party" };
    for (const f of document.querySelectorAll("figure[data-chart]")) {
      if (!(f.dataset.chart in drawn)) { f.classList.add("whole"); if (f.nextElementSibling) f.nextElementSibling.classList.add("whole"); continue; }
      const static_ = f.querySelector("svg, img"), title = f.querySelector("h3");
      this.figures.push({ kind: f.dataset.chart, table: drawn[f.dataset.chart], figure: f, drawing: static_, title, words: title.textContent });
      if (f.nextElementSibling) f.nextElementSibling.classList.add("whole");
    }
    for (const s of document.querySelectorAll("main > section[data-section]")) {
      const own = s.dataset.section;
      if (["data", "method", "key-figures", "charts"].includes(own)) continue;
      const following = this.slots.some((x) => s.contains(x.sheet.table));
      if (!following) { s.classList.add("whole"); const link = document.querySelector("nav a[href='#" + own + "']"); if (link) link.parentElement.classList.add("whole"); continue; }
      for (const e of s.children) {
        const t = e.querySelector("table[data-table]");
        if (e.matches("p, ul") || t && !this.follows(t.dataset.table)) e.classList.add("whole");
        if (e.matches("details.tools") && e.nextElementSibling && !this.follows(e.nextElementSibling.querySelector("table").dataset.table)) e.classList.add("whole");
      }
    }
    for (const e of document.querySelectorAll("[data-section=charts] > p, [data-section=charts] > ul, [data-section=key-figures] > ul, [data-section=key-figures] > p:not(.note)")) e.classList.add("whole");
    const left = (what, selector, words) => {
      const of = Array.from(document.querySelectorAll(selector)).filter((e) => e.closest(".whole")).map(words);
      return of.length ? [what + ": " + of.join(", ")] : [];
    };
    const all = [...left("charts", "figure[data-chart]", (f) => f.dataset.chart.replace(/-/g, " ")), ...left("parts", "main > section.whole > h2", (h) => "“" + h.textContent + "”"),
      ...left("tables", "main > section:not(.whole) table[data-table]", (t) => "“" + t.caption.firstChild.textContent.trim() + "”")];
    this.left = element("p", { class: "note left" }, "Not shown for a selection: " + (all.join("; ") || "sentences on all the data") + ".");
  }

  form() {
    const c = this.cells;
    const field = (label, input) => { input.addEventListener("change", () => this.ask()); return element("label", {}, element("span", {}, label), input); };
    const option = (value, text) => element("option", { value }, text);
    const day = (name) => element("input", { type: "date", name, min: c.first === null ? undefined : isoDay(c.first), max: c.last === null ? undefined : isoDay(c.last) });
    this.from = day("from");
    this.to = day("to");
    this.place = element("select", { name: "place" }, option("", "everywhere"));
    for (const level of c.levels) this.place.append(this.places(level));
    this.party = element("select", { name: "party" }, option("", "every party"), ...c.parties.map((t) => option(c.texts[t], c.visible(c.texts[t]))));
    this.policy = element("select", { name: "policy" }, ...c.policies.map((p) => option(p.name, p.name + (p.name in POLICIES ? ": " + POLICIES[p.name] : ""))));
    this.count = element("select", { name: "count" }, option("", "killed and injured"), option("killed", "killed"), option("injured", "injured"));
    this.by = element("select", { name: "by" }, ...PERIODS.map((p) => option(p, p)));
    const fields = element("div", { class: "fields" }, field("From", this.from), field("To", this.to), field("Place", this.place), field("Claimed perpetrator", this.party));
    if (c.injured) fields.append(field("Count", this.count));
    if (c.policies.some((p) => p.map) || c.told) fields.append(field("Accounts weighed by", this.policy));
    fields.append(field("Table by", this.by));
    this.clear = element("button", { type: "button", hidden: true }, "Show all the data");
    this.clear.addEventListener("click", () => { location.hash = new View(c, "").hash(); this.from.focus(); });
    this.status = element("p", { role: "status", class: "selected" });
    this.command = element("p", { class: "note command" });
    this.took = 0;
    const form = element("form", {}, fields, this.clear);
    form.addEventListener("submit", (e) => e.preventDefault());
    const ask = element("section", { id: "ask", "aria-labelledby": "ask-title" }, element("h2", { id: "ask-title" }, "Ask this page"), form, this.status, this.command, this.left);
    document.querySelector("main > section").before(ask);
    const nav = document.querySelector("nav ul");
    nav.prepend(element("li", {}, element("a", { href: "#ask" }, "Ask this page")));
  }

  // places lists the names of a level, those with most incidents first where there
  // are too many to list.
  places(level) {
    const c = this.cells, l = LEVELS.indexOf(level), n = new Map();
    for (let i = 0; i < c.n; i++) { const k = c.lowerOf[c.paths[c.path[i]][l]]; n.set(k, (n.get(k) || 0) + 1); }
    for (const t of c.told || []) for (const a of t.a) { const k = c.lowerOf[c.paths[a[2]][l]]; n.set(k, (n.get(k) || 0) + 1); }
    let names = Array.from(n.keys()).filter((k) => k !== 0), title = upper(LEVEL_TITLES[l]);
    const most = 600;
    if (names.length > most) {
      names = names.sort((x, y) => n.get(y) - n.get(x) || x - y).slice(0, most);
      title += ", the " + most + " with most incidents of " + number(n.size);
    }
    names.sort((x, y) => compareText(c.texts[x], c.texts[y]));
    const g = element("optgroup", { label: title }, ...names.map((k) => element("option", { value: level + "=" + c.texts[k] }, c.visible(c.texts[k]))));
    if (n.has(0)) g.append(element("option", { value: level + "=" }, LEVEL_TITLES[l] + " not stated"));
    return g;
  }

  // ask writes the form to the address bar, which is then read.
  ask() {
    const days = (input, otherwise) => {
      if (!/^\d{4}-\d\d-\d\d$/.test(input.value)) return otherwise;
      return dayOf(...input.value.split("-").map(Number));
    };
    const at = this.place.value.indexOf("=");
    location.hash = this.view.with({ from: days(this.from, this.cells.from), to: days(this.to, this.cells.to),
      level: at < 0 ? "" : this.place.value.slice(0, at), place: at < 0 ? "" : this.place.value.slice(at + 1),
      party: this.party.value, policy: this.policy.value, count: this.count.value, by: this.by.value, show: "" }).hash();
  }

  // read shows what the address bar asks for. A link to a part of the page leaves
  // the view as it is.
  read() {
    if (this.view && location.hash !== "" && !location.hash.startsWith("#?")) return;
    const before = this.view, began = performance.now();
    this.view = new View(this.cells, location.hash);
    const same = before && before.with({ show: "" }).hash() === this.view.with({ show: "" }).hash();
    if (!same) this.render();
    this.took = performance.now() - began;
    document.body.dataset.took = this.took.toFixed(1);
    this.showRecords();
    document.body.dataset.shown = location.hash;
  }

  // csv is a table of the selection as the files have it, and day a day as they
  // write it.
  csv(id) {
    const t = this.tables.get(id);
    return t ? csvOf(t, this.cells.injured) : "";
  }

  day(n) { return isoDay(n); }

  // follow keeps the view in the address bar when a link within the page is taken.
  follow(e) {
    const a = e.target.closest && e.target.closest("a[href^='#']");
    if (!a || a.getAttribute("href").startsWith("#?") || !location.hash.startsWith("#?") || e.defaultPrevented) return;
    const to = document.getElementById(a.getAttribute("href").slice(1));
    if (!to) return;
    e.preventDefault();
    to.scrollIntoView();
    to.setAttribute("tabindex", "-1");
    to.focus({ preventScroll: true });
  }

  render() {
    const v = this.view, c = this.cells;
    this.tables = new Tables(c, c.sum(v), v.by);
    this.from.value = v.from === null ? "" : isoDay(v.from);
    this.to.value = v.to === null ? "" : isoDay(v.to);
    this.place.value = v.level ? v.level + "=" + v.place : "";
    if (v.level && this.place.value === "") { // named in the address and not in the list
      this.place.append(element("option", { value: v.level + "=" + v.place }, v.place));
      this.place.value = v.level + "=" + v.place;
    }
    this.party.value = v.party;
    this.policy.value = v.policy;
    this.count.value = v.count;
    this.by.value = v.by;
    document.body.classList.toggle("narrowed", v.narrowed);
    this.left.hidden = !v.narrowed;
    this.clear.hidden = !v.narrowed && v.by === c.by && v.count === "";
    this.say();
    this.fillKeys();
    for (const s of this.slots) this.fill(s);
    if (!v.narrowed) this.cite();
    this.draw();
  }

  // cite leads the figures of the sentences to the records behind them. They tell
  // of all the data, and are put away beside a selection.
  cite() {
    for (const s of this.cited) {
      if (s.behind === undefined) s.behind = this.behind(s.dataset.at);
      if (s.behind === "") continue;
      const a = s.querySelector("a");
      if (a) a.href = this.view.with({ show: s.behind }).hash();
      else s.replaceChildren(this.link(s.textContent, s.behind));
    }
  }

  // behind is what is shown for the address of a figure: the records of its row,
  // or of its incident; empty where a figure has none of its own.
  behind(address) {
    const parts = address.split("/"), measure = parts.pop();
    if (parts[0] === "shares") parts.shift(); // a share is a row's part of the total
    if (["receipt", "revisions"].includes(parts[0]) && parts.length > 1) parts.splice(0, parts.length, "incident", parts[1]);
    const row = parts.join("/"), some = row + "/" + measure;
    if (SOME.test(measure)) return this.belongs(some) ? some : "";
    return this.belongs(row) ? row : "";
  }

  // say puts the selection and its headline into words.
  say() {
    const v = this.view, t = this.tables.sum.total, n = t[0];
    if (this.everything === undefined) this.everything = v.narrowed ? this.cells.sum(new View(this.cells, "")).total[0] : n;
    if (v.narrowed) this.status.replaceChildren(element("strong", {}, "Selected: "), ...v.words(), ". " + number(n) + " of " + incidents(this.everything) + ". Figures, tables and charts below are of the selection.");
    else this.status.replaceChildren("All the data: " + incidents(n) + ". Choose above, or follow a number to the records behind it.");
    const command = v.command();
    this.command.replaceChildren(...(command === null ? ["No single command makes these figures."] : ["The same figures: ", element("code", {}, command)]));
    if (!v.narrowed) { this.lead.replaceChildren(...this.leadText); return; }
    const cover = coverText(this.tables.cover);
    let words;
    if (n === 0) words = [upper((cover + " no incident is recorded.").trim())];
    else {
      const where = "in " + incidents(n) + (cover ? " " + cover : "");
      words = [[tollSentence(t, this.cells.injured, where), unknownSentence(t, this.cells.injured), openSentence(t)].filter((s) => s).join(" ")];
    }
    this.lead.replaceChildren("Of the selection (", ...v.words(), "): ", ...words);
  }

  link(text, address) {
    return element("a", { href: this.view.with({ show: address }).hash(), class: "figure" }, text);
  }

  fillKeys() {
    if (!this.keys) return;
    const t = this.tables.sum.total, n = t[0], c = this.cells;
    const toll = (text) => (n > 0 ? text : "–"); // no incident is no zero
    const figures = { incidents: number(n), fatal: number(t[KILLED + 6]), killed: toll(figure(t, KILLED)), injured: toll(figure(t, INJURED)), casualties: toll(casualtiesText(t)),
      "killed.unknown": number(t[KILLED + 3]), "injured.unknown": number(t[INJURED + 3]), "killed.open": number(t[KILLED + 4]) };
    for (const r of this.keys.tBodies[0].rows) {
      const label = r.dataset.measure;
      if (label in figures) r.cells[1].replaceChildren(n > 0 ? this.link(figures[label], "total" + (SOME.test(label) ? "/" + label : label === "fatal" ? "/killed.fatal" : "")) : figures[label]);
      else r.classList.add("whole");
      if (label === "casualties") r.hidden = known(t, KILLED) === 0 || known(t, INJURED) === 0;
    }
  }

  // fill writes a table anew, or has it as it was printed while that is what is
  // asked for.
  fill(slot) {
    const isPeriod = slot.id === "by-" + this.cells.by, id = isPeriod ? "by-" + this.view.by : slot.id, table = this.tables.get(id), s = slot.sheet;
    if (!table) return;
    s.shown = table;
    const asPrinted = !this.view.narrowed && !s.all && this.view.by === this.cells.by && this.view.count === "";
    const head = asPrinted ? slot.printed.head : slot.cross ? this.crossHead(slot, table) : this.plainHead(slot, table);
    const rows = asPrinted ? this.printed(slot, table) : slot.cross ? this.crossRows(slot, table) : this.plainRows(slot, table);
    if (!asPrinted && (isPeriod || slot.id === "period-party")) head[0].textContent = upper(this.view.by);
    s.table.tHead.rows[0].replaceChildren(...head);
    s.table.tBodies[0].replaceChildren(...rows);
    let caption = slot.printed.caption;
    if (!asPrinted && isPeriod) caption = "By " + this.view.by;
    if (!asPrinted && slot.cross) caption = caption.replace("By " + this.cells.by, "By " + this.view.by).replace(/people (killed|injured)$/, "people " + (this.view.count || "killed"));
    s.table.caption.firstChild.textContent = caption;
    s.remember();
    s.refresh();
  }

  // printed returns the rows as they stand in the file, their figures leading to
  // records.
  printed(slot, table) {
    const isPeriod = table.dims[0] === "period", linked = ["Incidents", "Killed", "Injured", "Killed unknown", "Claimed", "Attributed", "Contested", "Involved"];
    const link = (td, r) => {
      if (!r || r.t[0] === 0) return;
      const a = td.querySelector("a.figure");
      if (a) a.href = this.view.with({ show: addressOf(table.id, r.keys) }).hash();
      else td.replaceChildren(this.link(td.textContent, addressOf(table.id, r.keys)));
    };
    if (slot.cross) {
      const { down, across } = this.axes(table), columns = keep(across, SHOWN_COLUMNS, false, (k) => !isNamed(k)).shown;
      const cell = new Map(table.rows.map((r) => [r.keys[0].id + "\n" + r.keys[1].kind + r.keys[1].id, r]));
      this.limited(slot, down, isPeriod, (d) => !isNamed(d.keys[0])).forEach((d, i) => {
        const tr = slot.printed.rows[i];
        if (tr && columns.length === tr.cells.length - 1) columns.forEach((k, n) => link(tr.cells[n + 1], cell.get(d.keys[0].id + "\n" + k.kind + k.id)));
      });
    } else {
      const shown = this.limited(slot, table.rows, isPeriod, (r) => !isNamed(r.keys[0]));
      slot.printed.rows.forEach((tr, i) => {
        if (shown.length !== slot.printed.rows.length) return;
        slot.printed.head.forEach((th, n) => { if (linked.includes(th.textContent.trim())) link(tr.cells[n], shown[i]); });
      });
    }
    return slot.printed.rows;
  }

  columns(table) {
    const cs = [{ title: "Incidents", text: (r) => number(r.t[0]) }];
    const which = measures(this.view, this.cells.injured).map(([, w]) => w);
    if (which.includes("killed")) cs.push({ title: "Killed", text: (r) => figure(r.t, KILLED) });
    if (which.includes("injured")) cs.push({ title: "Injured", text: (r) => figure(r.t, INJURED) });
    const some = which.map((w) => [upper(w) + " unknown", (r) => r.t[(w === "killed" ? KILLED : INJURED) + 3]]).slice(0, 1);
    if (table.id === "by-party") for (const b of ["claimed", "attributed", "contested", "involved"]) some.push([upper(b), (r) => r.basis[b]]);
    for (const [title, of] of some) if (table.rows.some((r) => of(r) > 0)) cs.push({ title, text: (r) => number(of(r)) });
    return cs;
  }

  heading(text, isNumber) { return element("th", { scope: "col", class: isNumber ? "n" : undefined }, ...[].concat(text)); }

  plainHead(slot, table) {
    return [this.heading(slot.dims[0]), ...this.columns(table).map((c) => this.heading(c.title, true))];
  }

  label(key) { return isNamed(key) ? nameOf(this.cells.visible(key.label).trim()) : document.createTextNode(key.label); }

  rowHead(r) {
    const th = element("th", { scope: "row" }, this.label(r.keys[0]));
    if (r.partial) th.append(", " + r.partial);
    if (r.spanned) th.append(", within an incident counted where it starts");
    return th;
  }

  limited(slot, list, isPeriod, aside) {
    const { shown, left } = keep(list, slot.sheet.all ? Infinity : isPeriod ? SHOWN_PERIODS : SHOWN_ROWS, isPeriod, aside);
    slot.sheet.whole.hidden = left === 0 && !slot.sheet.all;
    slot.sheet.whole.textContent = slot.sheet.all ? "Fewer rows" : "All " + number(list.length) + " rows";
    return shown;
  }

  plainRows(slot, table) {
    const cs = this.columns(table), aside = (r) => !isNamed(r.keys[0]);
    return this.limited(slot, table.rows, table.dims[0] === "period", aside).map((r) => {
      const tr = element("tr", { class: aside(r) ? "aside" : undefined }, this.rowHead(r));
      for (const c of cs) tr.append(element("td", { class: "n" }, r.t[0] > 0 ? this.link(c.text(r), addressOf(table.id, r.keys)) : c.text(r)));
      return tr;
    });
  }

  // axes are the distinct keys of a table by two, each in its own order.
  axes(table) {
    const down = new Map(), across = new Set(table.rows.map((r) => r.keys[1]));
    for (const r of table.rows) if (!down.has(r.keys[0].id)) down.set(r.keys[0].id, { keys: [r.keys[0]], partial: r.partial });
    return { down: Array.from(down.values()), across: this.tables.get("by-party").rows.map((r) => r.keys[0]).filter((k) => across.has(k)) };
  }

  crossHead(slot, table) {
    const { across } = this.axes(table);
    slot.columns = keep(across, slot.sheet.all ? 60 : SHOWN_COLUMNS, false, (k) => !isNamed(k)).shown;
    return [this.heading(slot.dims[0]), ...slot.columns.map((k) => this.heading([this.label(k)], true))];
  }

  crossRows(slot, table) {
    const { down } = this.axes(table), cell = new Map(table.rows.map((r) => [r.keys[0].id + "\n" + r.keys[1].kind + r.keys[1].id, r]));
    const o = this.view.count === "injured" ? INJURED : KILLED;
    return this.limited(slot, down, table.dims[0] === "period", (d) => !isNamed(d.keys[0])).map((d) => {
      const tr = element("tr", { class: isNamed(d.keys[0]) ? undefined : "aside" }, this.rowHead(d));
      for (const k of slot.columns) {
        const r = cell.get(d.keys[0].id + "\n" + k.kind + k.id);
        tr.append(element("td", { class: "n" }, r ? this.link(range(r.t, o), addressOf(table.id, r.keys)) : "–"));
      }
      return tr;
    });
  }

  // draw shows the charts that follow a selection, or those of the briefing.
  draw() {
    const v = this.view, which = measures(v, this.cells.injured), drawn = v.narrowed || v.count !== "" || v.by !== this.cells.by;
    for (const f of this.figures) {
      if (f.own) f.own.remove();
      f.own = null;
      f.drawing.classList.toggle("away", drawn);
      f.title.classList.toggle("unseen", !drawn);
      f.save = f.figure.querySelector("button.save");
      f.save.hidden = false;
      if (!drawn) { f.title.textContent = f.words; continue; }
      const what = which.map(([, w]) => w).join(" and ");
      const level = this.cells.levels.includes("admin1") ? "admin1" : this.cells.levels[0];
      const words = { timeseries: "People " + what + " per " + v.by, locations: "People " + which[0][1] + " by " + LEVEL_TITLES[LEVELS.indexOf(level)], perpetrators: "People " + which[0][1] + " by claimed perpetrator" }[f.kind];
      f.title.replaceChildren(words + (v.narrowed ? ": " : ""), ...v.words());
      const title = f.title.textContent;
      if (this.tables.sum.total[0] === 0) f.own = element("p", { class: "drawn" }, "No incident to draw.");
      else if (f.kind === "timeseries") f.own = drawPeriods(this.tables.get("by-" + v.by), title, which);
      else f.own = drawRanked(this.tables.get(f.kind === "locations" ? "by-" + level : "by-party"), title, which, (s) => this.cells.visible(s));
      f.drawing.after(f.own);
      f.save.hidden = f.own instanceof HTMLElement;
    }
  }

  dialog() {
    this.panel = element("dialog", { id: "records", "aria-labelledby": "records-title" });
    this.panel.addEventListener("close", () => { if (this.view.show) location.hash = this.view.with({ show: "" }).hash(); });
    document.body.append(this.panel);
  }

  // belongs tells which incidents a row of a table adds up, and by which part of
  // their tolls.
  belongs(address) {
    const [id, ...parts] = address.split("/"), want = parts.map(unescapeKey), c = this.cells;
    if (id === "incident") return this.told(want);
    const table = this.tables.get(id);
    if (!table) return null;
    const some = want.length === table.dims.length + 1 && SOME.test(want[want.length - 1]) ? want.pop() : "";
    if (table.dims.length !== want.length) return null;
    const test = (dim) => {
      if (dim === "period") { const p = id === "period-party" ? this.view.by : id.slice(3); return (x, k) => slotOf(timeCode(x.start, x.prec), p).key.id === k; }
      if (dim === "event_type") return (x, k) => { const name = c.texts[c.events[x.event]]; return (name === "" ? "(not stated)" : namedKey(name).id) === k; };
      const level = LEVELS.indexOf(dim), names = this.tables.labels(level);
      return (x, k) => names(c.groupOf[level][x.path]).id === k;
    };
    const row = table.rows.find((r) => r.keys.every((k, i) => k.id === want[i]));
    if (!row) return null;
    const tests = table.dims.map((d) => (d === "party" ? null : test(d)));
    const party = table.dims.indexOf("party");
    const of = (x) => {
      if (!tests.every((t, i) => t === null || t(x, want[i]))) return null;
      if (party < 0) return !some || this.isSome(some, x) ? [x.killed, x.hurt] : null;
      const part = (x.parts || [[x.naming, x.killed, x.hurt]]).find((p) => c.partyKeys[c.partyOf[p[0]]] === row.keys[party]);
      return part && (!some || this.isSome(some, { killed: part[1], hurt: part[2] })) ? [part[1], part[2]] : null;
    };
    return { row, of, some };
  }

  // told finds an incident that several records tell, by its id.
  told([id, ...rest]) {
    const c = this.cells, n = (c.told || []).findIndex((t) => c.texts[t.i] === id);
    if (n < 0 || rest.length) return null;
    return { row: { keys: [{ id, label: id, kind: "named" }], t: null }, of: (x) => (x.ref === -1 - n ? [x.killed, x.hurt] : null), some: "" };
  }

  // isSome tells whether an incident is one that a count of the unknown or open
  // tolls, or of the fatal incidents, counts.
  isSome(some, x) {
    const [measure, what] = some.split("."), t = newTally();
    this.cells.addSum(t, KILLED, measure === "killed" ? x.killed : x.hurt);
    return t[KILLED + { unknown: 3, open: 4, fatal: 6 }[what]] > 0;
  }

  // showRecords opens or closes the records behind a number.
  showRecords() {
    const asked = this.view.show ? this.belongs(this.view.show) : null;
    if (!asked) { if (this.panel.open) this.panel.close(); return; }
    const found = [];
    this.cells.each(this.view, (start, span, prec, path, event, killed, hurt, naming, parts, ref) => {
      const x = { start, span, prec, path, event, killed, hurt, naming, parts, ref }, toll = asked.of(x);
      if (toll) { x.toll = toll; found.push(x); }
    });
    const o = this.view.count === "injured" ? 1 : 0, c = this.cells;
    found.sort((x, y) => c.high[y.toll[o]] - c.high[x.toll[o]] || x.start - y.start);
    this.list(asked, found);
    if (!this.panel.open) this.panel.showModal();
  }

  list(asked, found) {
    const c = this.cells, row = asked.row, which = measures(this.view, c.injured), most = 100;
    const title = element("h2", { id: "records-title", tabindex: "-1" });
    row.keys.forEach((k, i) => title.append(i ? ", " : "", this.label(k)));
    if (!row.keys.length) title.append("All incidents selected");
    const close = element("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", () => history.length > 1 && this.opened ? history.back() : this.panel.close());
    if (asked.some) { const [measure, what] = asked.some.split("."); title.append(": " + measure + ", " + SOME_WORDS[what]); }
    const total = newTally();
    for (const x of found) c.add(total, x.toll[0], x.toll[1]);
    const sum = element("p", {}, incidents(found.length) + ": " + which.map(([o, w]) => figure(total, o) + " " + w).join(", ") + ".");
    const body = element("tbody"), head = ["Date", "Place", "Claimed perpetrator", ...which.map(([, w]) => upper(w)), "Records"];
    const table = element("table", {}, element("caption", {}, "Incidents, those with most first"), element("thead", {}, element("tr", {}, ...head.map((h) => this.heading(h, h === "Killed" || h === "Injured")))), body);
    const more = element("button", { type: "button" });
    let n = 0;
    const show = () => {
      for (const x of found.slice(n, n + most)) body.append(this.incident(x, which));
      n = Math.min(n + most, found.length);
      more.hidden = n >= found.length;
      more.textContent = "Show " + Math.min(most, found.length - n) + " more of " + number(found.length - n);
    };
    more.addEventListener("click", show);
    show();
    this.panel.replaceChildren(element("header", {}, title, close), sum, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Incidents" }, table), more);
    this.opened = true;
  }

  toll(code) {
    const t = newTally();
    this.cells.add(t, code, 0);
    return figure(t, KILLED);
  }

  incident(x, which) {
    const c = this.cells, party = element("td"), records = element("td"), place = element("td");
    let last = "";
    for (const t of c.paths[x.path].slice().reverse()) {
      if (t === 0 || c.texts[t] === last) continue;
      place.append(last ? ", " : "", nameOf(c.visible(c.texts[t])));
      last = c.texts[t];
    }
    if (last === "") place.append("not stated");
    (x.parts || [[x.naming]]).forEach((p, i) => party.append(i ? "; " : "", this.label(c.partyKeys[c.partyOf[p[0]]])));
    if (x.ref >= 0) records.append(element("code", {}, c.visible(c.files[c.file[x.ref]]) + ":" + c.line[x.ref]));
    else records.append(this.accounts(c.told[-1 - x.ref]));
    const tr = element("tr", {}, element("th", { scope: "row" }, dateText(x.start, x.span, x.prec)), place, party);
    for (const [o] of which) tr.append(element("td", { class: "n" }, this.toll(x.toll[o === KILLED ? 0 : 1])));
    tr.append(records);
    return tr;
  }

  // accounts lists the records of an incident and what became of each.
  accounts(t) {
    const c = this.cells, { paths, namings } = c.admits(this.view), p = c.policyOf(this.view);
    const list = element("ul");
    for (const [file, line, path, naming, , source, side, victims, reported, killed, hurt, fates] of t.a) {
      const passes = (!paths || paths[path]) && (!namings || namings[naming]), fate = c.fates[fates[p]];
      const li = element("li", { class: passes && fate.u ? "used" : "set-aside" }, element("code", {}, c.visible(c.files[file]) + ":" + line), " ",
        source ? nameOf(c.visible(c.texts[source])) : "source not stated", ": killed " + this.toll(killed) + (c.injured ? ", injured " + this.toll(hurt) : ""));
      if (side) li.append("; losses of ", nameOf(c.visible(c.texts[side])));
      if (victims && c.texts[victims] !== "unstated") li.append("; " + c.texts[victims]);
      if (reported) li.append("; reported " + dayText(reported - DAY_ZERO));
      li.append(". " + upper(passes ? fate.w : "outside of the selection") + ".");
      list.append(li);
    }
    return element("details", { open: true }, element("summary", {}, nameOf(c.visible(c.texts[t.i])), ", " + t.a.length + " accounts"), list);
  }
}

// start makes the page answer. Without cells it can still be sorted, filtered and
// copied.
function start() {
  const sheets = Array.from(document.querySelectorAll("table[data-table]"), (t) => new Sheet(t));
  for (const f of document.querySelectorAll("figure[data-chart]")) {
    const b = element("button", { type: "button", class: "save" }, "Save as PNG", element("span", { class: "unseen" }, " “" + f.querySelector("h3").textContent + "”"));
    b.addEventListener("click", () => savePicture(f.querySelector("svg:not(.away)"), f.dataset.chart));
    f.append(b);
  }
  const carried = document.getElementById("cells");
  if (carried) window.tollPage = new Page(new Cells(JSON.parse(carried.textContent)), sheets);
  document.body.dataset.ready = "yes";
}

start();
