// The explorer in the browser: real inputs, and Vega views that stay and are sent changed data.

const KANTEN = ["a", "b"];
const WAAIERS = ["stroom", "voorraad", "werk"];
const KOPPEN = {
  stroom: "Stromen",
  voorraad: "Voorraden",
  werk: "Werk (fte)",
  euro: "Euro's per betaler",
  kaart: "Kaart",
};
const WIJS = "Klik op een gemeente, of kies met de pijltjes.";
const GEDULD = 20000; // milliseconds before a kernel that says nothing is called silent
const TUSSENPOOS = 1000; // milliseconds between two questions whether files have changed
const VAAG = 0.07; // bands of the choice before this one
const HELDER = 0.2;
const KAARTBREEDTE = 460;

let volgnummer = 0;
const id = () => `vk-${++volgnummer}`;
const nl = new Intl.NumberFormat("nl-NL", { maximumSignificantDigits: 4 });

/** A notebook has keys of its own: "d d" removes a cell, Shift+Enter runs it. Not from in here. */
function houdToetsBinnen(gebeurtenis) {
  const { key, ctrlKey, metaKey, altKey } = gebeurtenis;
  if (key === "Enter" || !(ctrlKey || metaKey || altKey)) gebeurtenis.stopPropagation();
}

/** Make an element; properties that begin with "on" are listeners. */
function el(naam, eigenschappen = {}, ...kinderen) {
  const knoop = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(eigenschappen)) {
    if (waarde === false || waarde === undefined) continue;
    if (sleutel.startsWith("on")) knoop.addEventListener(sleutel.slice(2), waarde);
    else if (sleutel === "class") knoop.className = waarde;
    else knoop.setAttribute(sleutel, waarde === true ? "" : waarde);
  }
  knoop.append(...kinderen.filter((k) => k !== null && k !== undefined));
  return knoop;
}

function keuzelijst(opties, gekozen, bij) {
  const lijst = el("select", { onchange: () => bij(lijst.value) });
  vulLijst(lijst, opties, gekozen);
  return lijst;
}

function vulLijst(lijst, opties, gekozen) {
  lijst.replaceChildren(...opties.map((o) => el("option", { value: o.naam }, o.titel)));
  lijst.value = gekozen;
}

function veld(tekst, invoer, klasse = "") {
  invoer.id = invoer.id || id();
  return el("div", { class: `vk-veld ${klasse}` }, el("label", { for: invoer.id }, tekst), invoer);
}

/** A share is shown as a percentage. */
const maal = (eenheid) => (eenheid.startsWith("aandeel") ? 100 : 1);
const eenheidwoord = (eenheid) => eenheid.replace(/^aandeel/, "%").replace(/^factor$/, "");
function alsTekst(waarde, eenheid) {
  return `${nl.format(waarde * maal(eenheid))} ${eenheidwoord(eenheid)}`.trim();
}

let vegaBelofte = null;
/** Load Vega once per page, from the kernel and never from the network. */
function laadVega(model) {
  vegaBelofte ??= new Promise((klaar) => {
    const luister = (bericht, buffers) => {
      if (bericht.soort !== "vega") return;
      model.off("msg:custom", luister);
      const adres = URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" }));
      import(adres).then(() => {
        URL.revokeObjectURL(adres);
        klaar(globalThis.impactVega);
      });
    };
    model.on("msg:custom", luister);
    model.send({ soort: "vega" });
  });
  return vegaBelofte;
}

/** One Vega view in a frame; it takes the width of its frame. */
class Grafiek {
  constructor(vorm, tekst) {
    this.vak = el("div", { class: "vk-grafiek", role: "img", "aria-label": tekst });
    this.tekst = tekst;
    this.vorm = vorm;
    this.breedte = 0;
  }
  async begin(embed, spec) {
    const formatLocale = { decimal: ",", thousands: ".", grouping: [3], currency: ["€ ", ""] };
    const gemaakt = await embed(this.vak, spec, { mode: "vega", renderer: "canvas", actions: false,
      tooltip: false, hover: false, defaultStyle: false, formatLocale });
    this.view = gemaakt.view;
    this.wissel = embed.changeset;
    this.einde = gemaakt.finalize;
    this.vak.setAttribute("role", "img"); // Vega has put its own English words there
    this.vak.setAttribute("aria-label", this.tekst);
    this.vak.removeAttribute("aria-roledescription");
    this.waarnemer = new ResizeObserver(() => this.pas());
    this.waarnemer.observe(this.vak);
    return this;
  }
  pas() {
    const breedte = Math.min(Math.floor(this.vak.clientWidth), this.meeste ?? 9999);
    if (breedte < 80 || breedte === this.breedte) return;
    this.breedte = breedte;
    const hoogte = this.vorm ? breedte * this.vorm : 210;
    this.view.width(breedte).height(hoogte).resize().runAsync();
  }
  zet(gegevens, signalen = {}) {
    for (const [naam, rijen] of Object.entries(gegevens)) this.zetRijen(naam, rijen);
    for (const [naam, waarde] of Object.entries(signalen)) this.view.signal(naam, waarde);
    return this.view.runAsync();
  }
  /** New values in the rows that are there: of a row that is replaced, Vega keeps a trace for ever. */
  zetRijen(naam, rijen) {
    const oud = this.view.data(naam);
    const wissel = this.wissel();
    if (oud.length !== rijen.length) wissel.remove(() => true).insert(rijen);
    else rijen.forEach((rij, n) => {
      for (const [veld, waarde] of Object.entries(rij)) wissel.modify(oud[n], veld, waarde);
    });
    if (rijen.length || oud.length) this.view.change(naam, wissel);
  }
  sluit() {
    this.waarnemer.disconnect();
    this.einde();
  }
}

/** Sends what was moved: one message at a time, and only the newest position of each control. */
class Post {
  constructor(model, toestand, bijStuur) {
    this.model = model;
    this.toestand = toestand;
    this.bijStuur = bijStuur;
    this.wachtrij = new Map();
    this.bezig = 0;
    this.nr = 0;
    this.begin = 0;
    this.beweging = 0;
  }
  stuur(handeling, sleutel = "", moment = performance.now()) {
    const plek = sleutel || `${JSON.stringify(handeling)}`;
    this.wachtrij.delete(plek);
    this.wachtrij.set(plek, handeling);
    this.moment = moment;
    this.sleutel = sleutel;
    this.bijStuur();
    this.spoel();
  }
  get rust() {
    return !this.bezig && this.wachtrij.size === 0;
  }
  spoel() {
    if (this.bezig || this.wachtrij.size === 0) return;
    const handelingen = [...this.wachtrij.values()];
    this.wachtrij.clear();
    this.bezig = ++this.nr;
    this.begin = this.moment;
    const beweging = this.sleutel ? `${this.sleutel}#${this.beweging}` : "";
    this.model.send({ soort: "zet", nr: this.nr, handelingen, beweging });
    this.wekker = setTimeout(() => {
      this.bezig = 0;
      this.toestand("De kernel antwoordt niet. Start hem opnieuw en voer de cel nog eens uit.", true);
    }, GEDULD);
  }
  klaar(nr) {
    if (nr !== this.bezig || !nr) return;
    clearTimeout(this.wekker);
    this.bezig = 0;
    this.spoel();
  }
}

