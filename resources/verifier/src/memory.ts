/** The newest lists that this browser has had, kept for the page: an older copy of it does not go back behind them. */
import { fromBase64, toBase64 } from "./bytes";
import type { Held } from "./lists";
import { Refused } from "./refused";

/** Adds what is remembered; what `held` has newer already, or would not take today, is left. */
export async function recall(held: Held): Promise<void> {
  for (const data of remembered(held)) {
    try {
      await held.add(fromBase64(data));
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
    }
  }
}

/** Nothing of whoever was verified: only lists, which everybody may have. */
export function remember(held: Held): void {
  if (!held.name) return;
  try {
    localStorage.setItem(held.name, JSON.stringify(held.sources.map(toBase64)));
  } catch {
    // no room, or not allowed: the page goes by the lists inside it
  }
}

function remembered(held: Held): string[] {
  try {
    const kept: unknown = JSON.parse((held.name && localStorage.getItem(held.name)) || "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(one)) : [];
  } catch {
    return [];
  }
}
