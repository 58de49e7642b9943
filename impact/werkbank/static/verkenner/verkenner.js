// The explorer in the browser: real inputs, and charts that follow them.

import { Beelden } from "./beelden.js";
import { el, id, keuzelijst, veld, vulLijst } from "./bouwstenen.js";
import { Keuzes } from "./keuzes.js";
import { Post } from "./post.js";

const TUSSENPOOS = 1000; // milliseconds between two questions whether files have changed

/** A notebook has keys of its own: "d d" removes a cell, Shift+Enter runs it. Not from in here. */
function houdToetsBinnen(gebeurtenis) {
  const { key, ctrlKey, metaKey, altKey } = gebeurtenis;
  if (key === "Enter" || !(ctrlKey || metaKey || altKey)) gebeurtenis.stopPropagation();
}

/** The explorer as a whole: its head, its two columns, and what the kernel says. */
class Verkenner {
  constructor(model, wortel) {
    this.model = model;
    this.wortel = wortel;
    this.kant = "a";
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

  /** Every kind of message has a method of its own. */
  async ontvang(bericht) {
    const bij = {
      opbouw: this.bijOpbouw, beeld: this.bijBeeld, stapel: this.bijStapel, veranderd: this.bijVeranderd,
      fout: this.bijFout, bewaard: this.bijBewaard, voortgang: this.bijVoortgang, rapport: this.bijRapport,
    }[bericht.soort];
    if (bij && (this.opbouw || bericht.soort === "opbouw")) await bij.call(this, bericht);
  }

  bijOpbouw({ opbouw, kleuren, stand, opnieuw }) {
    if (this.opbouw && !opnieuw) return;
    const werkplek = this.opbouw && this.onthoud();
    Object.assign(this, { opbouw, kleuren, stand });
    clearTimeout(this.post.wekker);
    this.post.bezig = 0; // what was being drawn is gone
    this.beelden?.sluit();
    this.bouw();
    this.wacht = this.beelden.tekenKaders();
    this.werkBij(opnieuw);
    if (werkplek) this.herstel(werkplek);
  }

  async bijBeeld({ beeld, banden, nr, stand }) {
    await this.wacht;
    if (banden && !this.post.rust) return; // overtaken by a newer move
    this.stand = stand;
    this.werkBij();
    await this.beelden.toon(beeld, banden);
    if (this.post.begin && (banden || nr)) {
      const maat = `verkenner:${banden ? "banden" : "midden"}`;
      performance.measure(maat, { start: this.post.begin, end: performance.now() });
      performance.clearMeasures(maat);
    }
    if (!banden) this.post.klaar(nr);
  }

  async bijStapel({ kant, stapel }) {
    await this.wacht;
    this.beelden.toonStapel(kant, stapel);
  }

  bijVeranderd() {
    this.meldVeranderd(true);
  }

  bijFout({ tekst, bij, nr, stand }) {
    this.stand = stand;
    this.werkBij(true);
    this.zeg(tekst, true);
    this.wortel.dataset.stand = "fout";
    if (bij === "bewaar") this.keuzes.bewaarmelding.textContent = tekst;
    if (bij === "rapport") this.keuzes.rapportmelding.textContent = tekst;
    this.post.klaar(nr);
  }

  bijBewaard({ naam, titel, tekst, stand }) {
    this.opbouw.scenarios = this.opbouw.scenarios.filter((s) => s.naam !== naam);
    this.opbouw.scenarios.push({ naam, titel, soort: "variant" });
    this.stand = stand;
    this.keuzes.vulScenarios();
    this.werkBij();
    this.keuzes.bewaarmelding.textContent = tekst;
    this.zeg(tekst);
  }

  bijVoortgang({ wat, klaar, alle }) {
    Object.assign(this.keuzes.balk, { hidden: false, max: alle, value: klaar });
    this.keuzes.rapportmelding.textContent = `${wat}: ${klaar} van ${alle}`;
  }

  bijRapport({ tekst }) {
    this.keuzes.balk.hidden = true;
    this.keuzes.rapportmelding.textContent = tekst;
  }

  bouw() {
    this.keuzes = new Keuzes(this);
    this.beelden = new Beelden(this);
    this.wortel.replaceChildren(
      this.bouwKop(),
      this.status,
      this.herlezen,
      el("div", { class: "vk-lijf" }, this.keuzes.vak, this.beelden.vak),
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
      vervang: this.keuzes.vervang.checked,
      hoogte: this.keuzes.vak.scrollTop,
    };
  }

  herstel({ kop, open, teksten, vervang, hoogte }) {
    for (const blok of this.wortel.querySelectorAll("details")) blok.open = open.get(kop(blok)) ?? blok.open;
    this.tekstvelden().forEach((invoer, n) => { invoer.value = teksten[n]; });
    const { zoek } = this.keuzes;
    if (zoek.value) zoek.dispatchEvent(new Event("input"));
    this.keuzes.vervang.checked = vervang;
    this.keuzes.vak.scrollTop = hoogte;
    this.status.focus({ preventScroll: true });
  }

  tekstvelden() {
    const { zoek, naam, titel, toelichting } = this.keuzes;
    return [zoek, naam, titel, toelichting];
  }

  bouwKop() {
    this.lijstVan = ""; // level of which the list of areas holds the names
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

  /** Put the choice into the controls; the one that is being moved is left alone. */
  werkBij(alles = false) {
    const { kijk } = this.stand;
    const zet = (invoer, waarde) => {
      if ((invoer !== this.keuzes.actief || alles) && invoer.value !== String(waarde)) invoer.value = waarde;
    };
    if (alles) this.keuzes.actief = null;
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
    this.keuzes.werkBij(this.stand, zet);
    this.beelden.werkBij(this.stand, zet);
  }

  sluit() {
    this.model.off("msg:custom", this.luister);
    clearTimeout(this.post.wekker);
    this.beelden?.sluit();
  }
}

function render({ model, el: wortel }) {
  const verkenner = new Verkenner(model, wortel);
  return () => verkenner.sluit();
}

export default { render };