class Verkenner {
  constructor(model, wortel) {
    this.model = model;
    this.wortel = wortel;
    this.kant = "a";
    this.vorige = {};
    this.laatste = null;
    this.grafieken = {};
    this.status = el("p", { class: "vk-status", role: "status" }, "De cijfers worden geladen …");
    this.post = new Post(model, (tekst, fout) => this.zeg(tekst, fout), () => { wortel.dataset.stand = "bezig"; });
    wortel.classList.add("impact-verkenner");
    // in VS Code the page is as high as the whole notebook
    wortel.style.setProperty("--scherm", `${screen.availHeight}px`);
    wortel.append(this.status);
    wortel.addEventListener("keydown", houdToetsBinnen);
    this.bouwHerlezen();
    this.luister = (bericht) => this.ontvang(bericht);
    model.on("msg:custom", this.luister);
    model.send({ soort: "begin" });
  }

  zeg(tekst, fout = false) {
    this.status.textContent = tekst;
    this.status.classList.toggle("vk-fout", fout);
    this.status.tabIndex = fout ? 0 : -1; // a long message scrolls
  }

  /** Says that files have changed; the kernel looks whenever someone comes back to the explorer. */
  bouwHerlezen() {
    const tekst = el("p", { role: "status" });
    const knop = el("button", { type: "button", onclick: () => {
      this.wortel.dataset.stand = "bezig";
      this.zeg("De bestanden worden opnieuw gelezen …");
      this.model.send({ soort: "herlees" });
    } }, "Lees opnieuw");
    this.herlezen = el("div", { class: "vk-herlezen", hidden: true }, tekst, knop);
    this.meldVeranderd = (veranderd) => {
      this.herlezen.hidden = !veranderd;
      tekst.textContent = veranderd ? "De bestanden in parameters/ zijn veranderd. De verkenner rekent nog met de oude waarden." : "";
    };
    let gevraagd = 0;
    const kijk = () => {
      if (performance.now() - gevraagd < TUSSENPOOS || !this.opbouw) return;
      gevraagd = performance.now();
      this.model.send({ soort: "kijk" });
    };
    this.wortel.addEventListener("pointerenter", kijk);
    this.wortel.addEventListener("focusin", kijk);
  }

  async ontvang(bericht) {
    if (bericht.soort === "opbouw" && (!this.opbouw || bericht.opnieuw)) {
      const werkplek = this.opbouw && this.onthoud();
      this.opbouw = bericht.opbouw;
      this.kleuren = bericht.kleuren;
      this.stand = bericht.stand;
      clearTimeout(this.post.wekker);
      this.post.bezig = 0; // what was being drawn is gone
      this.sluitGrafieken();
      this.bouw();
      this.wacht = this.tekenKaders();
      this.werkBij(bericht.opnieuw);
      if (werkplek) this.herstel(werkplek);
    } else if (!this.opbouw) {
      return;
    } else if (bericht.soort === "beeld") {
      await this.wacht;
      if (bericht.banden && !this.post.rust) return; // overtaken by a newer move
      this.stand = bericht.stand;
      this.werkBij();
      await this.toon(bericht.beeld, bericht.banden);
      const naam = bericht.banden ? "banden" : "midden";
      const begin = bericht.banden ? this.post.begin : bericht.nr ? this.post.begin : 0;
      if (begin) {
        const maat = `verkenner:${naam}`;
        performance.measure(maat, { start: begin, end: performance.now() });
        performance.clearMeasures(maat);
      }
      if (!bericht.banden) this.post.klaar(bericht.nr);
    } else if (bericht.soort === "stapel") {
      await this.wacht;
      this.toonStapel(bericht.kant, bericht.stapel);
    } else if (bericht.soort === "veranderd") {
      this.meldVeranderd(true);
    } else if (bericht.soort === "fout") {
      this.stand = bericht.stand;
      this.werkBij(true);
      this.zeg(bericht.tekst, true);
      this.wortel.dataset.stand = "fout";
      if (bericht.bij === "bewaar") this.bewaarmelding.textContent = bericht.tekst;
      if (bericht.bij === "rapport") this.rapportmelding.textContent = bericht.tekst;
      this.post.klaar(bericht.nr);
    } else if (bericht.soort === "bewaard") {
      this.opbouw.scenarios = this.opbouw.scenarios.filter((s) => s.naam !== bericht.naam);
      this.opbouw.scenarios.push({ naam: bericht.naam, titel: bericht.titel, soort: "variant" });
      this.stand = bericht.stand;
      this.vulScenarios();
      this.werkBij();
      this.bewaarmelding.textContent = bericht.tekst;
      this.zeg(bericht.tekst);
    } else if (bericht.soort === "voortgang") {
      this.balk.hidden = false;
      this.balk.max = bericht.alle;
      this.balk.value = bericht.klaar;
      this.rapportmelding.textContent = `${bericht.wat}: ${bericht.klaar} van ${bericht.alle}`;
    } else if (bericht.soort === "rapport") {
      this.balk.hidden = true;
      this.rapportmelding.textContent = bericht.tekst;
    }
  }

  // --- building, once -------------------------------------------------------------------------

  bouw() {
    this.controles = {};
    this.wortel.replaceChildren(
      this.bouwKop(),
      this.status,
      this.herlezen,
      el("div", { class: "vk-lijf" }, this.bouwKeuzes(), this.bouwBeelden()),
    );
  }

  /** What someone had unfolded, typed and scrolled to, to find it back in a new building. */
  onthoud() {
    const vak = (blok) => blok.parentElement.closest("section")?.getAttribute("aria-label") ?? "";
    const kop = (blok) => `${vak(blok)}: ${blok.querySelector("summary").firstChild.textContent}`;
    return {
      kop,
      open: new Map([...this.wortel.querySelectorAll("details")].map((blok) => [kop(blok), blok.open])),
      teksten: this.tekstvelden().map((invoer) => invoer.value),
      vervang: this.vervang.checked,
      hoogte: this.wortel.querySelector(".vk-keuzes").scrollTop,
    };
  }

