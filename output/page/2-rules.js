// The rules of package stats that a page needs to show what it has added up:
// days and periods, ranges, the order of rows, and the words of a headline.

const LEVELS = ["country", "admin1", "admin2", "place"];
const PERIODS = ["day", "week", "month", "quarter", "year"];
const WEEK = 2, MONTH = 3, YEAR = 4, UNDATED = 5;
const MAX_PERIODS = 100000;

const div = (a, b) => Math.floor(a / b);
const pad = (n, w) => String(n).padStart(w, "0");

// civil returns year, month and day of days since 1970-01-01, and dayOf the
// reverse, after Howard Hinnant.
function civil(days) {
  const z = days + DAY_ZERO, era = div(z, 146097), doe = z - era * 146097;
  const yoe = div(doe - div(doe, 1460) + div(doe, 36524) - div(doe, 146096), 365);
  const doy = doe - (365 * yoe + div(yoe, 4) - div(yoe, 100)), mp = div(5 * doy + 2, 153);
  const m = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (m <= 2 ? 1 : 0), m, doy - div(153 * mp + 2, 5) + 1];
}

function dayOf(y, m, d) {
  if (m <= 2) y--;
  const era = div(y, 400), yoe = y - era * 400, doy = div(153 * ((m + 9) % 12) + 2, 5) + d - 1;
  return era * 146097 + yoe * 365 + div(yoe, 4) - div(yoe, 100) + doy - DAY_ZERO;
}

const isoDay = (d) => { const [y, m, n] = civil(d); return pad(y, 4) + "-" + pad(m, 2) + "-" + pad(n, 2); };
const weekday = (d) => ((d + 3) % 7 + 7) % 7; // Monday is 0

// timeCode tells dates apart as tables do: days by their start, imprecise dates
// by the month they start in.
function timeCode(start, prec) {
  if (prec === UNDATED) return 3;
  if (prec <= WEEK) return start * 4;
  const [y, m] = civil(start - DAY_ZERO);
  return (y * 12 + m - 1) * 4 + (prec === MONTH ? 1 : 2);
}

function periodStart(d, p) {
  const [y, m] = civil(d);
  switch (p) {
    case "week": return d - weekday(d);
    case "month": return dayOf(y, m, 1);
    case "quarter": return dayOf(y, div(m - 1, 3) * 3 + 1, 1);
    case "year": return dayOf(y, 1, 1);
  }
  return d;
}

function nextPeriod(d, p) {
  let [y, m] = civil(d);
  if (p === "day") return d + 1;
  if (p === "week") return d + 7;
  m += { month: 1, quarter: 3, year: 12 }[p];
  if (m > 12) { y++; m -= 12; }
  return dayOf(y, m, 1);
}

function isoWeek(d) {
  const thursday = d + 3 - weekday(d), y = civil(thursday)[0];
  return [y, div(thursday - dayOf(y, 1, 1), 7) + 1];
}

const month = (m) => say("month." + m);
const shortMonth = (m) => say("month.short." + m);
function dayText(d) { const [year, m, day] = civil(d); return say("date.day", { day, month: shortMonth(m), year }); }
function dayMonth(d) { const [, m, day] = civil(d); return say("date.day-of-year", { day, month: shortMonth(m) }); }
function longDay(d) { const [year, m, day] = civil(d); return say("date.day", { day, month: month(m), year }); }

function periodKey(d, p) {
  const [y, m] = civil(d);
  switch (p) {
    case "week": { const [wy, w] = isoWeek(d); return { id: pad(wy, 4) + "-W" + pad(w, 2), label: say("date.week", { week: w, year: wy }), kind: "named" }; }
    case "month": return { id: pad(y, 4) + "-" + pad(m, 2), label: say("date.month", { month: shortMonth(m), year: y }), kind: "named" };
    case "quarter": { const q = div(m + 2, 3); return { id: pad(y, 4) + "-Q" + q, label: say("date.quarter", { quarter: q, year: y }), kind: "named" }; }
    case "year": return { id: pad(y, 4), label: String(y), kind: "named" };
  }
  return { id: isoDay(d), label: dayText(d), kind: "named" };
}

