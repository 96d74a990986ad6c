// The cells that the page carries, and adding up those of a selection. Every
// incident stands here with the codes of its place and party and its toll by
// every policy; nothing is weighed, rounded or looked up anywhere else.

const MILLION = 1000000;
const DAY_ZERO = 719468; // 1970-01-01, counted from 1 March of the year 0

// unpack reads a column of Rice codes (see rice.go).
function unpack(column) {
  if (column.b === "") return new Float64Array(column.n).fill(column.k);
  const raw = atob(column.b), bytes = new Uint8Array(raw.length + 8);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  let at = 0;
  const bits = (n) => {
    let v = 0;
    while (n > 0) {
      const have = 8 - (at & 7), take = Math.min(have, n);
      v = v * (1 << take) + ((bytes[at >> 3] >> (have - take)) & ((1 << take) - 1));
      at += take;
      n -= take;
    }
    return v;
  };
  const out = new Float64Array(column.n), scale = Math.pow(2, column.k);
  let last = 0;
  for (let i = 0; i < out.length; i++) {
    let q = 0;
    while (q < 24 && (bytes[at >> 3] >> (7 - (at & 7))) & 1) { q++; at++; }
    let v;
    if (q === 24) v = bits(53);
    else { at++; v = q * scale + bits(column.k); }
    if (column.d) {
      last += v % 2 ? -(v + 1) / 2 : v / 2;
      v = last;
    }
    out[i] = v;
  }
  return out;
}

// A tally is 15 numbers: incidents, then low, best, high, unknown, open, no best
// and fatal of the killed and the same of the injured.
const KILLED = 1, INJURED = 8, WIDTH = 15;
const newTally = () => new Float64Array(WIDTH);

function tallyAt(map, key) {
  let t = map.get(key);
  if (!t) map.set(key, t = newTally());
  return t;
}

// newSum is what a view adds up to: nothing yet.
const newSum = (view) => ({ total: newTally(), times: new Map(), paths: new Map(), events: new Map(), parties: new Map(), basis: new Map(),
  spans: new Map(), first: null, last: null, view });

// basisAt counts, of a party's incidents in a sum, those that are claimed and so on.
function basisAt(s, party) {
  let b = s.basis.get(party);
  if (!b) s.basis.set(party, b = { claimed: 0, attributed: 0, contested: 0, involved: 0 });
  return b;
}

// Cells holds what the page carries, unpacked.
class Cells {
  constructor(c) {
    Object.assign(this, c);
    for (const k of ["file", "line", "start", "span", "prec", "path", "naming", "event", "killed", "hurt"]) this[k] = unpack(c[k]);
    this.n = this.start.length;
    let text = "";
    const kept = unpack(c.kept);
    this.texts = c.texts.map((t, i) => (text = text.slice(0, kept[i]) + t));
    const levels = c.paths.map(unpack);
    this.paths = Array.from(levels[0], (_, i) => levels.map((l) => l[i]));
    this.low = c.tolls.map((t) => Math.round(t[0] * MILLION));
    this.best = c.tolls.map((t) => Math.round(t[1] * MILLION));
    this.high = c.tolls.map((t) => Math.round(t[2] * MILLION));
    this.marks = c.tolls.map((t) => t[3]);
    for (const p of c.policies) {
      p.at = new Map();
      if (!p.except) continue;
      const at = unpack(p.except.at), killed = unpack(p.except.killed), hurt = unpack(p.except.hurt);
      at.forEach((i, n) => p.at.set(i, [killed[n], hurt[n]]));
    }
    this.hidden = new Map(Object.entries(c.shown).map(([i, v]) => [this.texts[i], v]));
    this.lowerOf = this.texts.map((_, i) => (i in c.same ? c.same[i] : i));
    this.partyOf = []; // by naming: the number of its key
    this.partyKeys = [];
    const numbers = new Map();
    for (const n of c.namings) {
      const id = n.k + "\n" + n.i;
      if (!numbers.has(id)) {
        numbers.set(id, this.partyKeys.length);
        this.partyKeys.push({ id: n.i, label: n.l, kind: n.k });
      }
      this.partyOf.push(numbers.get(id));
    }
    this.groupOf = LEVELS.map((_, level) => this.paths.map((p) => (p[level] === 0 ? "" : p.slice(0, level + 1).join(","))));
  }

  // records tells that the page has the incidents one by one; periods are those
  // that tables can be by.
  get records() { return true; }
  get periods() { return PERIODS; }
  get printedBy() { return this.by; }
  get limits() { return ""; }

  // partyHead heads a column of parties, and partyIs says that one is selected.
  get partyHead() { return say(this.directed ? "page.claimed-perpetrator" : "script.party-or-involved"); }
  get partyIs() { return this.directed ? "script.is-perpetrator" : "script.is-party"; }

  // incidentsAt counts the incidents of each name of a level, for the form.
  incidentsAt(level) {
    const n = new Map(), more = (path) => { const k = this.lowerOf[this.paths[path][level]]; n.set(k, (n.get(k) || 0) + 1); };
    for (let i = 0; i < this.n; i++) more(this.path[i]);
    for (const t of this.told || []) for (const a of t.a) more(a[2]);
    return n;
  }

  // visible is a text as the page shows it, with characters that would hide.
  visible(text) { return this.hidden.has(text) ? this.hidden.get(text) : text; }

