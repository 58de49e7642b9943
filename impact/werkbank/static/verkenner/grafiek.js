// Vega views that stay and are sent changed data.

import { el } from "./bouwstenen.js";

let vegaBelofte = null;
/** Load Vega once per page, from the kernel and never from the network. */
export function laadVega(model) {
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
export class Grafiek {
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
