// Charts of a selection that show days, sizes and parties: the rows that each
// draws are those of its file in charts/.

// daysOf are the days of a table by day on which something happened.
const daysOf = (table) => table.rows.filter((r) => r.keys[0].kind === "named" && r.t[0] > 0);

// coursed is the running total of some measure up to and with each day on which
// one was stated.
function coursed(table, o) {
  const sum = newTally(), steps = [];
  for (const r of daysOf(table)) {
    plus(sum, r.t);
    if (known(r.t, o) > 0) steps.push({ day: r.start, key: r.keys[0], t: sum.slice() });
  }
  return steps;
}

// sizesOf are the sizes of fatal incidents, from the smallest, with how many are
// of that size and how many of that or more.
function sizesOf(table) {
  const sizes = table.rows.filter((r) => r.keys[0].kind === "named" && Number(r.keys[0].id) > 0).map((r) => ({ size: Number(r.keys[0].id), at: r.t[0], atLeast: 0 }));
  let n = 0;
  for (let i = sizes.length - 1; i >= 0; i--) sizes[i].atLeast = n += sizes[i].at;
  return sizes;
}

// plotted writes the rows behind a chart as its file has them; empty where it has
// too few to be drawn.
function plotted(kind, tables) {
  const sums = (t) => {
    const [lowest, best, highest] = sumTexts(t, KILLED);
    return [t[0], lowest, hasBest(t, KILLED) ? best : "", highest, t[KILLED + 4], t[KILLED + 3]].join(","); // a best of some is none
  };
  const head = "incidents,killed_low,killed_best,killed_high,killed_open,killed_unknown";
  if (kind === "severity") return ["killed_at_least,incidents_of_this_size,incidents_at_least", ...sizesOf(tables.get("by-severity")).map((s) => [s.size, s.at, s.atLeast].join(","))].join("\n") + "\n";
  const rows = kind === "cumulative" ? coursed(tables.get("by-day"), KILLED).map((s) => s.key.id + "," + sums(s.t)) : daysOf(tables.get("by-day")).map((r) => r.keys[0].id + "," + sums(r.t));
  return ["day," + head, ...rows].join("\n") + "\n";
}

// dayMarks puts the beginnings of years, or of months, or some days, under an
// axis of days.
function dayMarks(s, first, last, x, y) {
  const days = last - first + 1, unit = days > 1100 ? "year" : days > 62 ? "month" : "day";
  const list = [];
  for (let d = periodStart(first, unit); d <= last; d = nextPeriod(d, unit)) list.push(d);
  const every = Math.max(1, Math.ceil(list.length / 10));
  list.forEach((d, i) => {
    if (i % every || d < first) return;
    s.append(svgElement("line", { x1: x(d), x2: x(d), y1: y, y2: y + 5, class: "axis" }));
    s.append(svgElement("text", { x: x(d), y: y + 22, class: "tick mid" }, unit === "day" ? dayMonth(d) : periodKey(d, unit).label));
  });
}

// drawCourse draws a running total: a band from the lowest to the highest sum.
function drawCourse(table, cover, title, which) {
  const [o, code] = which[0], steps = coursed(table, o);
  if (!steps.length) return null;
  const width = 1000, height = 420, left = 90, right = 120, base = 350, end = Math.max(cover.last, steps[steps.length - 1].day);
  const from = Math.min(cover.first, steps[0].day), total = steps[steps.length - 1].t, marks = ticks(high(total, o));
  const said = say("script.course", { from: dayText(from), toll: told(total, o, code), to: dayText(end) });
  const s = canvas(width, height, title, said), scale = 310 / marks[marks.length - 1];
  const x = (d) => left + (d - from) / Math.max(1, end - from) * (width - left - right), y = (v) => base - v * scale;
  for (const v of marks) {
    s.append(svgElement("line", { x1: left, x2: width - right, y1: y(v), y2: y(v), class: v ? "rule" : "axis" }));
    s.append(svgElement("text", { x: left - 8, y: y(v) + 5, class: "tick end" }, number(v)));
  }
  const line = (of) => steps.map((p, i) => [x(p.day), i ? of(steps[i - 1].t) : 0, of(p.t)]);
  const path = (list) => list.map(([px, was, is]) => "L" + px + " " + y(was) + "L" + px + " " + y(is)).join("");
  const top = line((t) => high(t, o)), bottom = line((t) => low(t, o)), over = x(end);
  const back = bottom.slice().reverse().map(([px, was, is]) => "L" + px + " " + y(is) + "L" + px + " " + y(was)).join("");
  s.append(svgElement("path", { d: "M" + x(from) + " " + base + path(top) + "H" + over + "V" + y(low(total, o)) + back + "Z", class: "high" }));
  s.append(svgElement("path", { d: "M" + x(from) + " " + base + path(bottom) + "H" + over, class: "line" }));
  s.append(svgElement("text", { x: over + 8, y: y(high(total, o)) + 5, class: "tick" }, range(total, o)));
  dayMarks(s, from, end, x, base);
  legend(s, left, height - 8, false);
  return s;
}

