// What the choices do: charts over time, euros, map, stacking and table.

import { KANTEN, WAAIERS, el, keuzelijst, veld } from "./bouwstenen.js";
import { Grafiek, laadVega } from "./grafiek.js";
import { kopieerPlaat, kopieerTekst, plaatMetTekst, tekens } from "./klembord.js";

const KOPPEN = {
  stroom: "Stromen",
  voorraad: "Voorraden",
  werk: "Werk (fte)",
  euro: "Euro's per betaler",
  kaart: "Kaart",
};
const WIJS = "Klik op een gemeente, of kies met de pijltjes.";
const VAAG = 0.07; // bands of the choice before this one
const HELDER = 0.2;
const KAARTBREEDTE = 460;

/** The column of charts; each side has views of its own, which stay and are sent new data. */
export class Beelden {
  constructor(verkenner) {
    this.verkenner = verkenner;
    this.opbouw = verkenner.opbouw;
    this.kleuren = verkenner.kleuren;
    this.post = verkenner.post;
    this.grafieken = {};
    this.vorige = {};
    this.laatste = null;
    this.controles = {};
    this.vak = this.bouw();
  }
  get stand() {
    return this.verkenner.stand;
  }

  bouw() {
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
    return el("div", { class: "vk-beelden" },
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
  }

  async tekenKaders() {
    const embed = await laadVega(this.verkenner.model);
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

  /** Put the choice into the lists above the charts. */
  werkBij({ kijk }, zet) {
    zet(this.tabelkeuze, kijk.tabel);
    for (const [naam, lijst] of Object.entries(this.controles)) zet(lijst, kijk[naam]);
    this.vak.classList.toggle("vk-twee", kijk.vergelijk);
    this.maakLegenda(kijk);
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
    this.verkenner.zeg(banden
      ? `${gebied}: gemiddelde en band van ${trekkingen} trekkingen.`
      : `${gebied}: middelste trekking; de banden volgen …`);
    if (!banden || this.post.rust) this.verkenner.wortel.dataset.stand = banden ? "banden" : "midden";
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
    this.verkenner.wortel.dataset.stapel = "klaar";
  }

  /** Copy picture and text; else the text alone; else show the text, selected. */
  async kopieerFiguur(naam) {
    const vak = this.kaarten[naam].overnemen;
    const kanten = this.stand.kijk.vergelijk ? KANTEN : ["a"];
    this.verkenner.zeg("De figuur wordt gekopieerd …");
    try {
      const beelden = await Promise.all(kanten.map((k) => this.grafieken[k][naam].view.toCanvas(2)));
      const kop = [this.titelVan(naam), this.kaarten[naam].eenheid.textContent].join(". ");
      const legenda = { euro: this.betalers, kaart: this.klassen }[naam] ?? this.legenda;
      await kopieerPlaat(plaatMetTekst(beelden, kop, tekens(legenda), vak.value), vak.value);
      this.verkenner.zeg("De figuur met bronregel staat op het klembord.");
    } catch {
      vak.closest("details").open = true;
      if (await kopieerTekst(vak)) this.verkenner.zeg("De tekst met bronregel staat op het klembord; deze browser kopieert hier geen beelden.");
      else this.verkenner.zeg("Het klembord is hier niet te gebruiken. De tekst met bronregel staat klaar bij de figuur: druk op Ctrl+C (Mac: Cmd+C).", true);
    }
  }

  sluit() {
    for (const kant of Object.values(this.grafieken)) for (const g of Object.values(kant)) g.sluit?.();
  }
}

function opKaart({ klassen, eenheid }, titel, klasse, onzeker) {
  return `${titel}: ${klassen[klasse]} (${eenheid}${onzeker ? "; richting onzeker" : ""})`;
}