// slotOf places a time code in a table by a period: in a period, or in a row of
// its own where the date is less precise than that.
function slotOf(code, p) {
  const kind = code % 4;
  if (kind === 3) return { start: -Infinity, key: { id: "undated", label: say("table.undated"), kind: "undated" } };
  if (kind === 0) { const s = periodStart(code / 4 - DAY_ZERO, p); return { start: s, key: periodKey(s, p) }; }
  const months = div(code, 4), y = div(months, 12), m = months % 12 + 1;
  if (kind === 1) {
    const s = dayOf(y, m, 1);
    if (PERIODS.indexOf(p) >= 2) { const q = periodStart(s, p); return { start: q, key: periodKey(q, p) }; }
    return { start: s, key: { id: pad(y, 4) + "-" + pad(m, 2) + "-XX", label: say("date.no-day", { month: shortMonth(m), year: y }), kind: "imprecise" } };
  }
  const s = dayOf(y, 1, 1);
  if (p === "year") return { start: s, key: periodKey(s, p) };
  return { start: s, key: { id: pad(y, 4) + (PERIODS.indexOf(p) < 2 ? "-XX-XX" : "-XX"), label: say("date.no-month", { year: y }), kind: "imprecise" } };
}

// coverage is the span that a selection covers: as asked for, else from the first
// to the last dated incident.
function coverage(s) {
  const c = { first: s.first, last: s.last, firstAsked: s.view.from !== null, lastAsked: s.view.to !== null };
  for (const [, to] of s.spans.values()) if (c.last === null || to > c.last) c.last = to;
  const first = c.first, last = c.last;
  const widen = (from, to) => {
    if (c.first === null || from < c.first) c.first = from;
    if (c.last === null || to > c.last) c.last = to;
  };
  for (const code of s.times.keys()) {
    if (code % 4 !== 1) continue;
    const months = div(code, 4), from = dayOf(div(months, 12), months % 12 + 1, 1), to = nextPeriod(from, "month") - 1;
    if (first === null || to < first || from > last) widen(from, to);
  }
  if (c.first === null) {
    for (const code of s.times.keys()) {
      if (code % 4 !== 2) continue;
      const y = dayOf(div(div(code, 4), 12), 1, 1);
      widen(y, nextPeriod(y, "year") - 1);
    }
  }
  if (c.firstAsked) c.first = s.view.from;
  if (c.lastAsked) c.last = s.view.to;
  if (c.first !== null && c.last !== null && c.first > c.last) [c.first, c.last] = [c.last, c.first];
  if (c.first === null || c.last === null) c.first = c.last = c.first === null ? c.last : c.first;
  return c;
}

const expects = (n, covered, days) => n * days >= 3 * Math.max(covered, 1);

function partial(c, start, end, n) {
  let from = "", to = "";
  const covered = Math.min(c.last, end) - Math.max(c.first, start) + 1;
  if (c.first > start && (c.firstAsked || expects(n, covered, c.first - start))) from = dayMonth(c.first);
  if (c.last < end && (c.lastAsked || expects(n, covered, end - c.last))) to = dayMonth(c.last);
  if (from && to) return say("table.to-2", { from, to });
  if (from) return say("table.from-2", { from });
  return to ? say("table.to-3", { to }) : "";
}

// Figures.

function number(n) {
  const s = String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ",");
  return n < 0 ? "−" + s : s;
}

// persons rounds to whole persons, half away from zero.
const persons = (v) => Math.sign(v) * Math.floor((Math.abs(v) + MILLION / 2) / MILLION) || 0;

const known = (t, o) => t[0] - t[o + 3];
const hasBest = (t, o) => t[o + 5] === 0;

function bounds(t, o) {
  const lo = persons(t[o]), hi = persons(t[o + 2]);
  return lo > hi ? [hi, lo] : [lo, hi];
}

