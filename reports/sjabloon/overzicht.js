(() => {
  "use strict";
  const GEEN = "geen blad bij dit scenario";
  const MEESTE = 12;
  const ZEKER = "0123456";
  const ONZEKER = "abcdefg";
  const los = (id) => document.getElementById(id);
  const { gemeenten, scenarios } = JSON.parse(los("gegevens").textContent);
  const kaart = los("kaart");
  const cellen = [...kaart.querySelectorAll(".cel")];
  const ring = los("ring");
  const kiesScenario = los("scenario");
  const kiesLaag = los("grootheid");
  const zoek = los("zoek");
  const lijsten = [...document.querySelectorAll("details.lijst")];

  const scenario = () => scenarios[kiesScenario ? Number(kiesScenario.value) : 0];
  const laag = () => scenario().lagen[Number(kiesLaag.value)];
  const heeft = (nummer) => scenario().bladen[nummer] === "1";
  const bestand = (nummer, soort) =>
    `${scenario().map}/gemeenten/${gemeenten[nummer][0]}.${soort}`;

  function klasse(teken) {
    const nummer = Math.max(ZEKER.indexOf(teken), ONZEKER.indexOf(teken));
    return nummer < 0 ? "" : `${laag().verschil ? "v" : "n"}${nummer}`;
  }

  function woorden(teken) {
    const nummer = Math.max(ZEKER.indexOf(teken), ONZEKER.indexOf(teken));
    if (nummer < 0) return "minder dan 10 personen";
    return laag().klassen[nummer] + (ONZEKER.includes(teken) ? ", richting onzeker" : "");
  }

  function naam(nummer) {
    const cijfer = laag() ? `: ${woorden(laag().codes[nummer])}` : "";
    return gemeenten[nummer][1] + cijfer + (heeft(nummer) ? "" : `, ${GEEN}`);
  }

  function maak(soort, tekst, kenmerken = {}) {
    const deel = document.createElement(soort);
    deel.textContent = tekst;
    Object.entries(kenmerken).forEach(([sleutel, waarde]) => deel.setAttribute(sleutel, waarde));
    return deel;
  }

  function kleur() {
    cellen.forEach((cel, nummer) => {
      const teken = laag() ? laag().codes[nummer] : "";
      const stip = teken && ONZEKER.includes(teken) ? " stip" : "";
      cel.setAttribute("class", `cel ${teken && klasse(teken)}${stip}`);
      cel.querySelector("title").textContent = naam(nummer);
      if (heeft(nummer)) {
        cel.setAttribute("href", bestand(nummer, "html"));
        cel.removeAttribute("role");
      } else {
        cel.removeAttribute("href");
        cel.setAttribute("role", "img");
      }
    });
  }

  function regel(teken, tekst, aantal) {
    const li = maak("li", "");
    li.append(maak("span", "", { class: `staal ${klasse(teken)}`, "aria-hidden": "true" }));
    li.append(`${tekst}: ${aantal} ${aantal === 1 ? "gemeente" : "gemeenten"}`);
    return li;
  }

  function legenda() {
    const tel = (teken) => laag().codes.split(teken).length - 1;
    los("legenda").replaceChildren();
    los("kaartnaam").textContent = laag() ? laag().titel : los("kaartnaam").dataset.leeg;
    los("kaartuitleg").textContent = laag() ? laag().uitleg : "";
    los("kaartscenario").textContent = scenario().titel;
    if (!laag()) return;
    laag().klassen.forEach((tekst, nummer) => {
      los("legenda").append(regel(ZEKER[nummer], tekst, tel(ZEKER[nummer]) + tel(ONZEKER[nummer])));
    });
    if (tel("k")) los("legenda").append(regel("k", woorden("k"), tel("k")));
  }

  function vulLagen() {
    const eerder = kiesLaag.selectedOptions[0]?.textContent;
    const titels = scenario().lagen.map((l) => l.titel);
    kiesLaag.replaceChildren(...titels.map((titel, nummer) => maak("option", titel, { value: nummer })));
    kiesLaag.value = Math.max(0, titels.indexOf(eerder));
    kiesLaag.disabled = titels.length === 0;
  }

  function toon() {
    kleur();
    legenda();
    lijsten.forEach((lijst, nummer) => {
      lijst.hidden = scenarios[nummer] !== scenario();
      lijst.open = !lijst.hidden;
    });
    vind();
  }

  const kaal = (tekst) =>
    tekst.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

  function treffers() {
    const gezocht = kaal(zoek.value);
    if (!gezocht) return [];
    const alle = gemeenten.map((gemeente, nummer) => [nummer, kaal(gemeente[1]), kaal(gemeente[0])]);
    const gelijk = alle.filter(([, titel, code]) => titel === gezocht || code === gezocht);
    if (gelijk.length) return gelijk.map(([nummer]) => nummer);
    const begin = alle.filter(([, titel, code]) => titel.startsWith(gezocht) || code.startsWith(gezocht));
    const verder = alle.filter((deel) => !begin.includes(deel) && deel[1].includes(gezocht));
    return [...begin, ...verder].map(([nummer]) => nummer);
  }

  function treffer(nummer) {
    const [code, titel, provincie] = gemeenten[nummer];
    const li = maak("li", "");
    if (!heeft(nummer)) {
      li.append(`${titel} (${code}), ${provincie}: ${GEEN}`);
      return li;
    }
    li.append(maak("a", `${titel} (${code})`, { href: bestand(nummer, "html") }), `, ${provincie}`);
    if (scenario().werkboeken[nummer] === "1") {
      const kenmerken = { href: bestand(nummer, "xlsx"), class: "extra", "aria-label": `werkboek (xlsx) van ${titel}` };
      li.append(maak("a", "werkboek (xlsx)", kenmerken));
    }
    return li;
  }

  function vind() {
    const gevonden = treffers();
    const aantal = gevonden.length;
    los("gevonden").replaceChildren(...gevonden.slice(0, MEESTE).map(treffer));
    cellen.forEach((cel, nummer) => cel.classList.toggle("raak", gevonden.includes(nummer)));
    ring.classList.remove("aan");
    if (aantal === 1) wijs(gevonden[0]);
    const begin = aantal > MEESTE ? ` Hier staan de eerste ${MEESTE}.` : "";
    const wat = aantal === 1 ? "gemeente" : "gemeenten";
    los("melding").textContent = kaal(zoek.value) ? `${aantal || "Geen"} ${wat} gevonden.${begin}` : "";
  }

  function open(gebeurtenis) {
    gebeurtenis.preventDefault();
    const links = los("gevonden").querySelectorAll("a:not(.extra)");
    const gevonden = treffers();
    if (gevonden.length === 1 && links.length === 1) location.assign(links[0].href);
    else if (gevonden.length === 1) los("melding").textContent = `${gemeenten[gevonden[0]][1]}: ${GEEN}.`;
    else if (gevonden.length) {
      los("melding").textContent = `${gevonden.length} gemeenten gevonden. Kies er een, of typ meer.`;
      links[0]?.focus();
    }
  }

  function wijs(nummer) {
    const vorm = cellen[nummer].querySelector("use");
    ring.setAttribute("transform", `translate(${vorm.getAttribute("x")} ${vorm.getAttribute("y")})`);
    ring.classList.add("aan");
    los("celnaam").textContent = `${naam(nummer)} (${gemeenten[nummer][2]})`;
  }

  function naar(nummer) {
    cellen.forEach((cel) => cel.setAttribute("tabindex", "-1"));
    cellen[nummer].setAttribute("tabindex", "0");
    cellen[nummer].focus();
  }

  const plek = (cel) => ["x", "y"].map((as) => Number(cel.querySelector("use").getAttribute(as)));

  function buur(nummer, dx, dy) {
    const [x, y] = plek(cellen[nummer]);
    const afstand = (cel) => {
      const [u, v] = plek(cel).map((waarde, as) => waarde - [x, y][as]);
      const langs = u * dx + v * dy;
      return langs > 1 ? langs + 2 * Math.abs(u * dy + v * dx) : Infinity;
    };
    const beste = cellen.reduce((een, ander) => (afstand(ander) < afstand(een) ? ander : een));
    return afstand(beste) < Infinity ? cellen.indexOf(beste) : nummer;
  }

  const PIJLEN = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function toets(gebeurtenis) {
    const nummer = cellen.indexOf(document.activeElement);
    const pijl = PIJLEN[gebeurtenis.key];
    if (nummer < 0 || !pijl) return;
    gebeurtenis.preventDefault();
    naar(buur(nummer, ...pijl));
  }

  const celVan = (gebeurtenis) => cellen.indexOf(gebeurtenis.target.closest(".cel"));
  kaart.addEventListener("keydown", toets);
  ["focusin", "mouseover"].forEach((soort) =>
    kaart.addEventListener(soort, (gebeurtenis) => {
      if (celVan(gebeurtenis) >= 0) wijs(celVan(gebeurtenis));
    }));
  kaart.addEventListener("focusout", () => ring.classList.remove("aan"));
  kiesScenario?.addEventListener("change", () => { vulLagen(); toon(); });
  kiesLaag.addEventListener("change", toon);
  zoek.addEventListener("input", vind);
  los("zoekvak").addEventListener("submit", open);
  zoek.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key === "ArrowDown") {
      gebeurtenis.preventDefault();
      los("gevonden").querySelector("a")?.focus();
    }
  });
  document.querySelectorAll(".metscript").forEach((deel) => { deel.hidden = false; });
  cellen.forEach((cel, nummer) => cel.setAttribute("tabindex", nummer ? "-1" : "0"));
  kaart.classList.add("bediend");
  vulLagen();
  toon();
})();