  herstel({ kop, open, teksten, vervang, hoogte }) {
    for (const blok of this.wortel.querySelectorAll("details")) blok.open = open.get(kop(blok)) ?? blok.open;
    this.tekstvelden().forEach((invoer, n) => { invoer.value = teksten[n]; });
    if (this.zoek.value) this.zoek.dispatchEvent(new Event("input"));
    this.vervang.checked = vervang;
    this.wortel.querySelector(".vk-keuzes").scrollTop = hoogte;
    this.status.focus({ preventScroll: true });
  }

  tekstvelden() {
    return [this.zoek, this.naam, this.titel, this.toelichting];
  }

  bouwKop() {
    const kijk = (veldnaam, waarde) => this.post.stuur({ wat: "kijk", veld: veldnaam, waarde });
    this.terug = el("button", { type: "button", onclick: () => this.post.stuur({ wat: "terug" }) }, "Ongedaan maken");
    this.vooruit = el("button", { type: "button", onclick: () => this.post.stuur({ wat: "vooruit" }) }, "Opnieuw");
    this.niveau = keuzelijst(this.opbouw.niveaus, "nationaal", (niveau) =>
      this.post.stuur({ wat: "gebied", niveau, groep: this.opbouw.gebieden[niveau][0].naam }));
    this.groep = keuzelijst([], "", (groep) =>
      this.post.stuur({ wat: "gebied", niveau: this.niveau.value, groep }));
    this.toonkeuze = keuzelijst(
      [{ naam: "stand", titel: "Met en zonder" }, { naam: "verschil", titel: "Alleen verschil" }],
      "stand", (waarde) => kijk("toon", waarde));
    this.jaar = keuzelijst(this.opbouw.jaren.map((j) => ({ naam: j, titel: String(j) })), "2030",
      (waarde) => kijk("jaar", Number(waarde)));
    this.vergelijk = el("input", { type: "checkbox", onchange: () => kijk("vergelijk", this.vergelijk.checked) });
    this.vergelijk.id = id();
    return el("div", { class: "vk-kop" },
      veld("Gebied", this.niveau), veld("Welk gebied", this.groep), veld("Toon", this.toonkeuze),
      veld("Peiljaar", this.jaar),
      el("div", { class: "vk-vink" }, this.vergelijk, el("label", { for: this.vergelijk.id }, "Vergelijk met scenario B")),
      el("div", { class: "vk-knoppen" }, this.terug, this.vooruit));
  }

  bouwKeuzes() {
    this.tabs = KANTEN.map((kant) => {
      const knop = el("button", { type: "button", "aria-pressed": "false", class: `vk-tab vk-${kant}`,
        onclick: () => { this.kant = kant; this.werkBij(true); } }, `Scenario ${kant.toUpperCase()}`);
      return knop;
    });
    this.kopieer = el("button", { type: "button", onclick: () =>
      this.post.stuur({ wat: "kopieer", van: this.kant === "a" ? "b" : "a", naar: this.kant }) }, "");
    this.tabbalk = el("div", { class: "vk-tabs", role: "group", "aria-label": "Welk scenario verandert u" }, ...this.tabs);
    this.scenario = keuzelijst([], "", (naam) => naam && this.post.stuur({ wat: "begin", kant: this.kant, naam }));
    this.referentie = keuzelijst([], "", (naam) => this.post.stuur({ wat: "referentie", kant: this.kant, naam }));
    this.vulScenarios();
    return el("div", { class: "vk-keuzes" },
      this.tabbalk,
      veld("Begin met scenario", this.scenario),
      veld("Vergelijk met (referentie)", this.referentie),
      this.kopieer,
      this.bouwMaatregelen(),
      this.bouwAannames(),
      this.bouwBewaren());
  }

  vulScenarios() {
    const varianten = this.opbouw.scenarios;
    vulLijst(this.scenario, [{ naam: "", titel: "Eigen keuze" }, ...varianten], "");
    vulLijst(this.referentie, varianten.filter((s) => s.soort === "referentie"), "");
  }

  bouwMaatregelen() {
    this.maatregelen = new Map();
    const wetten = this.opbouw.wetten.filter((w) => w.maatregelen.length).map((wet) => {
      const telling = el("span", { class: "vk-telling" });
      const rijen = wet.maatregelen.map((m) => this.bouwMaatregel(m));
      const buiten = wet.buiten.length
        ? el("p", { class: "vk-klein" }, `Niet in het model: ${wet.buiten.join("; ")}.`) : null;
      const blok = el("details", { class: "vk-wet" }, el("summary", {}, wet.titel, " ", telling), ...rijen, buiten);
      wet.telling = telling;
      wet.blok = blok;
      return blok;
    });
    const zonder = this.opbouw.wetten.filter((w) => !w.maatregelen.length).map((w) => w.titel);
    this.maatregelkop = el("h2", {}, "Maatregelen");
    this.wetlijst = el("div", { class: "vk-wetten" }, ...wetten);
    return el("section", { "aria-label": "Maatregelen" }, this.maatregelkop, this.wetlijst,
      el("p", { class: "vk-klein" }, `Nog niet in het model: ${zonder.join("; ")}.`));
  }

  bouwMaatregel(m) {
    const vink = el("input", { type: "checkbox", onchange: () =>
      this.post.stuur({ wat: "maatregel", kant: this.kant, naam: m.naam, aan: vink.checked }) });
    vink.id = id();
    const vanaf = keuzelijst(this.opbouw.halfjaren.map((h) => ({ naam: h, titel: h })), "",
      (waarde) => this.post.stuur({ wat: "ingang", kant: this.kant, naam: m.naam, vanaf: waarde }));
    const uit = el("output", {});
    const kracht = this.schuif(10, 200, 5, `sterkte:${m.naam}`, (waarde) => {
      uit.textContent = `${waarde}%`;
      return { wat: "sterkte", kant: this.kant, naam: m.naam, waarde: waarde / 100 };
    });
    const naam = el("label", { for: vink.id, id: id(), title: m.uitleg }, m.titel);
    for (const invoer of [vanaf, kracht]) invoer.setAttribute("aria-describedby", naam.id);
    const meer = el("div", { class: "vk-stap", hidden: true }, veld("Vanaf", vanaf),
      veld("Sterkte", kracht, "vk-sterkte"), uit);
    const al = el("span", { class: "vk-klein" });
    const rij = el("div", { class: "vk-maatregel" },
      el("div", { class: "vk-vink" }, vink, naam), al, meer);
    this.maatregelen.set(m.naam, { vink, vanaf, kracht, uit, meer, al, rij });
    return rij;
  }

