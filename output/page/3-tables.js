// Tables of a selection, by the ids, keys and order that toll gives them.

// Tables makes the tables of a sum over a selection.
class Tables {
  constructor(cells, sum, by) {
    this.cells = cells;
    this.sum = sum;
    this.by = by;
    this.cover = coverage(sum);
    this.made = new Map();
  }

  // get returns a table, null where it is not one that follows a selection.
  get(id) {
    if (!this.made.has(id)) this.made.set(id, this.make(id));
    return this.made.get(id);
  }

  make(id) {
    const what = id.replace(/^by-/, "");
    if (id === "total") return { id, dims: [], rows: [{ keys: [], t: this.sum.total }] };
    if (id === "by-party") return this.parties();
    if (id === "by-event-type") return this.events();
    if (id === "by-severity") return this.sizes();
    if (id === "period-party") return this.cross("period", this.get("by-" + this.by), this.slotNumbers());
    if (what !== id && PERIODS.includes(what)) return this.periods(what);
    if (what !== id && LEVELS.includes(what)) return this.places(LEVELS.indexOf(what));
    const level = LEVELS.indexOf(id.replace(/-party$/, ""));
    if (id.endsWith("-party") && level >= 0) {
      return this.cross(LEVELS[level], this.get("by-" + LEVELS[level]), this.groupNumbers(level));
    }
    return null;
  }

  periods(p) {
    const c = this.cover, rows = new Map();
    const row = (s) => {
      let r = rows.get(s.key.id);
      if (!r) rows.set(s.key.id, r = { keys: [s.key], start: s.start, t: newTally(), partial: "", spanned: false });
      return r;
    };
    for (const [code, t] of this.sum.times) plus(row(slotOf(code, p)).t, t);
    if (c.first !== null && between(c.first, c.last, p) <= MAX_PERIODS) {
      for (let s = periodStart(c.first, p); s <= c.last; s = nextPeriod(s, p)) row({ start: s, key: periodKey(s, p) });
    }
    for (const [from, to] of this.sum.spans.values()) {
      if (between(from, to, p) > MAX_PERIODS) continue;
      for (let s = nextPeriod(periodStart(from, p), p); s <= to; s = nextPeriod(s, p)) {
        const r = rows.get(periodKey(s, p).id);
        if (r && r.t[0] === 0) r.spanned = true;
      }
    }
    for (const r of rows.values()) {
      if (r.keys[0].kind === "named" && p !== "day" && c.first !== null) r.partial = partial(c, r.start, nextPeriod(r.start, p) - 1, r.t[0]);
    }
    return { id: "by-" + p, dims: ["period"], rows: sortPeriods(Array.from(rows.values())) };
  }

  places(level) {
    const names = this.labels(level), groups = new Map();
    for (const [path, t] of this.sum.paths) {
      const g = this.cells.groupOf[level][path];
      if (!groups.has(g)) groups.set(g, { keys: [names(g)], t: newTally() });
      plus(groups.get(g).t, t);
    }
    return { id: "by-" + LEVELS[level], dims: [LEVELS[level]], rows: rankRows(Array.from(groups.values())) };
  }

  // labels names the groups of a level: plainly where one place bears the name,
  // else with what it lies in.
  labels(level) {
    const seen = new Set(), bearers = new Map(), nearest = new Map(), plain = new Set(), text = (i) => this.cells.texts[i];
    const more = (map, k) => map.set(k, (map.get(k) || 0) + 1);
    const above = (g) => { for (let l = level - 1; l >= 0; l--) if (g[l] !== 0) return text(g[l]); return ""; };
    for (const path of this.sum.paths.keys()) {
      const id = this.cells.groupOf[level][path];
      if (id === "" || seen.has(id)) continue;
      seen.add(id);
      const g = id.split(",").map(Number);
      more(bearers, g[level]);
      more(nearest, text(g[level]) + "\n" + above(g));
      plain.add(text(g[level]));
    }
    return (id) => {
      if (id === "") return { id: "(not stated)", label: say("table.not-stated"), kind: "unstated" };
      const g = id.split(",").map(Number), name = text(g[level]);
      if ((bearers.get(g[level]) || 0) < 2) return namedKey(name);
      let within = g.slice(0, level).filter((c) => c !== 0).reverse().map(text).join(", ");
      if (nearest.get(name + "\n" + above(g)) === 1) within = above(g);
      within = within || say("table.elsewhere-not-stated");
      return namedKey(plain.has(name + " (" + within + ")") ? name + " [" + within + "]" : name + " (" + within + ")");
    };
  }

  parties() {
    const rows = [];
    for (const [party, t] of this.sum.parties) rows.push({ keys: [this.cells.partyKeys[party]], t, basis: this.sum.basis.get(party) });
    return { id: "by-party", dims: ["party"], rows: rankRows(rows) };
  }

  events() {
    const rows = [];
    for (const [event, t] of this.sum.events) {
      const name = this.cells.texts[this.cells.events[event]];
      rows.push({ keys: [name === "" ? { id: "(not stated)", label: say("table.type-not-stated"), kind: "unstated" } : namedKey(name)], t });
    }
    return { id: "by-event-type", dims: ["event_type"], rows: rankRows(rows) };
  }

