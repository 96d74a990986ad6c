// Asking: the form, and what is selected in words.

class Ask {
  constructor(page) {
    const c = page.cells, option = (value, text) => element("option", { value }, text);
    this.page = page;
    this.cells = c;
    const field = (label, input) => { input.addEventListener("change", () => this.ask()); return element("label", {}, element("span", {}, label), input); };
    this.from = this.day("from");
    this.to = this.day("to");
    this.place = element("select", { name: "place" }, option("", say("script.everywhere")));
    for (const level of c.levels) this.place.append(this.places(level));
    this.party = element("select", { name: "party" }, option("", say("script.every-party")), ...c.parties.map((t) => option(c.texts[t], c.visible(c.texts[t]))));
    this.policy = element("select", { name: "policy" }, ...c.policies.map((p) => option(p.name, p.name + ("script.policy." + p.name in SAYS ? ": " + say("script.policy." + p.name) : ""))));
    this.count = element("select", { name: "count" }, option("", say("script.killed-and-injured")), option("killed", say("script.killed")), option("injured", say("script.injured")));
    this.by = element("select", { name: "by" }, ...c.periods.map((p) => option(p, say("period." + p))));
    const fields = element("div", { class: "fields" }, field(say("script.field-from"), this.from), field(say("script.field-to"), this.to), field(say("page.place"), this.place), field(c.partyHead, this.party));
    if (c.injured) fields.append(field(say("script.field-count"), this.count));
    if (c.policies.some((p) => p.map) || c.told && c.policies.length > 1) fields.append(field(say("script.field-policy"), this.policy));
    fields.append(field(say("script.field-by"), this.by));
    this.clear = element("button", { type: "button", hidden: true }, say("script.show-all"));
    this.clear.addEventListener("click", () => { page.go(new View(c, "")); this.from.focus(); });
    this.status = element("p", { role: "status", class: "selected" });
    this.command = element("p", { class: "note command" });
    const form = element("form", {}, fields, this.clear);
    form.addEventListener("submit", (e) => e.preventDefault());
    const section = element("section", { id: "ask", "aria-labelledby": "ask-title" }, element("h2", { id: "ask-title" }, say("script.ask")), form, this.status, this.command);
    if (c.limits) section.append(element("p", { class: "note" }, c.limits));
    this.left = element("p", { class: "note left" });
    section.append(this.left);
    document.querySelector("main > section").before(section);
    document.querySelector("nav ul").prepend(element("li", {}, element("a", { href: "#ask" }, say("script.ask"))));
  }

  // day is a field for the first or last day. Where only whole periods can be
  // asked for, it lists them.
  day(name) {
    const c = this.cells;
    if (!c.unit) return element("input", { type: "date", name, min: c.first === null ? undefined : isoDay(c.first), max: c.last === null ? undefined : isoDay(c.last) });
    const s = element("select", { name }, element("option", { value: "" }, say(name === "from" ? "script.the-beginning" : "script.the-end")));
    if (c.first !== null && between(c.first, c.last, c.unit) <= MAX_PERIODS) {
      for (let d = periodStart(c.first, c.unit); d <= c.last; d = nextPeriod(d, c.unit)) {
        if (c[name] !== null && (name === "from" ? d <= c.from : nextPeriod(d, c.unit) > c.to)) continue; // the report's own end
        s.append(element("option", { value: isoDay(name === "from" ? d : nextPeriod(d, c.unit) - 1) }, periodKey(d, c.unit).label));
      }
    }
    return s;
  }

  // places lists the names of a level, those with most incidents first where there
  // are too many to list.
  places(level) {
    const c = this.cells, l = LEVELS.indexOf(level), n = c.incidentsAt(l);
    let names = Array.from(n.keys()).filter((k) => k !== 0), title = upper(say("level." + level));
    const most = 600;
    if (names.length > most) {
      names = names.sort((x, y) => n.get(y) - n.get(x) || x - y).slice(0, most);
      title = say("script.most-of", { level: title, most, all: number(n.size) });
    }
    names.sort((x, y) => compareText(c.texts[x], c.texts[y]));
    const g = element("optgroup", { label: title }, ...names.map((k) => element("option", { value: level + "=" + c.texts[k] }, c.visible(c.texts[k]))));
    if (n.has(0)) g.append(element("option", { value: level + "=" }, say("page.not-stated", { what: say("level." + level) })));
    return g;
  }

  // ask writes the form to the address bar.
  ask() {
    const days = (input, otherwise) => {
      if (!/^\d{4}-\d\d-\d\d$/.test(input.value)) return otherwise;
      return dayOf(...input.value.split("-").map(Number));
    };
    const at = this.place.value.indexOf("=");
    this.page.go(this.page.view.with({ from: days(this.from, this.cells.from), to: days(this.to, this.cells.to),
      level: at < 0 ? "" : this.place.value.slice(0, at), place: at < 0 ? "" : this.place.value.slice(at + 1),
      party: this.party.value, policy: this.policy.value, count: this.count.value, by: this.by.value, show: "" }));
  }

  // show has the form say what a view asks for.
  show(v) {
    const c = this.cells, choose = (select, value, words) => {
      select.value = value;
      if (select.value === value) return;
      select.append(element("option", { value }, words)); // named in the address and not in the list
      select.value = value;
    };
    const asked = (input, day) => { if (day === null) input.value = ""; else choose(input, isoDay(day), longDay(day)); };
    asked(this.from, v.from);
    asked(this.to, v.to);
    choose(this.place, v.level ? v.level + "=" + v.place : "", c.visible(v.place));
    this.party.value = v.party;
    this.policy.value = v.policy;
    this.count.value = v.count;
    this.by.value = v.by;
    this.left.hidden = !v.narrowed;
    this.clear.hidden = !v.narrowed && v.by === c.by && v.count === "";
  }

  // say puts the selection into words, of n incidents out of all.
  say(v, n, all) {
    if (v.narrowed) this.status.replaceChildren(...pieces("script.selected", { selected: [element("strong", {}, say("script.selected-is")), ...v.words()], n: number(n), all: incidents(all) }));
    else this.status.replaceChildren(say(this.cells.records ? "script.all-or-follow" : "script.all", { incidents: incidents(n) }));
    const command = v.command();
    this.command.replaceChildren(...(command === null ? [say("script.no-command")] : pieces("script.command", { command: element("code", {}, command) })));
  }
}