  /** A slider whose movement counts as one step for undo. */
  schuif(min, max, step, sleutel, handeling) {
    const invoer = el("input", { type: "range", min, max, step });
    invoer.addEventListener("input", (gebeurtenis) => {
      this.actief = invoer;
      this.post.stuur(handeling(Number(invoer.value)), sleutel, gebeurtenis.timeStamp);
    });
    invoer.addEventListener("change", () => { this.actief = null; this.post.beweging += 1; });
    return invoer;
  }

  bouwAannames() {
    this.aannames = new Map();
    const domeinen = Map.groupBy ? Map.groupBy(this.opbouw.aannames, (a) => a.domein) : groepeer(this.opbouw.aannames);
    const blokken = [...domeinen].map(([domein, lijst]) => {
      const telling = el("span", { class: "vk-telling" });
      const blok = el("details", { class: "vk-wet" }, el("summary", {}, domein, " ", telling));
      const rijen = lijst.map((a) => this.bouwAanname(a));
      blok.append(...rijen);
      return { blok, telling, lijst };
    });
    this.domeinen = blokken;
    this.aannamekop = el("h2", {}, "Aannames");
    const zoek = this.zoek = el("input", { type: "search", placeholder: "bijvoorbeeld: flexwoningen", oninput: () => {
      const woord = zoek.value.trim().toLowerCase();
      for (const { blok, lijst } of blokken) {
        let raak = 0;
        for (const a of lijst) {
          const past = !woord || `${a.titel} ${a.naam}`.toLowerCase().includes(woord);
          this.aannames.get(a.naam).rij.hidden = !past;
          raak += past;
        }
        blok.hidden = raak === 0;
        if (woord) blok.open = raak > 0;
      }
    } });
    return el("section", { "aria-label": "Aannames" }, this.aannamekop, veld("Zoek een aanname", zoek),
      ...blokken.map((b) => b.blok));
  }

  bouwAanname(a) {
    const factor = maal(a.eenheid);
    const stel = (waarde) => ({ wat: "aanname", kant: this.kant, naam: a.naam, waarde });
    const getal = el("input", { type: "number", step: "any", min: 0, onchange: () => {
      if (getal.value !== "") this.post.stuur(stel(Number(getal.value) / factor));
    } });
    const kracht = this.schuif(a.onder, a.boven, a.stap || "any", `aanname:${a.naam}`, (waarde) => {
      getal.value = Number((waarde * factor).toPrecision(6));
      return stel(waarde);
    });
    kracht.setAttribute("aria-label", `${a.titel}, schuif`);
    getal.setAttribute("aria-label", `${a.titel}, getal in ${eenheidwoord(a.eenheid) || "factor"}`);
    const plek = (w) => `${(100 * (w - a.onder)) / (a.boven - a.onder || 1)}%`;
    if (a.laag !== null) {
      kracht.style.setProperty("--van", plek(a.laag));
      kracht.style.setProperty("--tot", plek(a.hoog));
    }
    const marge = a.laag === null ? "geen marge"
      : `marge ${alsTekst(a.laag, a.eenheid)} tot ${alsTekst(a.hoog, a.eenheid)}`;
    const vanaf = a.vanaf ? `, waarde vanaf ${a.vanaf}; eerdere jaren schuiven mee` : "";
    const buiten = el("p", { class: "vk-buiten", hidden: true });
    const terug = el("button", { type: "button", class: "vk-terug", hidden: true,
      "aria-label": `Zet terug: ${a.titel}`, onclick: () => this.post.stuur(stel(null)) }, "Zet terug");
    const rij = el("div", { class: "vk-aanname" },
      el("p", { class: "vk-titel" }, a.titel),
      el("div", { class: "vk-schuif" }, kracht, getal, el("span", {}, eenheidwoord(a.eenheid))),
      el("p", { class: "vk-klein", title: a.bron }, el("span", { class: `vk-merk vk-${a.kwaliteit}` }, a.kwaliteit),
        ` ${alsTekst(a.waarde, a.eenheid)}, ${marge}${vanaf}`), buiten, terug);
    this.aannames.set(a.naam, { a, kracht, getal, buiten, terug, rij });
    return rij;
  }

  bouwBewaren() {
    this.naam = el("input", { type: "text", autocomplete: "off", spellcheck: "false", placeholder: "bijvoorbeeld: mijn_variant" });
    this.titel = el("input", { type: "text", autocomplete: "off" });
    this.toelichting = el("textarea", { rows: 3 });
    this.vervang = el("input", { type: "checkbox" });
    this.vervang.id = id();
    this.bewaarmelding = el("p", { class: "vk-klein", role: "status" });
    this.rapportmelding = el("p", { class: "vk-klein", role: "status" });
    this.balk = el("progress", { hidden: true, "aria-label": "Voortgang van het rapport" });
    const bewaar = () => this.model.send({ soort: "bewaar", kant: this.kant, naam: this.naam.value,
      titel: this.titel.value, toelichting: this.toelichting.value, vervang: this.vervang.checked });
    this.rapportknop = el("button", { type: "button", onclick: () => {
      this.rapportmelding.textContent = "Het rapport wordt gemaakt …";
      this.model.send({ soort: "rapport", kant: this.kant });
    } }, "Maak het rapport");
    const stop = el("button", { type: "button", onclick: () => this.model.send({ soort: "stop" }) }, "Stop");
    this.bewaarkop = el("summary", {}, "Bewaren en rapport");
    return el("details", { class: "vk-bewaren" }, this.bewaarkop,
      veld("Naam van het bestand", this.naam), veld("Titel", this.titel), veld("Toelichting", this.toelichting),
      el("div", { class: "vk-vink" }, this.vervang, el("label", { for: this.vervang.id }, "Vervang het bestand")),
      el("div", { class: "vk-knoppen" }, el("button", { type: "button", class: "vk-hoofd", onclick: bewaar }, "Bewaar als scenario")),
      this.bewaarmelding,
      el("div", { class: "vk-knoppen" }, this.rapportknop, stop), this.balk, this.rapportmelding);
  }

