// The page: what it shows of what the address bar asks for.

class Page {
  constructor(cells, sheets) {
    this.cells = cells;
    this.sheets = sheets;
    this.left = { charts: [], parts: [], tables: [] }; // what does not follow a selection
    this.slots = sheets.filter((s) => this.follows(s.id)).map((s) => (s.id === "deadliest-table" ? new Deadliest(this, s) : new Slot(this, s)));
    this.lead = document.querySelector("p.lead");
    this.leadText = Array.from(this.lead.childNodes);
    this.keys = document.querySelector("table[data-table=key-figures-table]");
    this.cited = cells.records ? Array.from(document.querySelectorAll("span[data-at]")) : [];
    this.drawings = new Drawings(this);
    this.mark();
    this.form = new Ask(this);
    const left = Object.entries(this.left).filter(([, l]) => l.length).map(([what, l]) => say("script.left-" + what, { list: l.join(", ") })).join("; ");
    this.form.left.textContent = say("script.left", { what: left || say("script.left-sentences") });
    this.records = new Records(this);
    window.addEventListener("hashchange", () => this.read());
    document.addEventListener("click", (e) => this.follow(e));
    this.read();
  }

  // follows tells whether a table follows a selection.
  follows(id) {
    if (id === "by-" + this.cells.printedBy || id === "period-party" || id === "by-party") return true;
    if (id === "by-event-type" || id === "deadliest-table") return this.cells.records;
    return this.cells.levels.some((l) => id === "by-" + l || id === l + "-party");
  }

  // mark finds what speaks of all the data, to be put away while a selection is
  // shown: sentences and tables that do not follow it. In its place the page says
  // so.
  mark() {
    const followed = (e) => { const t = e.querySelector("table[data-table]"); return t === null || this.follows(t.dataset.table); };
    for (const s of document.querySelectorAll("main > section[data-section]")) {
      const own = s.dataset.section, h = s.querySelector("h2");
      if (own === "method") continue;
      if (own === "data") { h.after(element("p", { class: "note instead" }, say("script.of-whole"))); continue; }
      if (own === "charts" || own === "key-figures") {
        for (const e of s.children) if (e.matches("p, ul") && !(own === "key-figures" && e.matches(".note"))) e.classList.add("whole");
        continue;
      }
      if (!this.slots.some((x) => s.contains(x.sheet.table))) {
        this.left.parts.push("“" + h.textContent + "”");
        this.putAway(h.nextElementSibling, Array.from(s.children).filter((e) => e !== h), say("script.part-away"));
        s.classList.add("bare");
        continue;
      }
      for (const e of Array.from(s.children)) {
        if (e.matches("p, ul")) e.classList.add("whole");
        if (!e.matches(".scroll") || followed(e)) continue;
        const caption = e.querySelector("caption").firstChild.textContent.trim();
        this.left.tables.push("“" + caption + "”");
        this.putAway(e.previousElementSibling, [e.previousElementSibling, e], say("script.table-away", { caption }));
      }
    }
  }

  // putAway hides elements while a selection is shown, and says so before the
  // first.
  putAway(before, elements, words) {
    for (const e of elements) e.classList.add("whole");
    before.before(element("p", { class: "note instead" }, words));
  }

  // go writes a view to the address bar: as a step that can be gone back from, or
  // in place.
  go(view, inPlace = false) {
    if (!inPlace) { location.hash = view.hash(); return; }
    history.replaceState(null, "", view.hash());
    this.read();
  }

  // read shows what the address bar asks for. A link to a part of the page leaves
  // the view as it is.
  read() {
    if (this.view && location.hash !== "" && !location.hash.startsWith("#?")) return;
    const before = this.view, began = performance.now();
    this.view = new View(this.cells, location.hash);
    const same = before && before.with({ show: "" }).hash() === this.view.with({ show: "" }).hash();
    if (!same) this.render();
    document.body.dataset.took = (performance.now() - began).toFixed(1);
    this.records.show();
    document.body.dataset.shown = location.hash;
  }

