// Drawings are the charts of the page, drawn anew for a selection where its cells
// permit, and put away where they do not.

class Drawings {
  constructor(page) {
    this.page = page;
    this.cells = page.cells;
    this.list = [];
    for (const figure of document.querySelectorAll("figure[data-chart]")) {
      const kind = figure.dataset.chart, note = figure.nextElementSibling, title = figure.querySelector("h3");
      if (note && note.matches("p")) note.classList.add("whole");
      const f = { kind, figure, title, drawing: figure.querySelector("svg, img"), words: title.textContent, save: figure.querySelector("button.save"), own: null, note: null };
      if (this.follows(kind)) { this.list.push(f); continue; }
      page.putAway(figure, [figure], say(kind === "perpetrators-apart" && document.querySelector("figure[data-chart=perpetrators-over-time]") ? "script.chart-apart" : "script.chart-away", { title: f.words }));
      page.left.charts.push(kind.replace(/-/g, " "));
    }
  }

  // follows tells whether a chart can be drawn of a selection.
  follows(kind) {
    if (["cumulative", "calendar", "severity"].includes(kind)) return this.cells.records;
    return ["timeseries", "locations", "perpetrators", "perpetrators-over-time", "locations-perpetrators"].includes(kind);
  }

  // draw shows the charts of a view, or those of the briefing.
  draw() {
    const v = this.page.view, c = this.cells, which = measures(v, c.injured);
    const level = c.levels.includes("admin1") ? "admin1" : c.levels[0], party = say(c.directed ? "script.perpetrator" : "script.involved"), place = say("level." + (level || "place"));
    for (const f of this.list) {
      const drawn = v.narrowed || v.count === "injured" && f.kind !== "severity" || v.count === "killed" && f.kind === "timeseries" || v.by !== c.by && ["timeseries", "perpetrators-over-time"].includes(f.kind);
      for (const e of [f.own, f.note]) if (e) e.remove();
      f.own = f.note = null;
      f.drawing.classList.toggle("away", drawn);
      f.title.classList.toggle("unseen", !drawn);
      f.save.hidden = false;
      if (!drawn) { f.title.textContent = f.words; continue; }
      const counted = f.kind === "timeseries" && which.length > 1 ? "killed-and-injured" : f.kind === "severity" ? "killed" : which[0][1];
      const title = say("script.title." + f.kind, { counted: say("script." + counted), period: say("period." + v.by), place, party });
      f.title.replaceChildren(...(v.narrowed ? pieces("script.title-of", { title, selected: v.words() }) : [title]));
      f.own = this.own(f.kind, f.title.textContent, which, level) || element("p", { class: "drawn" }, say("script.nothing-to-draw"));
      f.drawing.after(f.own);
      if (f.save.hidden = f.own instanceof HTMLElement) continue;
      const missing = this.missing(f.kind, level);
      if (missing) f.figure.append(f.note = element("p", { class: "note drawn" }, missing));
    }
  }

  // own draws a chart of the view, or says why not; null where there is nothing to
  // draw.
  own(kind, title, which, level) {
    const ts = this.page.tables, by = this.page.view.by, shown = (s) => this.cells.visible(s);
    if (ts.sum.total[0] === 0) return null;
    switch (kind) {
      case "timeseries": return drawPeriods(ts.get("by-" + by), title, which);
      case "locations": return level ? drawRanked(ts.get("by-" + level), title, which, shown) : null;
      case "perpetrators": return drawRanked(ts.get("by-party"), title, which, shown);
      case "perpetrators-over-time": return drawPanels(ts, by, title, which, shown);
      case "locations-perpetrators": return level ? drawMatrix(ts, level, title, which, shown) : null;
      case "severity": return drawSizes(ts.get("by-severity"), title);
    }
    if (!daysOf(ts.get("by-day")).length) return null; // no incident is dated to the day
    return kind === "cumulative" ? drawCourse(ts.get("by-day"), ts.cover, title, which) : drawCalendar(ts.get("by-day"), ts.cover, title, which);
  }

  // missing says what of the selection a chart does not show.
  missing(kind, level) {
    const ts = this.page.tables, by = this.page.view.by, sum = (rows) => rows.reduce((n, r) => n + r.t[0], 0);
    const undrawn = (id, most) => {
      const rows = ts.get(id).rows, named = rows.filter((r) => isNamed(r.keys[0])), aside = sum(rows.filter((r) => !isNamed(r.keys[0])));
      const parts = aside > 0 ? [say("script.no-such-known", { incidents: incidents(aside), period: say("period." + id.slice(3)) })] : [];
      if (named.length > most) parts.push(say("script.before-last", { periods: say("periods." + by), n: number(most) }));
      return parts.length ? say("script.not-drawn", { what: parts.join("; ") }) : "";
    };
    const rest = (id, most) => {
      const n = ts.get(id).rows.filter((r) => r.t[0] > 0 && isNamed(r.keys[0])).length - most;
      return n > 0 ? say("script.not-drawn-more", { n: number(n) }) : "";
    };
    switch (kind) {
      case "timeseries": case "perpetrators-over-time": return undrawn("by-" + by, 400);
      case "cumulative": case "calendar": return undrawn("by-day", Infinity);
      case "locations": return rest("by-" + level, 12);
      case "perpetrators": return rest("by-party", 12);
      case "locations-perpetrators": return [rest("by-" + level, 10), rest("by-party", 6)].some((s) => s) ? say("script.not-drawn-further") : "";
    }
    const n = sum(ts.get("by-severity").rows.filter((r) => !(Number(r.keys[0].id) > 0)));
    return n > 0 ? say("script.not-drawn-deaths", { incidents: incidents(n) }) : "";
  }
}