  bouwBeelden() {
    this.kaarten = {};
    const lijsten = this.opbouw.grootheden;
    const vak = (veldnaam, keuze, ...extra) => {
      const eenheid = el("p", { class: "vk-eenheid" });
      const vakken = el("div", { class: "vk-paar" });
      const kopieer = el("button", { type: "button", class: "vk-kopieer",
        "aria-label": `Kopieer figuur: ${KOPPEN[veldnaam]}`, onclick: () => this.kopieerFiguur(veldnaam) }, "Kopieer");
      const overnemen = el("textarea", { readonly: true, rows: 4, "aria-label": `Tekst bij ${KOPPEN[veldnaam]}, om over te nemen` });
      const blok = el("section", { class: `vk-vak vk-vak-${veldnaam}`, "aria-label": KOPPEN[veldnaam] },
        el("div", { class: "vk-vakkop" }, el("h2", {}, KOPPEN[veldnaam]), kopieer), keuze, eenheid, vakken, ...extra,
        el("details", { class: "vk-over" }, el("summary", {}, "Tekst en bron"), overnemen));
      this.kaarten[veldnaam] = { blok, eenheid, vakken, overnemen, keuze, kopieer };
      return blok;
    };
    const kiezer = (veldnaam, naam) => {
      const lijst = keuzelijst(lijsten[veldnaam], "", (waarde) => this.post.stuur({ wat: "kijk", veld: veldnaam, waarde }));
      this.controles[veldnaam] = lijst;
      return veld(naam, lijst, "vk-onzichtbaar");
    };
    this.legenda = el("ul", { class: "vk-legenda" });
    this.betalers = el("ul", { class: "vk-legenda" }, ...this.opbouw.betalers.map((b) => {
      const regel = el("li", {}, el("span", { class: "vk-staal", style: `background:${b.kleur}` }), b.naam);
      b.regel = regel;
      return regel;
    }));
    this.klassen = el("ul", { class: "vk-legenda" });
    this.wijs = el("p", { class: "vk-wijs" }, WIJS);
    this.stapels = el("div", { class: "vk-paar" });
    this.tabelkeuze = keuzelijst([...WAAIERS, "euro"].map((n) => ({ naam: n, titel: KOPPEN[n] })), "voorraad",
      (waarde) => this.post.stuur({ wat: "kijk", veld: "tabel", waarde }));
    this.tabel = el("div", { class: "vk-tabel" });
    this.beelden = el("div", { class: "vk-beelden" },
      this.legenda,
      vak("voorraad", kiezer("voorraad", "Voorraad")),
      vak("stroom", kiezer("stroom", "Stroom")),
      vak("euro", null, this.betalers),
      vak("werk", kiezer("werk", "Soort werk")),
      vak("kaart", kiezer("maat", "Maat van de kaart en de stapeling"), this.wijs, this.klassen),
      el("section", { class: "vk-vak vk-vak-stapel", "aria-label": "Stapeling" },
        el("div", { class: "vk-vakkop" }, el("h2", {}, "Stapeling")),
        el("p", { class: "vk-eenheid" }, "Wat elke maatregel toevoegt aan de maat van de kaart, in het peiljaar"), this.stapels),
      el("details", { class: "vk-vak vk-breed" }, el("summary", {}, "De cijfers in een tabel"),
        veld("Tabel bij", this.tabelkeuze), this.tabel));
    return this.beelden;
  }

  async tekenKaders() {
    const embed = await laadVega(this.model);
    for (const kant of KANTEN) {
      this.grafieken[kant] = {};
      for (const naam of [...WAAIERS, "euro", "kaart"]) {
        const soort = WAAIERS.includes(naam) ? "waaier" : naam;
        const grafiek = new Grafiek(naam === "kaart" ? this.opbouw.vorm : 0, KOPPEN[naam]);
        await grafiek.begin(embed, this.opbouw.specs[soort]);
        if (naam === "kaart") grafiek.meeste = KAARTBREEDTE;
        if (soort === "waaier") grafiek.view.signal("kleur", this.kleuren[kant]);
        const lees = el("p", { class: "vk-lees" });
        const vak = el("div", { class: `vk-kant vk-${kant}` }, el("h3", { class: `vk-naam vk-${kant}` }), lees, grafiek.vak);
        this.kaarten[naam].vakken.append(vak);
        Object.assign(grafiek, { lees, kader: vak });
        this.grafieken[kant][naam] = grafiek;
        if (naam === "kaart") this.maakKiesbaar(grafiek);
      }
      const stapel = el("div", { class: `vk-kant vk-${kant}` });
      this.stapels.append(stapel);
      this.grafieken[kant].stapel = { kader: stapel };
    }
  }

  maakKiesbaar(grafiek) {
    const kies = (code) => this.post.stuur({ wat: "gebied", niveau: "gemeente", groep: code });
    grafiek.view.addEventListener("click", (_, item) => item?.datum?.code && kies(item.datum.code));
    grafiek.view.addEventListener("mouseover", (_, item) => item?.datum?.code && this.wijsAan(item.datum));
    grafiek.vak.tabIndex = 0;
    grafiek.vak.setAttribute("role", "application");
    grafiek.vak.addEventListener("keydown", (gebeurtenis) => {
      const richting = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[gebeurtenis.key];
      if (!richting) return;
      gebeurtenis.preventDefault();
      gebeurtenis.stopPropagation();
      const code = this.buur(richting);
      if (code) kies(code);
    });
  }

  /** Nearest municipality on the map in a direction from the chosen one. */
  buur([dx, dy]) {
    const h = this.opbouw.hexen;
    const { niveau, groep } = this.stand.kijk;
    const nu = niveau === "gemeente" ? h.code.indexOf(groep) : h.titel.indexOf("Utrecht");
    let beste = null;
    let kleinste = Infinity;
    h.code.forEach((code, n) => {
      const [x, y] = [h.x[n] - h.x[nu], h.y[n] - h.y[nu]];
      const langs = x * dx + y * dy;
      const dwars = Math.abs(x * dy) + Math.abs(y * dx);
      const afstand = langs + 2 * dwars;
      if (langs > 0.4 && afstand < kleinste) [beste, kleinste] = [code, afstand];
    });
    return beste;
  }

  wijsAan(datum) {
    this.wijs.textContent = opKaart(this.laatste.beeld.kaart, datum.titel, datum.klasse, datum.onzeker);
  }

  /** Name the chosen municipality under the map and to a screen reader. */
  zegKaart(grafiek, kaart, nummer, { klasse, onzeker }) {
    const uitleg = "Kies een gemeente met de pijltjes.";
    const gekozen = nummer < 0 ? "" : `${opKaart(kaart, this.opbouw.hexen.titel[nummer], klasse[nummer], onzeker[nummer])}. `;
    grafiek.vak.setAttribute("aria-label", `Kaart van ${kaart.titel.toLowerCase()}. ${gekozen}${uitleg}`);
    this.wijs.textContent = gekozen || WIJS;
  }

  // --- showing, at every change ---------------------------------------------------------------