  // add counts a toll by the codes of its killed and injured.
  add(t, killed, hurt) {
    t[0]++;
    this.addSum(t, KILLED, killed);
    this.addSum(t, INJURED, hurt);
  }

  addSum(t, o, toll) {
    const f = this.marks[toll];
    if (!(f & 1)) { t[o + 3]++; return; }
    t[o] += this.low[toll];
    t[o + 2] += this.high[toll];
    if (f & 2) t[o + 1] += this.best[toll]; else t[o + 5]++;
    if (f & 4) t[o + 4]++;
    if (this.low[toll] > 0) t[o + 6]++;
  }

  // admits turns a view into tests of a path and of a naming, as --where does.
  admits(view) {
    let paths = null, namings = null;
    if (view.level) {
      const level = LEVELS.indexOf(view.level), want = this.lowerCode(view.place);
      paths = this.paths.map((p) => this.lowerOf[p[level]] === want);
    }
    if (view.party !== "") {
      const want = this.parties.findIndex((t) => this.texts[t] === view.party);
      namings = this.namings.map((n) => n.s.includes(want));
    }
    return { paths, namings };
  }

  lowerCode(text) {
    const i = this.texts.indexOf(text);
    return i < 0 ? -1 : this.lowerOf[i];
  }

  policyOf(view) { return Math.max(0, this.policies.findIndex((p) => p.name === view.policy)); }

  // inPeriod tells whether a view covers a date. A span belongs where it starts.
  inPeriod(view, start, prec) {
    if (view.from === null && view.to === null) return true;
    if (prec === UNDATED) return false;
    const d = start - DAY_ZERO;
    return (view.from === null || d >= view.from) && (view.to === null || d <= view.to);
  }

  // each calls f for every incident that a view admits:
  // f(start, span, prec, path, event, killed, hurt, naming, parts, ref).
  // Either naming is that of the whole toll, or parts lists [naming, killed, hurt].
  each(view, f) {
    const { paths, namings } = this.admits(view), p = this.policyOf(view), policy = this.policies[p], map = policy.map;
    for (let i = 0; i < this.n; i++) {
      if (paths && !paths[this.path[i]] || namings && !namings[this.naming[i]] || !this.inPeriod(view, this.start[i], this.prec[i])) continue;
      let killed = this.killed[i], hurt = this.hurt[i];
      if (map) {
        const other = policy.at.get(i);
        if (other) [killed, hurt] = other;
        else { killed = map[killed]; hurt = map[hurt]; }
      }
      f(this.start[i], this.span[i], this.prec[i], this.path[i], this.event[i], killed, hurt, this.naming[i], null, i);
    }
    this.eachTold(view, { paths, namings }, p, f);
  }

  // eachTold does so for the incidents that several records tell.
  eachTold(view, { paths, namings }, p, f) {
    (this.told || []).forEach((t, n) => {
      const v = this.variant(t, paths, namings);
      if (!v || !this.inPeriod(view, v.d[0], v.d[2])) return;
      const [killed, hurt, parts] = v.o[v.x[p]];
      f(v.d[0], v.d[1], v.d[2], v.p, v.e, killed, hurt, -1, parts, -1 - n);
    });
  }

  // variant is what an incident of several accounts is where only some pass.
  variant(t, paths, namings) {
    const groups = [];
    for (const a of t.a) {
      if ((!paths || paths[a[2]]) && (!namings || namings[a[3]]) && !groups.includes(a[4])) groups.push(a[4]);
    }
    groups.sort((x, y) => x - y);
    const key = groups.join();
    return groups.length ? t.v.find((v) => v.g.join() === key) : undefined;
  }

  // sum adds up what a view admits.
  sum(view) {
    const s = newSum(view);
    this.each(view, (start, span, prec, path, event, killed, hurt, naming, parts) => this.enter(s, start, span, prec, path, event, killed, hurt, naming, parts));
    return s;
  }

  // enter adds an incident to a sum.
  enter(s, start, span, prec, path, event, killed, hurt, naming, parts) {
    this.add(s.total, killed, hurt);
    this.add(tallyAt(s.times, timeCode(start, prec)), killed, hurt);
    this.add(tallyAt(s.paths, path), killed, hurt);
    this.add(tallyAt(s.events, event), killed, hurt);
    if (prec <= WEEK) {
      const d = start - DAY_ZERO;
      if (s.first === null || d < s.first) s.first = d;
      if (s.last === null || d > s.last) s.last = d;
      if (span > 0) s.spans.set(d + "," + (d + span), [d, d + span]);
    }
    if (parts) for (const part of parts) this.enterPart(s, part[0], part[1], part[2]);
    else this.enterPart(s, naming, killed, hurt);
  }

  enterPart(s, naming, killed, hurt) {
    const party = this.partyOf[naming], basis = this.namings[naming].b, b = basisAt(s, party);
    this.add(tallyAt(s.parties, party), killed, hurt);
    if (basis) b[basis]++;
  }

  // pairs adds up a view by party and something else, whose number thing gives:
  // thing(start, precision, path).
  pairs(view, thing) {
    const tallies = new Map();
    this.each(view, (start, span, prec, path, event, killed, hurt, naming, parts) => {
      const n = thing(start, prec, path) * 65536;
      for (const part of parts || [[naming, killed, hurt]]) this.add(tallyAt(tallies, n + this.partyOf[part[0]]), part[1], part[2]);
    });
    return tallies;
  }
}
