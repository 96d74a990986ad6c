// Tables that can be sorted, filtered and copied.

// Sheet is a table on the page that can be sorted, filtered and copied.
class Sheet {
  constructor(table) {
    this.table = table;
    this.id = table.dataset.table;
    this.column = -1;
    this.down = false;
    this.text = "";
    this.all = false;
    this.caption = table.caption.firstChild.textContent.trim();
    this.remember();
    this.tools();
    this.refresh();
  }

  // remember takes the rows as they are now for the order to return to.
  remember() { this.rows = Array.from(this.table.tBodies[0].rows); }

  tools() {
    this.find = element("input", { type: "search", "aria-label": say("control.find", { caption: this.caption }) });
    this.find.addEventListener("input", () => { this.text = this.find.value.trim().toLowerCase(); this.refresh(); });
    this.count = element("span", { role: "status", class: "count" });
    this.whole = element("button", { type: "button", hidden: true }, say("control.all-rows"));
    this.whole.addEventListener("click", () => { this.all = !this.all; this.onWhole(); });
    const copy = (name, make) => {
      const b = element("button", { type: "button" }, say("control.copy", { format: name }));
      b.addEventListener("click", () => copyText(make(), b));
      return b;
    };
    this.box = element("details", { class: "tools" }, element("summary", {}, say("control.tools"), element("span", { class: "unseen" }, " “" + this.caption + "”")),
      element("div", {}, element("label", {}, say("control.rows-with"), this.find), this.whole, copy("CSV", () => this.csv()), copy("Markdown", () => this.markdown()), this.count));
    this.table.parentElement.before(this.box);
  }

  onWhole() {}

  csv() {
    if (this.shown && this.text === "") return csvOf(this.shown, this.injured);
    return this.cells().map((r) => r.map((c) => csvCell(c)).join(",")).join("\n") + "\n";
  }