function range(t, o) {
  if (t[0] > 0 && known(t, o) === 0) return say("toll.unknown");
  const [lo, hi] = bounds(t, o);
  return number(lo) + (hi !== lo ? "–" + number(hi) : "") + (t[o + 4] > 0 ? "+" : "");
}

function figure(t, o) {
  const r = range(t, o);
  if (!hasBest(t, o) || known(t, o) === 0) return r;
  const best = number(persons(t[o + 1]));
  return best === r ? best : best + " (" + r + ")";
}

const bestText = (t, o) => (!hasBest(t, o) || t[0] > 0 && known(t, o) === 0 ? "–" : number(persons(t[o + 1])));

// casualties puts killed and injured of a tally together, as a tally.
function casualties(t) {
  const c = newTally();
  for (const i of [0, 1, 2, 4, 5]) c[KILLED + i] = t[KILLED + i] + t[INJURED + i];
  c[0] = t[0];
  return c;
}

function casualtiesText(t) {
  const c = casualties(t), part = hasBest(c, KILLED) ? bestText : range;
  return say("page.killed-injured", { figure: figure(c, KILLED), killed: part(t, KILLED), injured: part(t, INJURED) });
}

// decimal writes millionths of a person exactly, as the files do.
function decimal(v) {
  const u = Math.abs(v), part = u % MILLION;
  return (v < 0 ? "-" : "") + (u - part) / MILLION + (part ? "." + pad(part, 6).replace(/0+$/, "") : "");
}

// Order.

function compareText(a, b) {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  let i = 0;
  while (i < n && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === n) return a.length - b.length;
  // Halves of characters beyond U+FFFF come after all others, as in UTF-8.
  const rank = (c) => (c < 0xd800 ? c : c >= 0xe000 ? c - 0x800 : c + 0x2000);
  return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
}

const isNamed = (k) => k.kind === "named" || k.kind === "involved";

function rankRows(rows) {
  const o = rows.every((r) => hasBest(r.t, KILLED)) ? KILLED + 1 : KILLED;
  return rows.sort((x, y) => (x.keys[0].kind === "unstated") - (y.keys[0].kind === "unstated") || y.t[o] - x.t[o] ||
    y.t[KILLED + 2] - x.t[KILLED + 2] || y.t[INJURED + 2] - x.t[INJURED + 2] || y.t[0] - x.t[0] || compareText(x.keys[0].id, y.keys[0].id));
}

const KINDS = ["named", "unstated", "imprecise", "undated", "involved"];

const sortPeriods = (rows) => rows.sort((x, y) => KINDS.indexOf(x.keys[0].kind) - KINDS.indexOf(y.keys[0].kind) ||
  (x.start < y.start ? -1 : x.start > y.start ? 1 : compareText(x.keys[0].id, y.keys[0].id)));

