// Redraw the charts of this page with the library that is packed in it, as far as they come into
// view. Under the mouse stands the row of the table below the chart: the same words and figures.
"use strict";

(async () => {
  if (!("DecompressionStream" in window)) return;

  async function pakUit() {
    const tekst = document.getElementById("levend-pakket").textContent.trim();
    const bytes = Uint8Array.from(atob(tekst), (teken) => teken.charCodeAt(0));
    const stroom = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stroom).text());
  }

  // -- The row of a table that belongs to a mark ------------------------------------------------

  const kaal = (tekst) => String(tekst).replace(/[\s|]+/g, " ").trim().toLowerCase();

  function tekstVan(cel) {
    const delen = [...cel.childNodes].map((k) => k.textContent.trim()).filter(Boolean);
    const band = cel.querySelector(".band")?.textContent.trim();
    return delen.map((deel) => (deel === band ? `(${deel})` : deel)).join(", ").replace(", (", " (");
  }

  function regelsVan(tabel) {
    const koppen = [...tabel.tHead.rows].at(-1).cells;
    const regels = new Map();
    for (const rij of tabel.tBodies[0].rows) {
      const [naam, ...cellen] = rij.cells;
      const sleutel = kaal(naam.firstChild?.textContent ?? "");
      const inhoud = cellen.map((cel, n) => [koppen[n + 1]?.textContent, tekstVan(cel)]);
      const regel = { naam: naam.firstChild?.textContent, cellen: inhoud };
      regels.set(sleutel, regels.has(sleutel) ? null : regel); // two rows with one name: neither
    }
    return regels;
  }

  function zoek(regels, waarde) {
    const sleutel = kaal(Array.isArray(waarde) ? waarde.join(" ") : waarde);
    if (!sleutel.endsWith("…")) return regels.get(sleutel);
    const begin = sleutel.slice(0, -1).trim();
    const passend = [...regels.keys()].filter((naam) => naam.startsWith(begin));
    return passend.length === 1 ? regels.get(passend[0]) : undefined;
  }

  const halfjaar = (tijd) => `${Math.floor(tijd)}-${tijd % 1 < 0.5 ? "I" : "II"}`;

  function sleutelVan(punt, veld) {
    const waarde = punt?.[veld];
    return veld === "tijd" && typeof waarde === "number" ? halfjaar(waarde) : waarde;
  }

  /** The point of a line or an area that is nearest to the mouse; else what the mark is made of. */
  function puntVan(item, muis, view) {
    if (!["line", "area"].includes(item.mark.marktype)) return item.datum;
    let x = muis.x - view.padding().left - view.origin()[0];
    for (let groep = item.mark.group; groep; groep = groep.mark?.group) x -= groep.x ?? 0;
    const afstand = (deel) => Math.abs(deel.x - x);
    return item.mark.items.reduce((een, ander) => (afstand(ander) < afstand(een) ? ander : een)).datum;
  }

  // -- What stands under the mouse --------------------------------------------------------------

  const aanwijzing = document.createElement("div");
  aanwijzing.className = "aanwijzing";
  aanwijzing.setAttribute("aria-hidden", "true"); // the table says the same
  aanwijzing.hidden = true;

  function toon(regel, event) {
    const regelVan = ([kop, tekst]) => Object.assign(document.createElement("span"), {
      textContent: `${kop}: ${tekst}`,
    });
    const naam = Object.assign(document.createElement("strong"), { textContent: regel.naam });
    aanwijzing.replaceChildren(naam, ...regel.cellen.filter(([, t]) => t).map(regelVan));
    aanwijzing.hidden = false;
    const { width, height } = aanwijzing.getBoundingClientRect();
    const links = Math.min(event.clientX + 14, innerWidth - width - 8);
    const boven = event.clientY + 18 + height > innerHeight ? event.clientY - height - 12 : event.clientY + 18;
    aanwijzing.style.left = `${Math.max(8, links)}px`;
    aanwijzing.style.top = `${Math.max(8, boven)}px`;
  }

  const verberg = () => { aanwijzing.hidden = true; };

  // -- One chart --------------------------------------------------------------------------------

  async function teken(figuur, spec, locale) {
    const beeld = figuur.querySelector(".beeld");
    const vak = document.createElement("div");
    vak.setAttribute("aria-hidden", "true"); // the static chart is what a screen reader reads
    const keuze = { mode: "vega", ast: true, renderer: "svg", actions: false, hover: false,
      tooltip: false, defaultStyle: false, logLevel: 1, formatLocale: locale.getal, timeFormatLocale: locale.tijd };
    const { view } = await globalThis.impactVega(vak, spec, keuze);
    const svg = vak.querySelector("svg");
    vak.className = "levend";
    beeld.append(vak);
    const veld = spec.usermeta?.regel;
    const tabel = figuur.querySelector("details table");
    if (!veld || !tabel) return;
    const regels = regelsVan(tabel);
    view.addEventListener("mousemove", (event, item) => {
      const muis = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const regel = item?.mark && item.datum ? zoek(regels, sleutelVan(puntVan(item, muis, view), veld)) : null;
      if (regel) toon(regel, event);
      else verberg();
    });
    vak.addEventListener("mouseleave", verberg);
  }

  const { vega, locale, figuren } = await pakUit();
  const script = document.createElement("script");
  script.textContent = vega;
  document.head.append(script);
  if (!globalThis.impactVega) return;
  document.body.append(aanwijzing);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") verberg(); });
  document.addEventListener("scroll", verberg, { capture: true, passive: true });
  const wachter = new IntersectionObserver((komend) => {
    for (const { isIntersecting, target } of komend) {
      if (!isIntersecting) continue;
      wachter.unobserve(target);
      teken(target, figuren[target.id], locale).then(() => { target.dataset.levend = "ja"; });
    }
  }, { rootMargin: "600px" });
  for (const id of Object.keys(figuren)) {
    const figuur = document.getElementById(id);
    if (figuur) wachter.observe(figuur);
  }
  for (const uitleg of document.querySelectorAll(".levenduitleg")) uitleg.hidden = false;
})();