// drawCalendar draws a square for each day, darker the more were killed by the
// lowest figures; a ring stands where no toll is known.
function drawCalendar(table, cover, title, which) {
  const [o, code] = which[0], days = new Map(daysOf(table).map((r) => [r.start, r])), first = cover.first, last = cover.last;
  const years = civil(last)[0] - civil(first)[0] + 1;
  if (years > 6) return element("p", { class: "drawn" }, say("script.too-many-years", { years }));
  const width = 1000, left = 60, cell = 17, strip = 7 * cell + 34, height = years * strip + 50;
  let worst = null;
  for (const r of days.values()) if (!worst || low(r.t, o) > low(worst.t, o)) worst = r;
  const top = worst ? low(worst.t, o) : 0, s = canvas(width, height, title, worst && top > 0 ? say("script.worst-day", { toll: told(worst.t, o, code), day: worst.keys[0].label }) : say("script.no-day"));
  const bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((v) => v <= Math.max(1, top)), steps = bounds.filter((_, i) => i % Math.ceil(bounds.length / 4) === 0);
  const shade = (v) => steps.filter((b) => v >= b).length;
  for (let n = 0; n < years; n++) {
    const year = civil(first)[0] + n, start = dayOf(year, 1, 1), y0 = n * strip + 24;
    s.append(svgElement("text", { x: left - 10, y: y0 + 4 * cell, class: "tick end" }, String(year)));
    for (let m = 1; m <= 12; m++) {
      const d = dayOf(year, m, 1);
      s.append(svgElement("text", { x: left + div(d - start + weekday(start), 7) * cell, y: y0 - 6, class: "tick" }, shortMonth(m)));
    }
    for (let d = Math.max(start, first); d <= Math.min(last, dayOf(year, 12, 31)); d++) {
      const r = days.get(d), x = left + div(d - start + weekday(start), 7) * cell, y = y0 + weekday(d) * cell;
      const unknown = r && known(r.t, o) === 0, level = r && !unknown ? shade(low(r.t, o)) : 0;
      s.append(svgElement("rect", { x, y, width: cell - 2, height: cell - 2, class: "day", "fill-opacity": steps.length ? level / steps.length : 0 }));
      if (unknown) s.append(svgElement("circle", { cx: x + cell / 2 - 1, cy: y + cell / 2 - 1, r: 4, class: "open" }));
    }
  }
  let x = left;
  const key = (opacity, words) => {
    s.append(svgElement("rect", { x, y: height - 20, width: cell - 2, height: cell - 2, class: "day", "fill-opacity": opacity }));
    s.append(svgElement("text", { x: x + 22, y: height - 7, class: "tick" }, words));
    x += 40 + 9 * words.length;
  };
  key(0, say("script.none-lowest"));
  steps.forEach((b, i) => key((i + 1) / steps.length, i + 1 < steps.length ? number(b) + (steps[i + 1] - 1 > b ? "–" + number(steps[i + 1] - 1) : "") : say("script.n-or-more", { n: number(b) })));
  s.append(svgElement("circle", { cx: x + 7, cy: height - 12, r: 4, class: "open" }));
  s.append(svgElement("text", { x: x + 22, y: height - 7, class: "tick" }, say("page.not-known")));
  return s;
}