  // csv is a table of the selection as the files have it, plotted the rows behind
  // a chart, and day a day as they write it.
  csv(id) {
    const t = this.tables.get(id);
    return t ? csvOf(t, this.cells.injured) : "";
  }

  plotted(kind) { return plotted(kind, this.tables); }

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
    document.body.classList.toggle("narrowed", v.narrowed);
    this.form.show(v);
    this.say();
    this.fillKeys();
    for (const s of this.slots) s.fill();
    if (!v.narrowed) this.cite();
    this.drawings.draw();
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
    if (SOME.test(measure)) return this.records.belongs(some) ? some : "";
    return this.records.belongs(row) ? row : "";
  }

  // say puts the selection and its headline into words.
  say() {
    const v = this.view, t = this.tables.sum.total, n = t[0];
    if (this.everything === undefined) this.everything = v.narrowed ? this.cells.sum(new View(this.cells, "")).total[0] : n;
    this.form.say(v, n, this.everything);
    if (!v.narrowed) { this.lead.replaceChildren(...this.leadText); return; }
    const cover = coverText(this.tables.cover), from = v.from !== null, to = v.to !== null;
    let words;
    if (n === 0 && from && to) words = [upper(say("headline.none-during", { cover }))];
    else if (n === 0 && (from || to)) words = [say(from ? "headline.none-from" : "headline.none-to", { day: longDay(from ? v.from : v.to) })];
    else if (n === 0) words = [say("headline.none")];
    else {
      const where = say(cover ? "headline.in-during" : "headline.in", { incidents: incidents(n), cover });
      words = [[tollSentence(t, this.cells.injured, where), unknownSentence(t, this.cells.injured), openSentence(t)].filter((s) => s).join(" ")];
    }
    this.lead.replaceChildren(...pieces("script.lead", { selected: v.words(), sentences: words }));
  }

  // link leads from a figure to the records behind it, where the page has them.
  link(text, address) {
    if (!this.cells.records) return document.createTextNode(text);
    return element("a", { href: this.view.with({ show: address }).hash(), class: "figure" }, text);
  }

  fillKeys() {
    if (!this.keys) return;
    const t = this.tables.sum.total, n = t[0];
    const toll = (text) => [n > 0 ? text : "–", n, "total"]; // no incident is no zero
    const some = (count, what) => [number(count), count, "total/" + what];
    const figures = { incidents: [number(n), n, "total"], fatal: some(t[KILLED + 6], "killed.fatal"), killed: toll(figure(t, KILLED)), injured: toll(figure(t, INJURED)),
      casualties: toll(casualtiesText(t)), "killed.unknown": some(t[KILLED + 3], "killed.unknown"), "injured.unknown": some(t[INJURED + 3], "injured.unknown"), "killed.open": some(t[KILLED + 4], "killed.open") };
    for (const r of this.keys.tBodies[0].rows) {
      const label = r.dataset.measure;
      if (label in figures) { const [text, behind, address] = figures[label]; r.cells[1].replaceChildren(behind > 0 ? this.link(text, address) : text); }
      else r.classList.add("whole");
      if (label === "casualties") r.hidden = known(t, KILLED) === 0 || known(t, INJURED) === 0;
    }
  }
}

// start makes the page answer. Without cells it can still be sorted, filtered and
// copied.
function start() {
  SAYS = JSON.parse(document.getElementById("says").textContent);
  const sheets = Array.from(document.querySelectorAll("table[data-table]"), (t) => new Sheet(t));
  for (const f of document.querySelectorAll("figure[data-chart]")) {
    const b = element("button", { type: "button", class: "save" }, say("control.save"), element("span", { class: "unseen" }, " “" + f.querySelector("h3").textContent + "”"));
    b.addEventListener("click", () => savePicture(f.querySelector("svg:not(.away)"), f.dataset.chart));
    f.append(b);
  }
  const carried = document.getElementById("cells");
  if (carried) {
    const c = JSON.parse(carried.textContent);
    window.tollPage = new Page(c.unit ? new Cube(c) : new Cells(c), sheets);
  }
  document.body.dataset.ready = "yes";
}

start();