  // sizes is the table by the number killed in an incident: the best figure, else
  // the lowest.
  sizes() {
    const groups = new Map(), c = this.cells;
    c.each(this.sum.view, (start, span, prec, path, event, killed, hurt) => {
      const n = sizeOf(c, killed);
      if (!groups.has(n)) groups.set(n, newTally());
      c.add(groups.get(n), killed, hurt);
    });
    const order = Array.from(groups.keys()).sort((x, y) => (x === null) - (y === null) || x - y);
    return { id: "by-severity", dims: ["killed"], rows: order.map((n) => ({ t: groups.get(n),
      keys: [n === null ? { id: "(not stated)", label: say("table.not-stated"), kind: "unstated" } : { id: String(n), label: number(n), kind: "named" }] })) };
  }

  // slotNumbers and groupNumbers number the keys of a cross: ids by number, and
  // the number of an incident's.
  slotNumbers() {
    const ids = [], number = new Map(), codes = new Map();
    return { ids, of: (start, prec) => {
      const code = timeCode(start, prec);
      let n = codes.get(code);
      if (n === undefined) {
        const id = slotOf(code, this.by).key.id;
        if (!number.has(id)) { number.set(id, ids.length); ids.push(id); }
        codes.set(code, n = number.get(id));
      }
      return n;
    } };
  }

  groupNumbers(level) {
    const names = this.labels(level), ids = [], number = new Map(), paths = [], groups = this.cells.groupOf[level];
    return { ids, of: (start, prec, path) => {
      if (paths[path] === undefined) {
        const g = groups[path];
        if (!number.has(g)) { number.set(g, ids.length); ids.push(names(g).id); }
        paths[path] = number.get(g);
      }
      return paths[path];
    } };
  }

  // cross makes a table by something else and party, in the order of both.
  cross(dim, others, numbers) {
    const place = new Map(), rank = new Map(), rows = new Map(), tallies = this.cells.pairs(this.sum.view, numbers.of);
    others.rows.forEach((r, i) => place.set(r.keys[0].id, i));
    this.get("by-party").rows.forEach((r, i) => rank.set(r.keys[0], i));
    for (const [pair, t] of tallies) {
      const thing = Math.floor(pair / 65536), party = this.cells.partyKeys[pair % 65536];
      const i = place.get(numbers.ids[thing]), at = i * 65536 + rank.get(party), other = others.rows[i];
      if (!rows.has(at)) rows.set(at, { keys: [other.keys[0], party], t: newTally(), partial: other.partial || "" });
      plus(rows.get(at).t, t);
    }
    return { id: dim + "-party", dims: [dim, "party"], rows: Array.from(rows.keys()).sort((x, y) => x - y).map((k) => rows.get(k)) };
  }
}

// sizeOf is the number of persons killed by which an incident is ordered, null
// where it is not stated.
const sizeOf = (c, toll) => (c.marks[toll] & 1 ? persons(c.marks[toll] & 2 ? c.best[toll] : c.low[toll]) : null);

function plus(t, o) { for (let i = 0; i < WIDTH; i++) t[i] += o[i]; }

const between = (first, last, p) => Math.trunc((last - first + 1) / { day: 1, week: 7, month: 28, quarter: 90, year: 365 }[p]);

// csvOf writes a table byte for byte as tables/*.csv has it.
function csvOf(table, hasInjured) {
  const labelled = table.dims.map((_, d) => table.rows.some((r) => r.keys[d].label !== r.keys[d].id));
  const parts = table.rows.some((r) => r.partial), basis = table.id === "by-party";
  const head = [];
  table.dims.forEach((d, i) => { head.push(d); if (labelled[i]) head.push(d + "_label"); });
  if (parts) head.push("partial");
  head.push("incidents", "killed_low", "killed_best", "killed_high", "killed_no_best", "killed_unknown", "killed_open", "killed_fatal",
    "injured_low", "injured_best", "injured_high", "injured_no_best", "injured_unknown", "injured_open");
  if (basis) head.push("claimed", "attributed", "contested", "involved");
  const lines = [head.join(",")];
  for (const r of table.rows) {
    const line = [];
    r.keys.forEach((k, i) => { line.push(csvCell(k.id)); if (labelled[i]) line.push(csvCell(k.label)); });
    if (parts) line.push(csvCell(r.partial));
    line.push(r.t[0], ...sumTexts(r.t, KILLED), r.t[KILLED + 5], r.t[KILLED + 3], r.t[KILLED + 4], r.t[KILLED + 6]);
    if (hasInjured) line.push(...sumTexts(r.t, INJURED), r.t[INJURED + 5], r.t[INJURED + 3], r.t[INJURED + 4]);
    else line.push("", "", "", "", "", "");
    if (basis) line.push(r.basis.claimed, r.basis.attributed, r.basis.contested, r.basis.involved);
    lines.push(line.join(","));
  }
  return lines.join("\n") + "\n";
}

function sumTexts(t, o) {
  if (t[0] > 0 && known(t, o) === 0) return ["", "", ""];
  return [decimal(t[o]), known(t, o) > t[o + 5] || t[0] === 0 ? decimal(t[o + 1]) : "", decimal(t[o + 2])];
}

// csvCell guards a text against spreadsheets, which run formulas, and quotes it
// where CSV needs that.
function csvCell(s) {
  const rest = s.replace(/^(?:(?![\t\r\n])[\s\u0085\p{Cf}\p{Zs}"'])+/u, "");
  if (rest !== "" && /^[=+\-@\t\r\n]/.test(Array.from(rest).slice(0, 2).join("").normalize("NFKC"))) s = "'" + s;
  return s === "\\." || /[",\r\n]/.test(s) || /^[\s\u0085]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
}
