// Charts of a selection: the same figures as its tables, as bars from nothing to
// the lowest figure and on to the highest. Colours are the page's own.

const SVG = "http://www.w3.org/2000/svg";

function svgElement(name, attributes, text) {
  const e = document.createElementNS(SVG, name);
  for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
  if (text !== undefined) e.textContent = text;
  return e;
}

// canvas starts a drawing with its title and its text for readers who cannot see
// it.
function canvas(width, height, title, description) {
  const s = svgElement("svg", { viewBox: "0 0 " + width + " " + height, role: "img", class: "drawn" });
  s.append(svgElement("title", {}, title), svgElement("desc", {}, description));
  return s;
}

// ticks returns round steps from 0 to at least top.
function ticks(top) {
  if (top <= 0) return [0, 1];
  const power = Math.pow(10, Math.floor(Math.log10(top)));
  const step = Math.max(1, [0.2, 0.5, 1, 2, 5].map((m) => m * power).find((s) => top / s <= 5) || power * 5);
  const out = [];
  for (let v = 0; v < top + step; v += step) out.push(v);
  return out;
}

const high = (t, o) => Math.max(persons(t[o]), persons(t[o + 2]));
const low = (t, o) => Math.min(persons(t[o]), persons(t[o + 2]));

// measures are what a view counts: offsets in a tally with their codes.
function measures(view, hasInjured) {
  const all = [[KILLED, "killed"], [INJURED, "injured"]].slice(0, hasInjured ? 2 : 1);
  return all.filter(([, code]) => view.count === "" || view.count === code || all.length === 1);
}

// told is a sum as a sentence has it: "4–7 killed".
const told = (t, o, code, of = range) => say("script.told-" + code, { toll: of(t, o) });

// drawPeriods draws the periods of a table as columns, a panel for each measure.
function drawPeriods(table, title, which) {
  const rows = table.rows.filter((r) => r.keys[0].kind === "named").slice(-400);
  const panel = 220, left = 70, right = 20, width = 1000, top = 34, height = which.length * (panel + 40) + 66;
  const said = which.map(([o, code]) => rows.filter((r) => r.t[0] > 0).map((r) => r.keys[0].label + ": " + told(r.t, o, code)).join("; "));
  const s = canvas(width, height, title, said.join(". ") || say("script.no-incident"));
  const step = (width - left - right) / Math.max(rows.length, 1), bar = Math.max(1, Math.min(step * 0.78, 46));
  which.forEach(([o, code], n) => {
    const base = top + n * (panel + 40) + panel, marks = ticks(Math.max(0, ...rows.map((r) => high(r.t, o))));
    const scale = (panel - 20) / marks[marks.length - 1];
    s.append(svgElement("text", { x: left, y: base - panel + 2, class: "panel" }, say("page." + code)));
    for (const v of marks) {
      s.append(svgElement("line", { x1: left, x2: width - right, y1: base - v * scale, y2: base - v * scale, class: v ? "rule" : "axis" }));
      s.append(svgElement("text", { x: left - 8, y: base - v * scale + 5, class: "tick end" }, number(v)));
    }
    rows.forEach((r, i) => column(s, left + (i + 0.5) * step, bar, base, r.t, o, scale));
  });
  const every = Math.max(1, Math.ceil(rows.length / 12));
  rows.forEach((r, i) => {
    if (i % every === 0) s.append(svgElement("text", { x: left + (i + 0.5) * step, y: height - 52, class: "tick mid" }, r.keys[0].label));
  });
  legend(s, left, height - 14);
  return s;
}

// column draws a sum as a bar on a base, around x: dark to the lowest figure, on to
// the highest, with a sign where there may be more and one where nothing is known.
function column(s, x, width, base, t, o, scale) {
  const lo = low(t, o) * scale, hi = high(t, o) * scale;
  if (hi > 0) s.append(svgElement("rect", { x: x - width / 2, y: base - hi, width, height: hi, class: "high" }));
  if (lo > 0) s.append(svgElement("rect", { x: x - width / 2, y: base - lo, width, height: lo, class: "low" }));
  if (t[o + 4] > 0) s.append(svgElement("path", { d: "M" + (x - 5) + " " + (base - hi - 4) + "l5 -6l5 6", class: "open" }));
  if (t[0] > 0 && known(t, o) === 0) s.append(svgElement("text", { x, y: base - 4, class: "tick mid" }, "?"));
}