  /** Put the choice into the controls; the one that is being moved is left alone. */
  werkBij(alles = false) {
    const { kijk, kanten } = this.stand;
    const zet = (invoer, waarde) => {
      if ((invoer !== this.actief || alles) && invoer.value !== String(waarde)) invoer.value = waarde;
    };
    if (alles) this.actief = null;
    this.meldVeranderd(this.stand.veranderd);
    if (!kijk.vergelijk) this.kant = "a";
    this.terug.disabled = !this.stand.terug;
    this.vooruit.disabled = !this.stand.vooruit;
    this.vergelijk.checked = kijk.vergelijk;
    zet(this.niveau, kijk.niveau);
    if (this.lijstVan !== kijk.niveau) {
      vulLijst(this.groep, this.opbouw.gebieden[kijk.niveau], kijk.groep);
      this.lijstVan = kijk.niveau;
    }
    zet(this.groep, kijk.groep);
    this.groep.disabled = kijk.niveau === "nationaal";
    zet(this.toonkeuze, kijk.toon);
    zet(this.jaar, kijk.jaar);
    zet(this.tabelkeuze, kijk.tabel);
    for (const naam of [...WAAIERS, "maat"]) zet(this.controles[naam], kijk[naam]);
    this.tabbalk.hidden = this.kopieer.hidden = !kijk.vergelijk;
    this.tabs.forEach((knop, n) => knop.setAttribute("aria-pressed", String(KANTEN[n] === this.kant)));
    this.kopieer.textContent = this.kant === "a" ? "Neem alles over van B" : "Neem alles over van A";
    this.beelden.classList.toggle("vk-twee", kijk.vergelijk);
    this.werkKantBij(kanten[this.kant], zet);
    this.maakLegenda(kijk);
  }

  werkKantBij(kant, zet) {
    zet(this.scenario, kant.naam);
    zet(this.referentie, kant.referentie);
    for (const [naam, c] of this.maatregelen) {
      const stap = kant.stappen[naam];
      const al = kant.al.includes(naam);
      c.vink.checked = Boolean(stap);
      c.vink.disabled = al;
      c.al.textContent = al ? "geldt al in de referentie" : "";
      c.meer.hidden = !stap;
      if (!stap) continue;
      zet(c.vanaf, stap.vanaf);
      zet(c.kracht, Math.round(stap.sterkte * 100));
      c.uit.textContent = `${Math.round(stap.sterkte * 100)}%`;
      c.kracht.setAttribute("aria-valuetext", c.uit.textContent);
    }
    const wetten = this.opbouw.wetten.filter((w) => w.blok);
    for (const wet of wetten) {
      wet.aan = wet.maatregelen.filter((m) => kant.stappen[m.naam]).length;
      wet.telling.textContent = wet.aan ? `${wet.aan} aan` : "";
      if (wet.aan && !wet.geopend) wet.blok.open = wet.geopend = true;
    }
    // laws that are on stand first; nothing moves while someone is working in the list
    if (!this.wetlijst.contains(document.activeElement)) {
      const gezet = [...wetten.filter((w) => w.aan), ...wetten.filter((w) => !w.aan)].map((w) => w.blok);
      if (gezet.some((blok, n) => this.wetlijst.children[n] !== blok)) this.wetlijst.append(...gezet);
    }
    for (const [naam, c] of this.aannames) {
      const eigen = kant.aannames[naam];
      const waarde = eigen ? eigen.waarde : c.a.waarde;
      zet(c.kracht, waarde);
      c.kracht.setAttribute("aria-valuetext", alsTekst(waarde, c.a.eenheid));
      zet(c.getal, Number((waarde * maal(c.a.eenheid)).toPrecision(6)));
      const vast = kant.vast.includes(naam);
      c.kracht.disabled = c.getal.disabled = vast;
      c.terug.hidden = !eigen;
      const tekst = eigen?.buiten || (vast ? "een maatregel die aan staat verandert deze waarde" : "");
      c.buiten.hidden = !tekst;
      c.buiten.textContent = tekst;
      c.rij.classList.toggle("vk-verschoven", Boolean(eigen));
      c.rij.classList.toggle("vk-erbuiten", Boolean(eigen?.buiten));
    }
    for (const { telling, lijst } of this.domeinen) {
      const aantal = lijst.filter((a) => kant.aannames[a.naam]).length;
      telling.textContent = aantal ? `${aantal} verschoven` : "";
    }
  }

  maakLegenda(kijk) {
    const regel = (kleur, klasse, tekst) =>
      el("li", {}, el("span", { class: `vk-lijn ${klasse}`, style: `--kleur:${kleur}` }), tekst);
    const regels = kijk.vergelijk
      ? KANTEN.map((k) => regel(this.kleuren[k], "", `Scenario ${k.toUpperCase()}: ${this.stand.kanten[k].titel}`))
      : [regel(this.kleuren.a, "", kijk.toon === "verschil" ? "verschil met de referentie" : "met de maatregelen")];
    if (kijk.toon === "stand") regels.push(regel("#586c88", "vk-streep", "zonder de maatregelen"));
    regels.push(el("li", {}, el("span", { class: "vk-vlak" }), "band: negen van de tien uitkomsten"));
    this.legenda.replaceChildren(...regels);
  }

  async toon(beeld, banden) {
    const { kijk, gebied, trekkingen } = this.stand;
    this.laatste = { beeld, banden };
    const getoond = kijk.vergelijk ? KANTEN : ["a"];
    const lopend = [];
    for (const kant of KANTEN) {
      const zichtbaar = getoond.includes(kant);
      for (const [naam, grafiek] of Object.entries(this.grafieken[kant])) {
        grafiek.kader.hidden = !zichtbaar;
        if (!zichtbaar || naam === "stapel") continue;
        if (naam === "kaart") lopend.push(this.tekenKaart(kant, beeld.kaart));
        else lopend.push(this.tekenPaneel(kant, naam, beeld.panelen[naam], banden));
        this.zetTekst(kant, naam, beeld, banden);
      }
    }
    this.werkVakkenBij(beeld, gebied);
    if (beeld.tabel !== null) this.tabel.innerHTML = beeld.tabel;
    this.tabel.classList.toggle("vk-oud", beeld.tabel === null);
    this.stapels.classList.toggle("vk-oud", !banden);
    await Promise.all(lopend);
    this.zeg(banden
      ? `${gebied}: gemiddelde en band van ${trekkingen} trekkingen.`
      : `${gebied}: middelste trekking; de banden volgen …`);
    if (!banden || this.post.rust) this.wortel.dataset.stand = banden ? "banden" : "midden";
  }