// drawSizes draws how many of the fatal incidents killed at least so many, both
// axes by powers of ten.
function drawSizes(table, title) {
  const sizes = sizesOf(table);
  if (sizes.length < 5 || sizes[0].atLeast < 20) return element("p", { class: "drawn" }, say("script.too-few"));
  const width = 1000, height = 440, left = 90, right = 40, base = 360, most = sizes[0].atLeast, largest = sizes[sizes.length - 1].size;
  const across = Math.max(1, Math.ceil(Math.log10(largest))), down = Math.max(1, Math.ceil(Math.log10(most)));
  const x = (n) => left + Math.log10(n) / across * (width - left - right), y = (n) => base - Math.log10(n) / down * 320;
  const s = canvas(width, height, title, sizes.map((z) => say("script.killed-at-least", { incidents: incidents(z.atLeast), n: number(z.size) })).join("; "));
  for (let p = 0; p <= down; p++) {
    s.append(svgElement("line", { x1: left, x2: width - right, y1: y(10 ** p), y2: y(10 ** p), class: p ? "rule" : "axis" }));
    s.append(svgElement("text", { x: left - 8, y: y(10 ** p) + 5, class: "tick end" }, number(10 ** p)));
  }
  for (let p = 0; p <= across; p++) s.append(svgElement("text", { x: x(10 ** p), y: base + 22, class: "tick mid" }, number(10 ** p)));
  for (const z of sizes) s.append(svgElement("circle", { cx: x(z.size), cy: y(z.atLeast), r: 5, class: "low" }));
  s.append(svgElement("text", { x: left, y: height - 32, class: "tick" }, say("script.axes")));
  s.append(svgElement("text", { x: left, y: height - 10, class: "tick" }, say("script.ten-times")));
  return s;
}

// drawPanels draws the periods of each party in a panel of its own, all to one
// scale: those with most first, the others together.
function drawPanels(tables, by, title, which, shown) {
  const [o, code] = which[0], periods = tables.get("by-" + by).rows.filter((r) => r.keys[0].kind === "named").slice(-400);
  const place = new Map(periods.map((r, i) => [r.keys[0].id, i])), parties = tables.get("by-party").rows;
  const named = parties.filter((r) => isNamed(r.keys[0])), first = named.slice(0, 6), series = new Map();
  const panels = first.map((r) => ({ name: shown(r.keys[0].label), t: r.t })), others = { name: say("script.other-named", { n: number(named.length - 6) }), t: newTally() };
  first.forEach((r, i) => series.set(r.keys[0], panels[i]));
  if (named.length > 6) { for (const r of named.slice(6)) { series.set(r.keys[0], others); plus(others.t, r.t); } panels.push(others); }
  for (const r of parties) if (!isNamed(r.keys[0])) { const p = { name: r.keys[0].label, t: r.t }; series.set(r.keys[0], p); panels.push(p); }
  for (const p of panels) p.values = periods.map(() => newTally());
  for (const r of tables.get("period-party").rows) if (place.has(r.keys[0].id)) plus(series.get(r.keys[1]).values[place.get(r.keys[0].id)], r.t);
  const columns = panels.length > 1 ? 2 : 1, width = 1000, gap = 30, left = 60, each = (width - gap * (columns - 1)) / columns, tall = 130, row = tall + 74;
  const height = Math.ceil(panels.length / columns) * row + 30, most = Math.max(1, ...panels.flatMap((p) => p.values.map((t) => high(t, o)))), marks = ticks(most).filter((_, i, l) => i === 0 || i === l.length - 1), scale = tall / marks[1];
  const s = canvas(width, height, title, panels.map((p) => p.name + ": " + told(p.t, o, code)).join("; "));
  panels.forEach((p, n) => {
    const x0 = (n % columns) * (each + gap) + left, base = Math.floor(n / columns) * row + tall + 34, step = (each - left) / Math.max(1, periods.length), bar = Math.max(1, step * 0.78);
    s.append(svgElement("text", { x: x0, y: base - tall - 12, class: "panel", direction: "ltr" }, clipped(p.name, 38 - range(p.t, o).length) + ": " + range(p.t, o)));
    for (const v of marks) {
      s.append(svgElement("line", { x1: x0, x2: x0 + each - left, y1: base - v * scale, y2: base - v * scale, class: v ? "rule" : "axis" }));
      s.append(svgElement("text", { x: x0 - 8, y: base - v * scale + 5, class: "tick end" }, number(v)));
    }
    p.values.forEach((t, i) => column(s, x0 + (i + 0.5) * step, bar, base, t, o, scale));
    const ends = periods.length > 1 ? [0, periods.length - 1] : [0];
    for (const i of ends) if (periods[i]) s.append(svgElement("text", { x: ends.length > 1 ? x0 + i / (periods.length - 1) * (each - left) : x0 + (each - left) / 2, y: base + 20, class: "tick " + (ends.length < 2 ? "mid" : i ? "end" : "") }, periods[i].keys[0].label));
  });
  legend(s, left, height - 6);
  return s;
}

