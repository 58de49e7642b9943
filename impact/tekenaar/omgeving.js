// What Vega expects of its surroundings and a bare V8 does not have.
"use strict";

globalThis.structuredClone = (waarde) => {
  if (Array.isArray(waarde)) return waarde.map(structuredClone);
  if (waarde instanceof Date) return new Date(waarde);
  if (waarde === null || typeof waarde !== "object") return waarde;
  return Object.fromEntries(
    Object.entries(waarde).map(([sleutel, deel]) => [sleutel, structuredClone(deel)]),
  );
};
