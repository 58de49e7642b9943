// From a Vega-Lite specification to SVG, without a browser, a canvas or a network.
"use strict";

(() => {
  const MEESTE_VORMEN = 200;
  const vormen = new Map();
  const nooit = new Promise(() => {});

  // -- Width of a text, as a browser would measure Arial ------------------------------------------

  const { gewoon, vet, eenheden } = LETTERMATEN;

  function tekenbreedte(letter, teken) {
    const breedte = letter.breedte[teken];
    if (breedte !== undefined) return breedte;
    if (/\p{M}/u.test(teken)) return 0; // an accent stands on the letter before it
    return letter.breedte[teken.normalize("NFD")[0]] ?? eenheden; // unknown: as wide as it is high
  }

  function tekstbreedte(letter, tekst) {
    let som = 0;
    let vorige = "";
    for (const teken of tekst) {
      som += tekenbreedte(letter, teken) + (letter.kerning[vorige + teken] ?? 0);
      vorige = teken;
    }
    return som / eenheden;
  }

  function isVet(gewicht) {
    return gewicht === "bold" || gewicht === "bolder" || Number(gewicht) > 500;
  }

  vega.textMetrics.width = (item, tekst) => {
    const regel = String(tekst ?? "").replace(/[ \t\r\n]+/g, " ").trim();
    const grootte = item.fontSize ?? 11;
    const breedte = grootte * tekstbreedte(isVet(item.fontWeight) ? vet : gewoon, regel);
    return item.limit > 0 ? Math.min(breedte, item.limit) : breedte;
  };

  // -- Compiled once per form of a chart; the data are put in for every drawing -------------------

  function vormVan(sleutel, aantal) {
    const gevonden = vormen.get(sleutel);
    if (gevonden) return gevonden;
    const spec = JSON.parse(sleutel);
    spec.datasets = {};
    for (let nummer = 0; nummer < aantal; nummer++) spec.datasets[naamVan(nummer)] = [];
    const vegaSpec = compileer(spec, { logger: logboek([]) }).spec;
    const lijsten = new Map();
    for (const bron of vegaSpec.data ?? []) {
      if (bron.name in spec.datasets) {
        bron.values = [];
        lijsten.set(bron.values, bron.name);
      }
    }
    const schema = vega.parse(vegaSpec);
    const plaatsen = new Map();
    for (const deel of schema.operators) {
      const naam = lijsten.get(deel.value?.$ingest);
      if (naam !== undefined) plaatsen.set(naam, deel.value);
    }
    if (plaatsen.size !== lijsten.size) throw new Error("gegevens hebben geen plaats in de figuur");
    const vorm = { schema, plaatsen };
    if (vormen.size >= MEESTE_VORMEN) vormen.delete(vormen.keys().next().value);
    vormen.set(sleutel, vorm);
    return vorm;
  }

  function naamVan(nummer) {
    return `gegevens_${nummer}`;
  }

  function schemaMetGegevens(spec) {
    const gegevens = spec.datasets ?? {};
    const namen = Object.keys(gegevens);
    let sleutel = JSON.stringify({ ...spec, datasets: undefined });
    namen.forEach((naam, nummer) => {
      const oud = `"name":${JSON.stringify(naam)}`;
      sleutel = sleutel.replaceAll(oud, `"name":"${naamVan(nummer)}"`);
    });
    const vorm = vormVan(sleutel, namen.length);
    namen.forEach((naam, nummer) => {
      const plaats = vorm.plaatsen.get(naamVan(nummer));
      if (plaats !== undefined) plaats.$ingest = gegevens[naam];
    });
    return vorm.schema;
  }

  // -- Drawing ------------------------------------------------------------------------------------

  function logboek(fouten) {
    const stil = () => boek;
    const boek = {
      level: () => 0,
      warn: stil,
      info: stil,
      debug: stil,
      error: (fout) => {
        fouten.push(fout);
        return boek;
      },
    };
    return boek;
  }

  function lader(fouten) {
    const weiger = (adres) => {
      fouten.push(new Error(`een figuur haalt niets van buiten: ${String(adres).slice(0, 100)}`));
      return nooit;
    };
    return { load: weiger, sanitize: weiger, http: weiger, file: weiger };
  }

  function teken(spec, locale) {
    const fouten = [];
    vega.formatLocale(locale.getal);
    vega.timeFormatLocale(locale.tijd);
    vega.resetSVGDefIds();
    const loader = lader(fouten);
    const view = new vega.View(schemaMetGegevens(spec), {
      renderer: "none",
      loader,
      logger: logboek(fouten),
    });
    try {
      view.run();
      const rand = view.padding();
      const [x, y] = view.origin();
      const breedte = Math.max(0, view._viewWidth + rand.left + rand.right);
      const hoogte = Math.max(0, view._viewHeight + rand.top + rand.bottom);
      const svg = new vega.SVGStringRenderer(loader)
        .initialize(null, breedte, hoogte, [rand.left + x, rand.top + y], 1)
        .background(view.background())
        .render(view.scenegraph().root)
        .svg();
      if (fouten.length) throw fouten[0];
      return svg;
    } finally {
      view.finalize();
    }
  }

  globalThis.beantwoord = (vraag) => {
    try {
      const { spec, locale } = JSON.parse(vraag);
      if (!(locale in LOCALES)) throw new Error(`onbekende taal '${locale}'`);
      return JSON.stringify({ svg: teken(spec, LOCALES[locale]) });
    } catch (fout) {
      return JSON.stringify({ fout: String(fout?.message ?? fout) });
    }
  };
})();
0;
