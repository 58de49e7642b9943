// What an analyst chooses: scenario, measures, assumptions, and saving it.

import { KANTEN, alsTekst, eenheidwoord, el, id, keuzelijst, maal, veld, vulLijst } from "./bouwstenen.js";

/** The column of controls; sends every change, and shows the choice that the kernel sends back. */
export class Keuzes {
  constructor(verkenner) {
    this.verkenner = verkenner;
    this.opbouw = verkenner.opbouw;
    this.post = verkenner.post;
    this.actief = null; // the slider that is being moved
    this.vak = this.bouw();
  }
  get kant() {
    return this.verkenner.kant;
  }

  bouw() {
    this.tabs = KANTEN.map((kant) => {
      const knop = el("button", { type: "button", "aria-pressed": "false", class: `vk-tab vk-${kant}`,
        onclick: () => { this.verkenner.kant = kant; this.verkenner.werkBij(true); } }, `Scenario ${kant.toUpperCase()}`);
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
    const kop = el("h2", {}, "Maatregelen");
    this.wetlijst = el("div", { class: "vk-wetten" }, ...wetten);
    return el("section", { "aria-label": "Maatregelen" }, kop, this.wetlijst,
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
    const kop = el("h2", {}, "Aannames");
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
    return el("section", { "aria-label": "Aannames" }, kop, veld("Zoek een aanname", zoek),
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
    const bewaar = () => this.verkenner.model.send({ soort: "bewaar", kant: this.kant, naam: this.naam.value,
      titel: this.titel.value, toelichting: this.toelichting.value, vervang: this.vervang.checked });
    const rapport = el("button", { type: "button", onclick: () => {
      this.rapportmelding.textContent = "Het rapport wordt gemaakt …";
      this.verkenner.model.send({ soort: "rapport", kant: this.kant });
    } }, "Maak het rapport");
    const stop = el("button", { type: "button", onclick: () => this.verkenner.model.send({ soort: "stop" }) }, "Stop");
    return el("details", { class: "vk-bewaren" }, el("summary", {}, "Bewaren en rapport"),
      veld("Naam van het bestand", this.naam), veld("Titel", this.titel), veld("Toelichting", this.toelichting),
      el("div", { class: "vk-vink" }, this.vervang, el("label", { for: this.vervang.id }, "Vervang het bestand")),
      el("div", { class: "vk-knoppen" }, el("button", { type: "button", class: "vk-hoofd", onclick: bewaar }, "Bewaar als scenario")),
      this.bewaarmelding,
      el("div", { class: "vk-knoppen" }, rapport, stop), this.balk, this.rapportmelding);
  }

  /** Put the choice into the controls. */
  werkBij({ kijk, kanten }, zet) {
    this.tabbalk.hidden = this.kopieer.hidden = !kijk.vergelijk;
    this.tabs.forEach((knop, n) => knop.setAttribute("aria-pressed", String(KANTEN[n] === this.kant)));
    this.kopieer.textContent = this.kant === "a" ? "Neem alles over van B" : "Neem alles over van A";
    this.werkKantBij(kanten[this.kant], zet);
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
}

function groepeer(lijst) {
  const groepen = new Map();
  for (const a of lijst) groepen.set(a.domein, [...(groepen.get(a.domein) ?? []), a]);
  return groepen;
}