// drawMatrix draws places by parties: the darker a field, the more by the lowest
// figure; each bears its range.
function drawMatrix(tables, level, title, which, shown) {
  const [o, code] = which[0], table = tables.get(level + "-party"), take = (rows, n) => rows.filter((r) => isNamed(r.keys[0])).slice(0, n).concat(rows.filter((r) => !isNamed(r.keys[0])));
  const down = take(tables.get("by-" + level).rows, 10), across = take(tables.get("by-party").rows, 6), cell = new Map(table.rows.map((r) => [r.keys[0].id + "\n" + r.keys[1].kind + r.keys[1].id, r]));
  const width = 1000, left = 250, head = 60, line = 40, step = (width - left) / Math.max(1, across.length), height = head + down.length * line + 36;
  const top = Math.max(1, ...table.rows.map((r) => low(r.t, o))), said = [];
  const s = canvas(width, height, title, "");
  across.forEach((r, i) => twoLines(s, left + (i + 0.5) * step, head - 12, shown(r.keys[0].label), Math.max(6, Math.floor(step / 8.4))));
  down.forEach((d, n) => {
    const y = head + n * line;
    s.append(svgElement("text", { x: left - 12, y: y + 25, class: "tick end", direction: "ltr" }, clipped(shown(d.keys[0].label), 26)));
    across.forEach((a, i) => {
      const r = cell.get(d.keys[0].id + "\n" + a.keys[0].kind + a.keys[0].id), share = r ? low(r.t, o) / top : 0;
      s.append(svgElement("rect", { x: left + i * step + 2, y: y + 2, width: step - 4, height: line - 4, class: "field", "fill-opacity": r ? (0.06 + 0.5 * share).toFixed(3) : 0 }));
      s.append(svgElement("text", { x: left + (i + 0.5) * step, y: y + 25, class: "tick mid" }, r ? range(r.t, o) : "–"));
      if (r) said.push(d.keys[0].label + ", " + a.keys[0].label + ": " + range(r.t, o));
    });
  });
  s.querySelector("desc").textContent = say("script.told-all-" + code, { tolls: said.join("; ") });
  s.append(svgElement("text", { x: left, y: height - 8, class: "tick" }, say("script.darker")));
  return s;
}

// twoLines sets a name in up to two lines that end at y.
function twoLines(s, x, y, name, room) {
  const words = name.split(" ");
  let a = words.shift();
  while (words.length && (a + " " + words[0]).length <= room) a += " " + words.shift();
  const b = words.join(" ");
  if (b) s.append(svgElement("text", { x, y: y - 19, class: "tick mid", direction: "ltr" }, clipped(a, room)));
  s.append(svgElement("text", { x, y, class: "tick mid", direction: "ltr" }, clipped(b || a, room)));
}