  markdown() {
    const safe = (c) => c.replace(/[\\`*_{}[\]<>()#+\-.!|~&]/g, (x) => (/[|<>`*_[\]\\~&]/.test(x) ? "\\" + x : x));
    const [head, ...rows] = this.cells(), numbers = Array.from(this.table.tHead.rows[0].cells, (c) => c.classList.contains("n"));
    const line = (cs) => "| " + cs.map(safe).join(" | ") + " |";
    return [line(head), "| " + numbers.map((n) => (n ? "---:" : "---")).join(" | ") + " |", ...rows.map(line)].join("\n") + "\n";
  }

  // cells are the texts of the table as it is shown.
  cells() {
    return [this.table.tHead.rows[0], ...Array.from(this.table.tBodies[0].rows).filter((r) => !r.hidden)].map((r) => Array.from(r.cells, (c) => c.textContent.trim()));
  }

  // refresh puts the rows into the order asked for and hides those filtered out.
  refresh() {
    Array.from(this.table.tHead.rows[0].cells).forEach((th, i) => {
      if (!th.querySelector("button")) {
        const b = element("button", { type: "button", class: "sort" }, ...th.childNodes);
        b.addEventListener("click", () => this.sort(i));
        th.append(b);
      }
      if (i === this.column) th.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    let rows = this.rows.slice();
    if (this.column >= 0) {
      const i = this.column, value = (r) => valueOf(r.cells[i]), sign = this.down ? -1 : 1;
      const order = new Map(rows.map((r) => [r, value(r)]));
      rows.sort((x, y) => {
        const a = order.get(x), b = order.get(y);
        if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
        return sign * (typeof a === "number" ? a - b : compareText(a, b));
      });
    }
    let n = 0;
    for (const r of rows) {
      r.hidden = this.text !== "" && !r.textContent.toLowerCase().includes(this.text);
      if (!r.hidden) n++;
    }
    this.table.tBodies[0].append(...rows);
    this.count.textContent = this.text === "" ? "" : say("control.count", { n, all: rows.length });
  }

  sort(i) {
    const numbers = this.table.tHead.rows[0].cells[i].classList.contains("n");
    if (this.column !== i) { this.column = i; this.down = numbers; }
    else if (this.down === numbers) this.down = !numbers;
    else this.column = -1;
    this.refresh();
  }
}

// valueOf is what a cell is sorted by: its first figure, else its text.
function valueOf(cell) {
  const t = cell.textContent.trim();
  if (!cell.classList.contains("n")) return t.toLowerCase();
  const m = /−?\d[\d,]*(\.\d+)?/.exec(t);
  return m ? Number(m[0].replace(/,/g, "").replace("−", "-")) : -1;
}

async function copyText(text, button) {
  const was = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch (_) {
    const area = element("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  document.body.dataset.copied = text.length;
  button.textContent = say("control.copied");
  setTimeout(() => { button.textContent = was; }, 1500);
}

const heading = (text, isNumber) => element("th", { scope: "col", class: isNumber ? "n" : undefined }, ...[].concat(text));
// BASES are what a party's name rests on, by which some of its incidents are counted.
const BASES = ["claimed", "attributed", "contested", "involved"];
const labelOf = (cells, key) => (isNamed(key) ? nameOf(cells.visible(key.label).trim()) : document.createTextNode(key.label));

// Slot is a table that follows a selection.
class Slot {
  constructor(page, sheet) {
    this.page = page;
    this.cells = page.cells;
    this.sheet = sheet;
    this.id = sheet.id;
    this.cross = sheet.id.endsWith("-party") && sheet.id !== "by-party";
    this.isPeriod = sheet.id === "by-" + page.cells.printedBy;
    this.head = sheet.table.tHead.rows[0].cells[0].textContent;
    this.printed = { head: Array.from(sheet.table.tHead.rows[0].cells), rows: sheet.rows.slice(), caption: sheet.table.caption.firstChild.textContent };
    sheet.injured = page.cells.injured;
    sheet.onWhole = () => this.fill();
  }

  get view() { return this.page.view; }

  // fill writes a table anew, or has it as it was printed while that is what is
  // asked for.
  fill() {
    const id = this.isPeriod ? "by-" + this.view.by : this.id, table = this.page.tables.get(id), s = this.sheet;
    if (!table) return;
    s.shown = table;
    const asPrinted = !this.view.narrowed && !s.all && this.view.by === this.cells.by && this.view.count === "";
    const head = asPrinted ? this.printed.head : this.cross ? this.crossHead(table) : this.plainHead(table);
    const rows = asPrinted ? this.linked(table) : this.cross ? this.crossRows(table) : this.plainRows(table);
    if (!asPrinted && (this.isPeriod || this.id === "period-party")) head[0].textContent = upper(say("period." + this.view.by));
    s.table.tHead.rows[0].replaceChildren(...head);
    s.table.tBodies[0].replaceChildren(...rows);
    let caption = this.printed.caption;
    if (!asPrinted && this.isPeriod) caption = say("table.by-2", { string: say("period." + this.view.by) });
    if (!asPrinted && this.cross) caption = say(this.view.count === "injured" ? "script.people-injured" : "page.people-killed", { tableTitle: this.title() });
    if (!asPrinted && /\s$/.test(this.printed.caption) && !/\s$/.test(caption)) caption += " "; // before the link to a rule
    s.table.caption.firstChild.textContent = caption;
    s.remember();
    s.refresh();
  }

  // title is that of a table by something and party, without what it counts.
  title() {
    const { title, by } = this.sheet.table.dataset;
    return by === undefined ? title : say(by, { [by.startsWith("page.") ? "title" : "string"]: say("period." + this.view.by) });
  }

  // linked returns the rows as they stand in the file, their figures leading to
  // records.
  linked(table) {
    if (!this.cells.records) return this.printed.rows;
    const isPeriod = table.dims[0] === "period";
    const link = (td, r, some) => {
      if (!r || r.t[0] === 0 || some && td.textContent.trim() === "0") return;
      const a = td.querySelector("a.figure"), address = addressOf(table.id, r.keys) + (some ? "/" + some : "");
      if (a) a.href = this.view.with({ show: address }).hash();
      else td.replaceChildren(this.page.link(td.textContent, address));
    };
    if (this.cross) {
      const { down, across } = this.axes(table), columns = keep(across, SHOWN_COLUMNS, false, (k) => !isNamed(k)).shown;
      const cell = new Map(table.rows.map((r) => [r.keys[0].id + "\n" + r.keys[1].kind + r.keys[1].id, r]));
      this.limited(down, isPeriod, (d) => !isNamed(d.keys[0])).forEach((d, i) => {
        const tr = this.printed.rows[i];
        if (tr && columns.length === tr.cells.length - 1) columns.forEach((k, n) => link(tr.cells[n + 1], cell.get(d.keys[0].id + "\n" + k.kind + k.id)));
      });
    } else {
      const shown = this.limited(table.rows, isPeriod, (r) => !isNamed(r.keys[0]));
      this.printed.rows.forEach((tr, i) => {
        if (shown.length !== this.printed.rows.length) return;
        this.printed.head.forEach((th, n) => {
          const counts = th.dataset.counts; // "killed", or some of the incidents: "killed.unknown"
          if (counts) link(tr.cells[n], shown[i], SOME.test(counts) ? counts : "");
        });
      });
    }
    return this.printed.rows;
  }

  columns(table) {
    const cs = [{ title: say("page.incidents"), text: (r) => number(r.t[0]) }];
    const which = measures(this.view, this.cells.injured);
    for (const [o, code] of which) cs.push({ title: say("page." + code), text: (r) => figure(r.t, o) });
    const some = which.map(([o, code]) => [say(code === "killed" ? "page.killed-unknown" : "script.injured-unknown"), (r) => r.t[o + 3], code + ".unknown"]).slice(0, 1);
    if (table.id === "by-party") for (const b of BASES) some.push([say("page." + b), (r) => r.basis[b], "basis." + b]);
    for (const [title, of, what] of some) if (table.rows.some((r) => of(r) > 0)) cs.push({ title, text: (r) => number(of(r)), of, some: what });
    return cs;
  }

  plainHead(table) {
    return [heading(this.head), ...this.columns(table).map((c) => heading(c.title, true))];
  }

  rowHead(r) {
    const th = element("th", { scope: "row" }, labelOf(this.cells, r.keys[0]));
    if (r.partial) th.append(", " + r.partial);
    if (r.spanned) th.append(say("spanned"));
    return th;
  }

  limited(list, isPeriod, aside) {
    const { shown, left } = keep(list, this.sheet.all ? Infinity : isPeriod ? SHOWN_PERIODS : SHOWN_ROWS, isPeriod, aside);
    this.sheet.whole.hidden = left === 0 && !this.sheet.all;
    this.sheet.whole.textContent = this.sheet.all ? say("script.fewer-rows") : say("script.all-rows", { n: number(list.length) });
    return shown;
  }

  plainRows(table) {
    const cs = this.columns(table), aside = (r) => !isNamed(r.keys[0]);
    return this.limited(table.rows, table.dims[0] === "period", aside).map((r) => {
      const tr = element("tr", { class: aside(r) ? "aside" : undefined }, this.rowHead(r));
      for (const c of cs) tr.append(element("td", { class: "n" }, (c.of ? c.of(r) : r.t[0]) > 0 ? this.page.link(c.text(r), addressOf(table.id, r.keys) + (c.some ? "/" + c.some : "")) : c.text(r)));
      return tr;
    });
  }

  // axes are the distinct keys of a table by two, each in its own order.
  axes(table) {
    const down = new Map(), across = new Set(table.rows.map((r) => r.keys[1]));
    for (const r of table.rows) if (!down.has(r.keys[0].id)) down.set(r.keys[0].id, { keys: [r.keys[0]], partial: r.partial });
    return { down: Array.from(down.values()), across: this.page.tables.get("by-party").rows.map((r) => r.keys[0]).filter((k) => across.has(k)) };
  }

  crossHead(table) {
    const { across } = this.axes(table);
    this.across = keep(across, this.sheet.all ? 60 : SHOWN_COLUMNS, false, (k) => !isNamed(k)).shown;
    return [heading(this.head), ...this.across.map((k) => heading([labelOf(this.cells, k)], true))];
  }

  crossRows(table) {
    const { down } = this.axes(table), cell = new Map(table.rows.map((r) => [r.keys[0].id + "\n" + r.keys[1].kind + r.keys[1].id, r]));
    const o = this.view.count === "injured" ? INJURED : KILLED;
    return this.limited(down, table.dims[0] === "period", (d) => !isNamed(d.keys[0])).map((d) => {
      const tr = element("tr", { class: isNamed(d.keys[0]) ? undefined : "aside" }, this.rowHead(d));
      for (const k of this.across) {
        const r = cell.get(d.keys[0].id + "\n" + k.kind + k.id);
        tr.append(element("td", { class: "n" }, r ? this.page.link(range(r.t, o), addressOf(table.id, r.keys)) : "–"));
      }
      return tr;
    });
  }
}

// Deadliest is the list of the incidents with most killed.
class Deadliest {
  constructor(page, sheet) {
    this.page = page;
    this.sheet = sheet;
    this.printed = { head: Array.from(sheet.table.tHead.rows[0].cells), rows: sheet.rows.slice() };
  }

  fill() {
    const { view, cells, records } = this.page, s = this.sheet;
    s.table.tHead.rows[0].replaceChildren(...(view.narrowed ? records.head(measures({ count: "" }, cells.injured)).map((h) => heading(...h)) : this.printed.head));
    s.table.tBodies[0].replaceChildren(...(view.narrowed ? this.list().map((x) => records.incident(x, measures({ count: "" }, cells.injured), false)) : this.printed.rows));
    s.remember();
    s.refresh();
  }

  // list has the deadliest of the view: by the best figure, else the lowest, and
  // then the highest.
  list() {
    const c = this.page.cells, most = this.printed.rows.length, order = (x, y) => y.rank - x.rank || c.high[y.killed] - c.high[x.killed] || c.low[y.killed] - c.low[x.killed] || x.start - y.start || x.ref - y.ref;
    let found = [], least = -Infinity;
    c.each(this.page.view, (start, span, prec, path, event, killed, hurt, naming, parts, ref) => {
      const rank = c.marks[killed] & 2 ? c.best[killed] : c.low[killed];
      if (!(c.marks[killed] & 1) || !c.low[killed] && !c.high[killed] || rank < least) return;
      found.push({ start, span, prec, path, killed, hurt, naming, parts, ref, toll: [killed, hurt], rank });
      if (found.length < 4 * most) return;
      found = found.sort(order).slice(0, most);
      least = found[most - 1].rank;
    });
    return found.sort(order).slice(0, most);
  }
}
