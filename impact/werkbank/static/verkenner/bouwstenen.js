// Elements of a page, and numbers as an analyst reads them.

export const KANTEN = ["a", "b"];
export const WAAIERS = ["stroom", "voorraad", "werk"];

let volgnummer = 0;
export const id = () => `vk-${++volgnummer}`;
const nl = new Intl.NumberFormat("nl-NL", { maximumSignificantDigits: 4 });

/** Make an element; properties that begin with "on" are listeners. */
export function el(naam, eigenschappen = {}, ...kinderen) {
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

export function keuzelijst(opties, gekozen, bij) {
  const lijst = el("select", { onchange: () => bij(lijst.value) });
  vulLijst(lijst, opties, gekozen);
  return lijst;
}

export function vulLijst(lijst, opties, gekozen) {
  lijst.replaceChildren(...opties.map((o) => el("option", { value: o.naam }, o.titel)));
  lijst.value = gekozen;
}

export function veld(tekst, invoer, klasse = "") {
  invoer.id = invoer.id || id();
  return el("div", { class: `vk-veld ${klasse}` }, el("label", { for: invoer.id }, tekst), invoer);
}

/** A share is shown as a percentage. */
export const maal = (eenheid) => (eenheid.startsWith("aandeel") ? 100 : 1);
export const eenheidwoord = (eenheid) => eenheid.replace(/^aandeel/, "%").replace(/^factor$/, "");
export function alsTekst(waarde, eenheid) {
  return `${nl.format(waarde * maal(eenheid))} ${eenheidwoord(eenheid)}`.trim();
}