function legend(s, x, y, signs = true) {
  for (const [kind, words] of [["low", say("script.lowest")], ["high", say("script.highest")]]) {
    s.append(svgElement("rect", { x, y: y - 12, width: 14, height: 14, class: kind }));
    s.append(svgElement("text", { x: x + 20, y, class: "tick" }, words));
    x += 150;
  }
  if (!signs) return;
  s.append(svgElement("path", { d: "M" + x + " " + (y - 2) + "l5 -6l5 6", class: "open" }));
  s.append(svgElement("text", { x: x + 18, y, class: "tick" }, say("script.or-more")));
  s.append(svgElement("text", { x: x + 110, y, class: "tick" }, "?"));
  s.append(svgElement("text", { x: x + 126, y, class: "tick" }, say("page.not-known")));
}

// clipped cuts a name that is too long to stand in a drawing, and isolates it.
function clipped(name, room) {
  const letters = Array.from(name);
  return "\u2068" + (letters.length > room ? letters.slice(0, room - 1).join("") + "…" : name) + "\u2069";
}

// drawRanked draws the rows of a table as bars, those with most first.
function drawRanked(table, title, which, shown) {
  const [o, code] = which[0];
  const rows = table.rows.filter((r) => r.t[0] > 0 && isNamed(r.keys[0])).slice(0, 12);
  rows.push(...table.rows.filter((r) => r.t[0] > 0 && !isNamed(r.keys[0])));
  const line = 34, width = 1000, left = 330, right = 150, height = rows.length * line + 60;
  const top = Math.max(1, ...rows.map((r) => high(r.t, o))), scale = (width - left - right) / top;
  const s = canvas(width, height, title, rows.map((r) => r.keys[0].label + ": " + told(r.t, o, code)).join("; ") || say("script.no-incident"));
  rows.forEach((r, i) => {
    const y = 12 + i * line, lo = low(r.t, o) * scale, hi = high(r.t, o) * scale;
    s.append(svgElement("text", { x: left - 12, y: y + 20, class: "tick end", direction: "ltr" }, clipped(shown(r.keys[0].label), 34)));
    s.append(svgElement("rect", { x: left, y: y + 4, width: Math.max(hi, 0), height: line - 12, class: "high" }));
    s.append(svgElement("rect", { x: left, y: y + 4, width: Math.max(lo, 0), height: line - 12, class: "low" }));
    s.append(svgElement("text", { x: left + hi + 8, y: y + 20, class: "tick" }, range(r.t, o)));
  });
  s.append(svgElement("line", { x1: left, x2: left, y1: 10, y2: rows.length * line + 12, class: "axis" }));
  legend(s, left, height - 14, false);
  return s;
}

// savePicture hands a drawing over as a PNG of twice its size. Colours that come
// from the page's style are written into a copy first.
function savePicture(svg, name) {
  const box = svg.viewBox.baseVal, copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  if (svg.classList.contains("drawn")) {
    from.forEach((e, i) => {
      const c = getComputedStyle(e);
      for (const k of ["fill", "stroke", "stroke-width", "font-size", "font-weight", "font-family", "text-anchor"]) to[i].setAttribute(k, c.getPropertyValue(k));
    });
    const paper = getComputedStyle(document.body).backgroundColor;
    copy.insertBefore(svgElement("rect", { width: box.width, height: box.height, fill: paper }), copy.firstChild);
  }
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  copy.setAttribute("xmlns", SVG);
  const picture = new Image(), text = new XMLSerializer().serializeToString(copy);
  picture.addEventListener("load", () => {
    const c = document.createElement("canvas");
    c.width = 2 * box.width;
    c.height = 2 * box.height;
    c.getContext("2d").drawImage(picture, 0, 0, c.width, c.height);
    const a = document.createElement("a");
    a.href = c.toDataURL("image/png");
    a.download = name + ".png";
    a.click();
  });
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}
