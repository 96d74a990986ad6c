// The records behind a number.

// SOME are the counts of incidents that are some of a row's.
const SOME = /^((killed|injured)\.(unknown|open|fatal)|basis\.(claimed|attributed|contested|involved))$/;

class Records {
  constructor(page) {
    this.page = page;
    this.cells = page.cells;
    this.panel = element("dialog", { id: "records", "aria-labelledby": "records-title" });
    // What is open follows from the address alone. The browser closes the dialog by
    // the Escape key itself and says so later: by then it may be open again.
    this.panel.addEventListener("close", () => { if (!this.panel.open && this.page.view.show) this.hide(); });
    let pressed = false;
    this.panel.addEventListener("pointerdown", (e) => { pressed = this.isBeside(e); });
    this.panel.addEventListener("click", (e) => { if (pressed && this.isBeside(e)) this.hide(); pressed = false; });
    document.body.append(this.panel);
  }

  // isBeside tells whether a pointer is beside the dialog, on its backdrop.
  isBeside(e) {
    const box = this.panel.getBoundingClientRect();
    return e.target === this.panel && (e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom);
  }

  // hide takes the records out of the address, in place: closing is no step that
  // going back would undo.
  hide() { this.page.go(this.page.view.with({ show: "" }), true); }

  // belongs tells which incidents a row of a table adds up, and by which part of
  // their tolls.
  belongs(address) {
    const [id, ...parts] = address.split("/"), want = parts.map(unescapeKey), c = this.cells;
    if (id === "incident") return this.told(want);
    const table = this.page.tables.get(id);
    if (!table) return null;
    const some = want.length === table.dims.length + 1 && SOME.test(want[want.length - 1]) ? want.pop() : "";
    if (table.dims.length !== want.length) return null;
    const test = (dim) => {
      if (dim === "period") { const p = id === "period-party" ? this.page.view.by : id.slice(3); return (x, k) => slotOf(timeCode(x.start, x.prec), p).key.id === k; }
      if (dim === "event_type") return (x, k) => { const name = c.texts[c.events[x.event]]; return (name === "" ? "(not stated)" : namedKey(name).id) === k; };
      const level = LEVELS.indexOf(dim), names = this.page.tables.labels(level);
      return (x, k) => names(c.groupOf[level][x.path]).id === k;
    };
    const row = table.rows.find((r) => r.keys.every((k, i) => k.id === want[i]));
    if (!row) return null;
    const tests = table.dims.map((d) => (d === "party" ? null : test(d)));
    const party = table.dims.indexOf("party");
    const of = (x) => {
      if (!tests.every((t, i) => t === null || t(x, want[i]))) return null;
      if (party < 0) return !some || this.isSome(some, x) ? [x.killed, x.hurt] : null;
      const part = (x.parts || [[x.naming, x.killed, x.hurt]]).find((p) => c.partyKeys[c.partyOf[p[0]]] === row.keys[party]);
      return part && (!some || this.isSome(some, { naming: part[0], killed: part[1], hurt: part[2] })) ? [part[1], part[2]] : null;
    };
    return { row, of, some };
  }

  // told finds an incident that several records tell, by its id.
  told([id, ...rest]) {
    const c = this.cells, n = (c.told || []).findIndex((t) => c.texts[t.i] === id);
    if (n < 0 || rest.length) return null;
    return { row: { keys: [{ id, label: id, kind: "named" }], t: null }, of: (x) => (x.ref === -1 - n ? [x.killed, x.hurt] : null), some: "" };
  }

  // isSome tells whether an incident is one that a count of the unknown or open
  // tolls, or of the fatal incidents, counts.
  isSome(some, x) {
    const [measure, what] = some.split("."), t = newTally();
    if (measure === "basis") return x.naming >= 0 && this.cells.namings[x.naming].b === what;
    this.cells.addSum(t, KILLED, measure === "killed" ? x.killed : x.hurt);
    return t[KILLED + { unknown: 3, open: 4, fatal: 6 }[what]] > 0;
  }

  // show opens or closes the records behind a number.
  show() {
    const asked = this.cells.records && this.page.view.show ? this.belongs(this.page.view.show) : null;
    if (!asked) { if (this.panel.open) this.panel.close(); return; }
    const found = [];
    this.cells.each(this.page.view, (start, span, prec, path, event, killed, hurt, naming, parts, ref) => {
      const x = { start, span, prec, path, event, killed, hurt, naming, parts, ref }, toll = asked.of(x);
      if (toll) { x.toll = toll; found.push(x); }
    });
    const o = this.page.view.count === "injured" ? 1 : 0, c = this.cells;
    found.sort((x, y) => c.high[y.toll[o]] - c.high[x.toll[o]] || x.start - y.start);
    this.list(asked, found);
    if (!this.panel.open) this.panel.showModal();
  }