  tekenPaneel(kant, naam, paneel, banden) {
    const grafiek = this.grafieken[kant][naam];
    grafiek.vak.hidden = Boolean(paneel.leeg);
    if (paneel.leeg) return null;
    if (!grafiek.breedte) grafiek.pas();
    if (naam === "euro") {
      const rijen = paneel.bedragen[kant].map(([jaar, betaler, volgorde, w]) => ({ jaar, betaler, volgorde, waarde: w / paneel.deler }));
      return grafiek.zet({ bedragen: rijen, grens: this.eurogrens(paneel), nul: [{ y: 0 }] });
    }
    const tijden = this.opbouw.halfjaren.map((h) => Number(h.slice(0, 4)) + (h.endsWith("-I") ? 0.25 : 0.75));
    const sleutel = `${kant} ${naam} ${this.stand.kijk[naam]} ${this.stand.kijk.groep} ${this.stand.kijk.toon}`;
    if (banden) this.vorige[`${kant} ${naam}`] = { sleutel, reeksen: paneel.reeksen[kant] };
    const oud = this.vorige[`${kant} ${naam}`];
    const rijen = (rol) => {
      const nu = paneel.reeksen[kant][rol];
      if (!nu) return [];
      const band = oud?.sleutel === sleutel ? oud.reeksen[rol] : nu;
      return tijden.map((tijd, n) => ({ tijd, midden: nu[0][n] / paneel.deler, laag: band[1][n] / paneel.deler, hoog: band[2][n] / paneel.deler }));
    };
    const verschil = this.stand.kijk.toon === "verschil";
    return grafiek.zet(
      { met: rijen(verschil ? "verschil" : "met"), zonder: verschil ? [] : rijen("zonder"), grens: this.grens(paneel), nul: verschil ? [{ y: 0 }] : [] },
      { dekking: banden ? HELDER : VAAG });
  }

  /** Both sides have one axis: the ends of all lines, and zero. */
  grens(paneel) {
    const alle = Object.values(paneel.reeksen).flatMap((rollen) => Object.values(rollen).flat(2));
    return [{ y: Math.min(0, ...alle) / paneel.deler }, { y: Math.max(0, ...alle) / paneel.deler }];
  }

  eurogrens(paneel) {
    let [laag, hoog] = [0, 0];
    for (const rijen of Object.values(paneel.bedragen)) {
      const som = {};
      for (const [jaar, , , w] of rijen) {
        som[jaar] ??= [0, 0];
        som[jaar][w < 0 ? 0 : 1] += w;
      }
      for (const [onder, boven] of Object.values(som)) [laag, hoog] = [Math.min(laag, onder), Math.max(hoog, boven)];
    }
    return [{ y: laag / paneel.deler }, { y: hoog / paneel.deler }];
  }

  tekenKaart(kant, kaart) {
    const h = this.opbouw.hexen;
    const { klasse, onzeker } = kaart.kanten[kant];
    const gemeente = this.stand.kijk.niveau === "gemeente";
    const grafiek = this.grafieken[kant].kaart;
    if (!grafiek.breedte) grafiek.pas();
    this.zegKaart(grafiek, kaart, gemeente ? h.code.indexOf(this.stand.kijk.groep) : -1, kaart.kanten[kant]);
    return grafiek.zet({ hex: h.code.map((code, n) => ({
      code, titel: h.titel[n], x: h.x[n], y: h.y[n], klasse: klasse[n], onzeker: onzeker[n],
      binnen: gemeente || kaart.binnen[n], kader: gemeente && kaart.binnen[n],
    })) });
  }

  werkVakkenBij(beeld, gebied) {
    for (const naam of [...WAAIERS, "euro"]) {
      const paneel = beeld.panelen[naam];
      this.kaarten[naam].eenheid.textContent = paneel.leeg || `${gebied}, ${paneel.eenheid}`;
      this.kaarten[naam].kopieer.disabled = Boolean(paneel.leeg);
    }
    const { kaart } = beeld;
    this.kaarten.kaart.eenheid.textContent = `Verschil met de referentie in ${this.stand.kijk.jaar}, ${kaart.eenheid}`;
    this.klassen.replaceChildren(...kaart.klassen.map((tekst, n) =>
      el("li", {}, el("span", { class: "vk-staal", style: `background:${this.opbouw.klassen[n]}` }), tekst)),
      el("li", {}, el("span", { class: "vk-stip" }), "richting onzeker"));
    const bedragen = Object.values(beeld.panelen.euro.bedragen).flat();
    for (const b of this.opbouw.betalers) b.regel.hidden = !bedragen.some(([, naam, , w]) => naam === b.naam && w !== 0);
  }

  /** Reading line above a chart, its description, and the text to take along. */
  zetTekst(kant, naam, beeld, banden) {
    const grafiek = this.grafieken[kant][naam];
    const kop = grafiek.kader.querySelector("h3");
    kop.textContent = this.stand.kijk.vergelijk ? `Scenario ${kant.toUpperCase()}` : "";
    kop.hidden = !this.stand.kijk.vergelijk;
    const paneel = naam === "kaart" ? null : beeld.panelen[naam];
    grafiek.lees.hidden = !paneel?.lees;
    if (!paneel?.lees) {
      if (naam === "kaart") this.zetOver(naam, kant, `${beeld.kaart.titel}, verschil in ${this.stand.kijk.jaar} (${beeld.kaart.eenheid})`);
      return;
    }
    const { met, verschil, onzeker } = paneel.lees[kant];
    const wie = naam === "euro" ? "gemeenten " : "";
    const wacht = banden ? "" : " (band volgt)";
    const sterk = el("strong", {}, met);
    grafiek.lees.replaceChildren(`${paneel.moment}: ${wie}`, sterk, `; verschil met de referentie: ${verschil}${onzeker ? `, ${onzeker}` : ""}${wacht}`);
    const titel = `${this.titelVan(naam)}, ${this.stand.gebied}`;
    const zin = `${titel}. ${grafiek.lees.textContent}.`;
    grafiek.vak.setAttribute("aria-label", zin);
    this.zetOver(naam, kant, zin);
  }

  titelVan(naam) {
    if (naam === "euro") return this.stand.kijk.toon === "verschil" ? "Verschil in euro's per betaler" : "Euro's per betaler";
    const lijst = this.controles[naam === "kaart" ? "maat" : naam];
    return lijst.selectedOptions[0]?.textContent ?? "";
  }

  zetOver(naam, kant, zin) {
    const vak = this.kaarten[naam].overnemen;
    const wie = this.stand.kijk.vergelijk ? `Scenario ${kant.toUpperCase()}: ` : "";
    const eigen = `${wie}${zin}\n${this.stand.bron[kant]}`;
    const tekst = kant === "a" ? eigen : `${vak.value}\n\n${eigen}`;
    if (vak.value !== tekst) vak.value = tekst;
  }

  toonStapel(kant, stapel) {
    this.stapels.classList.remove("vk-oud");
    const rijen = stapel.delen.map((d) => el("tr", {},
      el("th", { scope: "row" }, d.titel, el("span", { class: "vk-klein" }, d.alleen)),
      el("td", {}, el("span", { class: `vk-staaf ${d.deel < 0 ? "vk-min" : ""}`, style: `--deel:${Math.abs(d.deel) * 100}%` }), d.tekst)));
    const inhoud = stapel.melding ? [el("p", {}, stapel.melding)] : [
      el("table", {}, el("caption", {}, `Middelste trekking, per ${stapel.per}. Samen: ${stapel.samen}. Wisselwerking: ${stapel.wisselwerking}.`),
        el("tbody", {}, ...rijen))];
    this.grafieken[kant].stapel.kader.replaceChildren(...inhoud);
    this.wortel.dataset.stapel = "klaar";
  }

