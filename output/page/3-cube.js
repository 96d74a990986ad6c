// A page of too many incidents carries their sums instead: by period, province and
// how the perpetrator is named. A selection of those is added up by the same rules.

class Cube extends Cells {
  constructor(c) {
    super(c);
    const s = c.sums, column = (p) => unpack(p), signed = (p) => unpack(p).map((v) => (v % 2 ? -(v + 1) / 2 : v / 2));
    this.levels = c.levels.filter((l) => l === "country" || l === "admin1");
    this.by = PERIODS[Math.max(PERIODS.indexOf(c.by), PERIODS.indexOf(c.unit))];
    this.printed = c.by;
    this.path = column(s.path);
    this.naming = column(s.naming);
    this.kind = column(s.kind).map((k) => [0, MONTH, YEAR, UNDATED][k]);
    this.n = this.path.length;
    const at = column(s.at), first = column(s.first), last = column(s.last), step = { month: 1, quarter: 3, year: 12 }[c.unit];
    const begins = (i) => {
      if (this.kind[i] === UNDATED) return null;
      const months = this.kind[i] === 0 ? at[i] * step : this.kind[i] === MONTH ? at[i] : at[i] * 12;
      return dayOf(div(months, 12), months % 12 + 1, 1);
    };
    this.start = Array.from(at, (_, i) => begins(i));
    this.firstDay = Array.from(first, (d, i) => this.start[i] + d);
    this.lastDay = Array.from(last, (d, i) => this.firstDay[i] + d);
    const count = column(s.n);
    const sums = [[KILLED, s.killed], [INJURED, s.hurt]].map(([o, m]) => [o, signed(m.low), signed(m.best), signed(m.high), column(m.unknown), column(m.open), column(m.nobest), column(m.none)]);
    this.tallies = Array.from(count, (n, i) => {
      const t = newTally();
      t[0] = n;
      for (const [o, low, best, high, unknown, open, noBest, none] of sums) {
        const l = low[i] * s.scale;
        t.set([l, l + best[i] * s.scale, l + high[i] * s.scale, unknown[i], open[i], noBest[i], n - unknown[i] - none[i]], o);
      }
      return t;
    });
  }

  get records() { return false; }
  get periods() { return PERIODS.slice(PERIODS.indexOf(this.unit)); }
  get printedBy() { return this.printed; }

  get limits() {
    const n = this.tallies.reduce((sum, t) => sum + t[0], 0) + (this.told || []).length;
    return say(this.printed === this.by ? "script.limits" : "script.limits-printed", { unit: say("period." + this.unit), units: say("periods." + this.unit), incidents: incidents(n), printed: say("period." + this.printed) });
  }

  incidentsAt(level) {
    const n = new Map(), more = (path, by) => { const k = this.lowerOf[this.paths[path][level]]; n.set(k, (n.get(k) || 0) + by); };
    for (let i = 0; i < this.n; i++) more(this.path[i], this.tallies[i][0]);
    for (const t of this.told || []) for (const a of t.a) more(a[2], 1);
    return n;
  }

  // cellsOf calls f with each cell that a view admits. What the whole report leaves
  // out is in no cell, so its own bounds divide none.
  cellsOf(view, { paths, namings }, f) {
    const bounds = view.with({ from: view.from === this.from ? null : view.from, to: view.to === this.to ? null : view.to });
    for (let i = 0; i < this.n; i++) {
      if (paths && !paths[this.path[i]] || namings && !namings[this.naming[i]] || !this.inPeriod(bounds, this.start[i] + DAY_ZERO, this.kind[i])) continue;
      f(i, this.start[i] + DAY_ZERO, this.kind[i], this.path[i], this.tallies[i]);
    }
  }

  sum(view) {
    const s = newSum(view), admitted = this.admits(view);
    this.cellsOf(view, admitted, (i, start, prec, path, t) => {
      const party = this.partyOf[this.naming[i]], basis = this.namings[this.naming[i]].b;
      plus(s.total, t);
      plus(tallyAt(s.times, timeCode(start, prec)), t);
      plus(tallyAt(s.paths, path), t);
      plus(tallyAt(s.parties, party), t);
      if (basis) basisAt(s, party)[basis] += t[0]; else basisAt(s, party);
      if (prec !== 0) return;
      if (s.first === null || this.firstDay[i] < s.first) s.first = this.firstDay[i];
      if (s.last === null || this.lastDay[i] > s.last) s.last = this.lastDay[i];
      if (this.lastDay[i] >= nextPeriod(this.start[i], this.unit)) s.spans.set(i, [this.start[i], this.lastDay[i]]);
    });
    this.eachTold(view, admitted, 0, (...x) => this.enter(s, ...x));
    return s;
  }

  pairs(view, thing) {
    const tallies = new Map(), admitted = this.admits(view);
    this.cellsOf(view, admitted, (i, start, prec, path, t) => plus(tallyAt(tallies, thing(start, prec, path) * 65536 + this.partyOf[this.naming[i]]), t));
    this.eachTold(view, admitted, 0, (start, span, prec, path, event, killed, hurt, naming, parts) => {
      for (const part of parts) this.add(tallyAt(tallies, thing(start, prec, path) * 65536 + this.partyOf[part[0]]), part[1], part[2]);
    });
    return tallies;
  }
}
