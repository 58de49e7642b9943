// Messages to the kernel.

const GEDULD = 20000; // milliseconds before a kernel that says nothing is called silent

/** Sends what was moved: one message at a time, and only the newest position of each control. */
export class Post {
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