  /** Copy picture and text; else the text alone; else show the text, selected. */
  async kopieerFiguur(naam) {
    const vak = this.kaarten[naam].overnemen;
    const kanten = this.stand.kijk.vergelijk ? KANTEN : ["a"];
    this.zeg("De figuur wordt gekopieerd …");
    try {
      const beelden = await Promise.all(kanten.map((k) => this.grafieken[k][naam].view.toCanvas(2)));
      const kop = [this.titelVan(naam), this.kaarten[naam].eenheid.textContent].join(". ");
      const legenda = { euro: this.betalers, kaart: this.klassen }[naam] ?? this.legenda;
      await kopieerPlaat(plaatMetTekst(beelden, kop, tekens(legenda), vak.value), vak.value);
      this.zeg("De figuur met bronregel staat op het klembord.");
    } catch {
      vak.closest("details").open = true;
      if (await kopieerTekst(vak)) this.zeg("De tekst met bronregel staat op het klembord; deze browser kopieert hier geen beelden.");
      else this.zeg("Het klembord is hier niet te gebruiken. De tekst met bronregel staat klaar bij de figuur: druk op Ctrl+C (Mac: Cmd+C).", true);
    }
  }

  sluit() {
    this.model.off("msg:custom", this.luister);
    clearTimeout(this.post.wekker);
    this.sluitGrafieken();
  }

  sluitGrafieken() {
    for (const kant of Object.values(this.grafieken)) for (const g of Object.values(kant)) g.sluit?.();
    this.grafieken = {};
    this.vorige = {};
    this.lijstVan = "";
  }
}

function groepeer(lijst) {
  const groepen = new Map();
  for (const a of lijst) groepen.set(a.domein, [...(groepen.get(a.domein) ?? []), a]);
  return groepen;
}

function opKaart({ klassen, eenheid }, titel, klasse, onzeker) {
  return `${titel}: ${klassen[klasse]} (${eenheid}${onzeker ? "; richting onzeker" : ""})`;
}

function kopieerPlaat(plaat, tekst) {
  const png = new Promise((klaar) => plaat.toBlob(klaar, "image/png"));
  return navigator.clipboard.write([new ClipboardItem({ "image/png": png, "text/plain": new Blob([tekst], { type: "text/plain" }) })]);
}

/** Copy a text, and leave it selected; tells whether it is on the clipboard. */
async function kopieerTekst(vak) {
  vak.focus();
  vak.select();
  try {
    await navigator.clipboard.writeText(vak.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

/** What stands in a legend: sign, colour and text. */
function tekens(legenda) {
  return [...legenda.children].filter((li) => !li.hidden).map((li) => {
    const teken = li.firstElementChild;
    const stijl = getComputedStyle(teken);
    const lijn = teken.classList.contains("vk-lijn");
    return { klasse: teken.classList, kleur: lijn ? stijl.borderTopColor : stijl.backgroundColor, tekst: li.textContent };
  });
}

/** Charts beside each other, with heading, legend and text, on white. */
function plaatMetTekst(beelden, kop, legenda, tekst) {
  const plaat = document.createElement("canvas");
  const pen = plaat.getContext("2d");
  const letter = "22px Arial, sans-serif";
  const vet = "bold 22px Arial, sans-serif";
  const breed = Math.max(700, beelden.reduce((som, b) => som + b.width, 0) + 40);
  pen.font = vet;
  const koppen = breek(pen, kop, breed - 40);
  pen.font = letter;
  const rijen = verdeelTekens(pen, legenda, breed - 40);
  const regels = tekst.split("\n").flatMap((alinea) => breek(pen, alinea, breed - 40));
  plaat.width = breed;
  plaat.height = 30 * (koppen.length + rijen.length + regels.length) + Math.max(...beelden.map((b) => b.height)) + 90;
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, plaat.width, plaat.height);
  let y = 36;
  const schrijf = (lijst, stijl) => {
    pen.font = stijl;
    pen.fillStyle = "#001a40";
    for (const regel of lijst) {
      pen.fillText(regel, 20, y);
      y += 30;
    }
  };
  schrijf(koppen, vet);
  let x = 20;
  for (const b of beelden) {
    pen.drawImage(b, x, y - 10);
    x += b.width;
  }
  y += Math.max(...beelden.map((b) => b.height)) + 20;
  pen.font = letter;
  for (const rij of rijen) {
    for (const { teken, x: links } of rij) tekenTeken(pen, teken, links + 20, y);
    y += 30;
  }
  y += 10;
  schrijf(regels, letter);
  return plaat;
}

/** Rows of signs with their place from the left. */
function verdeelTekens(pen, legenda, breedte) {
  const rijen = [[]];
  let x = 0;
  for (const teken of legenda) {
    const lang = 48 + pen.measureText(teken.tekst).width;
    if (x > 0 && x + lang > breedte) {
      rijen.push([]);
      x = 0;
    }
    rijen.at(-1).push({ teken, x });
    x += lang + 28;
  }
  return rijen;
}

function tekenTeken(pen, { klasse, kleur, tekst }, x, y) {
  pen.fillStyle = pen.strokeStyle = kleur;
  if (klasse.contains("vk-lijn")) {
    pen.lineWidth = 5;
    pen.setLineDash(klasse.contains("vk-streep") ? [10, 6] : []);
    pen.beginPath();
    pen.moveTo(x, y - 8);
    pen.lineTo(x + 38, y - 8);
    pen.stroke();
    pen.setLineDash([]);
  } else if (klasse.contains("vk-stip")) {
    pen.beginPath();
    pen.arc(x + 19, y - 8, 6, 0, 2 * Math.PI);
    pen.fill();
  } else {
    pen.fillRect(x + 6, y - 20, 26, 22);
  }
  pen.fillStyle = "#001a40";
  pen.fillText(tekst, x + 48, y);
}

function breek(pen, alinea, breedte) {
  const regels = [""];
  for (const woord of alinea.split(" ")) {
    const langer = `${regels.at(-1)} ${woord}`.trim();
    if (pen.measureText(langer).width > breedte) regels.push(woord);
    else regels[regels.length - 1] = langer;
  }
  return regels;
}

function render({ model, el: wortel }) {
  const verkenner = new Verkenner(model, wortel);
  return () => verkenner.sluit();
}

export { Grafiek };
export default { render };
