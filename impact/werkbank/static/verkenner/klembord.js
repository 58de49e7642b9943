// A figure with its heading, legend and text on the clipboard.

export function kopieerPlaat(plaat, tekst) {
  const png = new Promise((klaar) => plaat.toBlob(klaar, "image/png"));
  return navigator.clipboard.write([new ClipboardItem({ "image/png": png, "text/plain": new Blob([tekst], { type: "text/plain" }) })]);
}

/** Copy a text, and leave it selected; tells whether it is on the clipboard. */
export async function kopieerTekst(vak) {
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
export function tekens(legenda) {
  return [...legenda.children].filter((li) => !li.hidden).map((li) => {
    const teken = li.firstElementChild;
    const stijl = getComputedStyle(teken);
    const lijn = teken.classList.contains("vk-lijn");
    return { klasse: teken.classList, kleur: lijn ? stijl.borderTopColor : stijl.backgroundColor, tekst: li.textContent };
  });
}

/** Charts beside each other, with heading, legend and text, on white. */
export function plaatMetTekst(beelden, kop, legenda, tekst) {
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