function namedKey(name) {
  return /^(\(|involving: |=)/.test(name) ? { id: "=" + name, label: name, kind: "named" } : { id: name, label: name, kind: "named" };
}

// Words.

// SAYS is what the page says, from the catalogue of the report. say puts the parts
// into a text; sayOf takes the form for a number; pieces is a text with parts that
// may be elements, as a list.
let SAYS = {};
const say = (id, parts) => (SAYS[id] === undefined ? "{" + id + "}" : SAYS[id].replace(/\{(\w+)\}/g, (all, part) => (parts && part in parts ? parts[part] : all)));
const sayOf = (id, n, parts) => say(id + (n === 1 ? ".one" : ".other"), parts);

const pieces = (id, parts) => say(id).split(/(\{\w+\})/).filter((s) => s).flatMap((s) => (s[0] === "{" && s.slice(1, -1) in parts ? parts[s.slice(1, -1)] : s));

const incidents = (n) => sayOf("incidents", n, { n: number(n) });
const upper = (s) => s.charAt(0).toUpperCase() + s.slice(1);

// counted is a number of people as a sentence says it, with its noun and without,
// and the number that its verb follows.
function counted(n, id, bare) {
  if (n === 0) return { full: say("people.nobody"), bare: say("people.nobody"), grammar: 1 };
  return { full: sayOf(id, n, { n: number(n) }), bare: say(bare + ".bare", { n: number(n) }), grammar: n };
}

// people puts a sum into words with the hedges it needs; null where no toll is
// known at all.
function people(t, o) {
  if (t[0] > 0 && known(t, o) === 0) return null;
  const [low, high] = bounds(t, o), open = t[o + 4] > 0, best = persons(t[o + 1]), both = { low: number(low), high: number(high) };
  if (hasBest(t, o) && (best !== low || best !== high || open)) {
    const a = counted(best, "people", "people"), id = low === high ? (open ? "extent.least" : "extent.bounds") : open ? "extent.open" : "extent";
    return { full: a.full + say(id, both), bare: a.bare + say(id, both), grammar: a.grammar };
  }
  if (low === high && !open) return counted(low, "people", "people");
  if (low === high && low === 0) return { full: say("people.unknown"), bare: say("people.unknown"), grammar: 2 };
  if (low === high) return counted(low, "people.least", "people.least");
  const id = (low > 0 ? "people.between" : "people.most") + (open ? ".open" : "");
  return { full: sayOf(id, high, both), bare: say(id + ".bare", both), grammar: high };
}

function tollSentence(t, hasInjured, where) {
  const k = people(t, KILLED), i = hasInjured ? people(t, INJURED) : null;
  if (k && i) return upper(sayOf("toll.both", k.grammar, { killed: k.full, injured: i.bare, where }));
  if (k) return upper(sayOf(hasInjured ? "toll.killed" : "toll.killed-only", k.grammar, { killed: k.full, where }));
  if (i) return upper(sayOf("toll.injured", i.grammar, { injured: i.full, where }));
  return say(hasInjured ? "toll.neither" : "toll.not-killed", { where });
}

function unknownSentence(t, hasInjured) {
  const k = t[KILLED + 3], i = hasInjured ? t[INJURED + 3] : 0, both = { killed: number(k), injured: number(i) };
  if (k === 0 && i === 0) return "";
  if (i === 0) return sayOf("unknown.killed", k, both);
  return k === 0 ? sayOf("unknown.injured", i, both) : sayOf("unknown.both", k, both);
}

const openSentence = (t) => (t[KILLED + 4] === 0 ? "" : sayOf("open", t[KILLED + 4], { n: number(t[KILLED + 4]) }));

function coverText(c) {
  if (c.first === null) return "";
  if (c.first === c.last) return say("cover.on", { first: longDay(c.first) });
  const [y1, m1, d1] = civil(c.first), [y2, m2] = civil(c.last);
  let first = longDay(c.first);
  if (y1 === y2 && m1 === m2) first = String(d1);
  else if (y1 === y2) first = d1 + " " + month(m1);
  return say("cover.between", { first, last: longDay(c.last) });
}

// dateText writes a date as precisely as it is known.
function dateText(start, span, prec) {
  if (prec === UNDATED) return say("page.not-dated");
  const d = start - DAY_ZERO, e = d + span, [y1, m1, d1] = civil(d), [y2, m2, d2] = civil(e);
  if (prec === YEAR) return y1 === y2 ? String(y1) : y1 + "–" + y2;
  if (prec === MONTH) {
    if (y1 === y2) return month(m1) + (m1 === m2 ? "" : "–" + month(m2)) + " " + y1;
    return month(m1) + " " + y1 + " – " + month(m2) + " " + y2;
  }
  let t = longDay(d);
  if (span > 0) {
    if (y1 === y2 && m1 === m2) t = d1 + "–" + d2 + " " + month(m2) + " " + y2;
    else if (y1 === y2) t = d1 + " " + month(m1) + " – " + longDay(e);
    else t = longDay(d) + " – " + longDay(e);
  }
  return prec === WEEK ? say("page.week-of", { start: t }) : t;
}