  list(asked, found) {
    const c = this.cells, row = asked.row, which = measures(this.page.view, c.injured), most = 100;
    const title = element("h2", { id: "records-title", tabindex: "-1" });
    row.keys.forEach((k, i) => title.append(i ? ", " : "", labelOf(this.cells, k)));
    if (!row.keys.length) title.append(say("script.all-selected"));
    const close = element("button", { type: "button", class: "close" }, say("script.close"));
    close.addEventListener("click", () => this.hide());
    if (asked.some) title.append(": " + say("script.some." + asked.some));
    const total = newTally();
    for (const x of found) c.add(total, x.toll[0], x.toll[1]);
    const sum = element("p", {}, say("script.sum", { incidents: incidents(found.length), tolls: which.map(([o, code]) => told(total, o, code, figure)).join(", ") }));
    const body = element("tbody"), head = this.head(which);
    const table = element("table", {}, element("caption", {}, say("script.most-first")), element("thead", {}, element("tr", {}, ...head.map((h) => heading(...h)))), body);
    // On a narrow screen the cells stand below each other, and are cells still.
    const roles = () => {
      for (const [selector, role] of [["thead, tbody", "rowgroup"], ["tr", "row"], ["thead th", "columnheader"], ["tbody th", "rowheader"], ["td", "cell"]]) {
        for (const e of table.querySelectorAll(selector)) e.setAttribute("role", role);
      }
      table.setAttribute("role", "table");
      for (const tr of body.rows) Array.from(tr.cells).forEach((td, i) => { td.dataset.head = head[i][0]; });
    };
    const more = element("button", { type: "button" });
    let n = 0;
    const show = () => {
      for (const x of found.slice(n, n + most)) body.append(this.incident(x, which));
      roles();
      n = Math.min(n + most, found.length);
      more.hidden = n >= found.length;
      more.textContent = say("script.show-more", { n: Math.min(most, found.length - n), of: number(found.length - n) });
    };
    more.addEventListener("click", show);
    show();
    this.panel.replaceChildren(element("header", {}, title, close), sum, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("page.incidents") }, table), more);
  }

  // head is what heads the columns of a list of incidents, and whether that is numbers.
  head(which) {
    return [[say("page.date")], [say("page.place")], [this.cells.partyHead], ...which.map(([, code]) => [say("page." + code), true]), [say("page.records")]];
  }

  toll(code) {
    const t = newTally();
    this.cells.add(t, code, 0);
    return figure(t, KILLED);
  }

  incident(x, which, open = true) {
    const c = this.cells, party = element("td"), records = element("td"), place = element("td");
    let last = "";
    for (const t of c.paths[x.path].slice().reverse()) {
      if (t === 0 || c.texts[t] === last) continue;
      place.append(last ? ", " : "", nameOf(c.visible(c.texts[t])));
      last = c.texts[t];
    }
    if (last === "") place.append(say("page.not-stated-2"));
    (x.parts || [[x.naming]]).forEach((p, i) => party.append(i ? "; " : "", labelOf(this.cells, c.partyKeys[c.partyOf[p[0]]])));
    if (x.ref >= 0) records.append(element("code", {}, c.visible(c.files[c.file[x.ref]]) + ":" + c.line[x.ref]));
    else records.append(this.accounts(c.told[-1 - x.ref], open));
    const tr = element("tr", {}, element("th", { scope: "row" }, dateText(x.start, x.span, x.prec)), place, party);
    for (const [o] of which) tr.append(element("td", { class: "n" }, this.toll(x.toll[o === KILLED ? 0 : 1])));
    tr.append(records);
    return tr;
  }

  // accounts lists the records of an incident and what became of each.
  accounts(t, open) {
    const c = this.cells, { paths, namings } = c.admits(this.page.view), p = c.policyOf(this.page.view);
    const list = element("ul");
    for (const [file, line, path, naming, , source, side, victims, reported, killed, hurt, fates] of t.a) {
      const passes = (!paths || paths[path]) && (!namings || namings[naming]), fate = c.fates[fates[p]];
      const says = { source: source ? nameOf(c.visible(c.texts[source])) : say("script.source-not-stated"), killed: this.toll(killed), injured: this.toll(hurt) };
      const li = element("li", { class: passes && fate.u ? "used" : "set-aside" }, element("code", {}, c.visible(c.files[file]) + ":" + line), " ",
        ...pieces(c.injured ? "script.account" : "script.account-killed", says));
      if (side) li.append("; ", ...pieces("script.losses-of", { side: nameOf(c.visible(c.texts[side])) }));
      if (victims && c.texts[victims] !== "unstated") li.append("; " + c.texts[victims]);
      if (reported) li.append("; " + say("script.reported", { day: dayText(reported - DAY_ZERO) }));
      li.append(". " + upper(passes ? fate.w : say("script.outside")) + ".");
      list.append(li);
    }
    return element("details", { open }, element("summary", {}, ...pieces("script.accounts", { incident: nameOf(c.visible(c.texts[t.i])), n: t.a.length })), list);
  }
}
