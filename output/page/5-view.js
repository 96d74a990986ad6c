// What is asked for: the view, which the address bar keeps, and small helpers of the
// page.

function element(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (v === true) e.setAttribute(k, "");
    else if (v !== false && v !== undefined) e.setAttribute(k, v);
  }
  e.append(...children.filter((c) => c !== null));
  return e;
}

// nameOf isolates a name, so that one written from right to left leaves the words
// around it where they are.
const nameOf = (text) => element("bdi", {}, text);

const escapeKey = (id) => id.replace(/%/g, "%25").replace(/\//g, "%2F");
const unescapeKey = (id) => id.replace(/%2F/g, "/").replace(/%25/g, "%");
const addressOf = (id, keys) => [id, ...keys.map((k) => escapeKey(k.id))].join("/");

// How much of a table is shown at first.
const SHOWN_PERIODS = 36, SHOWN_ROWS = 20, SHOWN_COLUMNS = 6;

// keep returns the rows that are shown, and how many are left out.
function keep(list, limit, latest, aside) {
  const named = list.filter((x) => !aside(x)), rest = list.filter(aside), left = Math.max(0, named.length - limit);
  return { shown: (latest ? named.slice(left) : named.slice(0, limit)).concat(rest), left };
}

// View is what a reader asks for. It is written to the address bar and read back
// from it.
class View {
  constructor(cells, hash) {
    Object.assign(this, { from: cells.from, to: cells.to, level: "", place: "", party: "", policy: cells.policies[0].name, count: "", by: cells.by, show: "" });
    this.base = cells;
    const asked = new URLSearchParams(hash.startsWith("#?") ? hash.slice(2) : "");
    for (const [k, v] of asked) {
      if ((k === "from" || k === "to") && /^\d{4}-\d\d-\d\d$/.test(v)) {
        const [y, m, d] = v.split("-").map(Number);
        if (m >= 1 && m <= 12 && d >= 1 && d <= 31) this[k] = this.within(k, dayOf(y, m, d));
      } else if (cells.records ? LEVELS.includes(k) : cells.levels.includes(k)) { this.level = k; this.place = v; }
      else if (k === "party" && cells.parties.some((t) => cells.texts[t] === v)) this.party = v;
      else if (k === "policy" && cells.policies.some((p) => p.name === v)) this.policy = v;
      else if (k === "count" && (v === "killed" || v === "injured")) this.count = v;
      else if (k === "by" && cells.periods.includes(v)) this.by = v;
      else if (k === "show") this.show = v;
    }
  }

  // within is a day as first or last of the view: of the whole period where only
  // such can be asked for, and no further than the report goes.
  within(k, d) {
    const c = this.base;
    if (c.unit) d = k === "from" ? periodStart(d, c.unit) : nextPeriod(periodStart(d, c.unit), c.unit) - 1;
    if (c[k] !== null && (k === "from" ? d < c.from : d > c.to)) return c[k];
    return d;
  }

  // with returns the view with some of it changed.
  with(change) { return Object.assign(Object.create(View.prototype), this, change); }

  hash() {
    const q = new URLSearchParams(), c = this.base;
    if (this.from !== c.from && this.from !== null) q.set("from", isoDay(this.from));
    if (this.to !== c.to && this.to !== null) q.set("to", isoDay(this.to));
    if (this.level) q.set(this.level, this.place);
    if (this.party !== "") q.set("party", this.party);
    if (this.policy !== c.policies[0].name) q.set("policy", this.policy);
    if (this.count) q.set("count", this.count);
    if (this.by !== c.by) q.set("by", this.by);
    if (this.show) q.set("show", this.show);
    return "#?" + q;
  }

  // narrowed tells whether the figures are others than those of the briefing.
  get narrowed() {
    return this.from !== this.base.from || this.to !== this.base.to || this.level !== "" || this.party !== "" || this.policy !== this.base.policies[0].name;
  }

  // words say what is selected.
  words() {
    const parts = [], c = this.base;
    if (this.from !== c.from && this.to !== c.to) parts.push(pieces("script.from-to", { from: longDay(this.from), to: longDay(this.to) }));
    else if (this.from !== c.from) parts.push(pieces("script.from", { from: longDay(this.from) }));
    else if (this.to !== c.to) parts.push(pieces("script.to", { to: longDay(this.to) }));
    if (this.level) parts.push(pieces("script.is-place", { level: say("level." + this.level), place: this.place === "" ? say("page.not-stated-2") : nameOf(c.visible(this.place)) }));
    if (this.party !== "") parts.push(pieces(c.partyIs, { party: nameOf(c.visible(this.party)) }));
    if (this.policy !== c.policies[0].name) parts.push(pieces("script.by-policy", { policy: this.policy }));
    return parts.flatMap((p, i) => (i ? ["; ", ...p] : p));
  }

  // command is what makes the same figures; null where it cannot be said in one.
  command() {
    const c = this.base, quote = (s) => (/^[\w.,:=/@%+-]+$/.test(s) ? s : "'" + s.replace(/'/g, "'\\''") + "'");
    const taken = c.where.map((w) => w.split("=")[0].trim().toLowerCase());
    if (c.args.includes("stdin") || this.level && taken.includes(this.level) || this.party !== "" && taken.some((k) => /party|perpetrator/.test(k))) return null;
    const out = ["toll", "tables", ...c.args.map(quote), "--by", this.by];
    for (const w of c.where) out.push("--where", quote(w));
    if (this.from !== null) out.push("--from", isoDay(this.from));
    if (this.to !== null) out.push("--to", isoDay(this.to));
    if (this.level) out.push("--where", quote(this.level + "=" + this.place));
    if (this.party !== "") out.push("--where", quote("party=" + this.party));
    for (const [k, v] of c.flags) if (k !== "policy") out.push("--" + k, quote(v));
    if (this.policy !== "range") out.push("--policy", quote(this.policy));
    return out.join(" ");
  }
}
