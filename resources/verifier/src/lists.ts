/** The lists that verdicts rest on: those inlined when the page was published, and files that are dropped in. */
import { fromBase64 } from "./bytes";
import { listKey, type VerifyingKey } from "./cose";
import { Refused } from "./refused";
import { newest, readStatusList, type StatusList } from "./status";
import { readTrustList, type TrustList } from "./trust";
import type { Lists } from "./verdict";

/** As `talent-library publish` writes it: list keys in hexadecimal are base64 like the lists. */
export interface Published {
  readonly list_keys: readonly string[];
  readonly trust: string | null;
  readonly statuses: readonly string[];
}

export class Held implements Lists {
  trust: TrustList | undefined;
  statuses: ReadonlyMap<number, StatusList> = new Map();

  private constructor(private readonly keys: readonly VerifyingKey[]) {}

  /** Throws what a list that was tampered with throws: a page that rests on it must not open. */
  static async of(published: Published): Promise<Held> {
    const held = new Held(published.list_keys.map((key) => listKey(fromBase64(key))));
    if (published.trust) await held.add(fromBase64(published.trust));
    for (const status of published.statuses) await held.add(fromBase64(status));
    return held;
  }

  /** Nobody's signature vouches for the lists: the page pins no key, so whoever chose the files does. */
  get vouched(): boolean {
    return !this.keys.length;
  }

  /** A file of either kind. Throws Refused: then nothing is changed. */
  async add(data: Uint8Array): Promise<void> {
    if (this.isTrustList(data)) {
      const trust = await readTrustList(data, this.keys, this.trust);
      const kept = [...this.statuses.values()].filter((one) => one.issued >= (trust.statuses.get(one.number)?.issued ?? 0));
      [this.trust, this.statuses] = [trust, newest(kept)];
      return;
    }
    if (!this.trust) throw new Refused("status_without_trust");
    const status = await readStatusList(data, this.keys, this.trust);
    this.statuses = newest([...this.statuses.values(), status]);
  }

  private isTrustList(data: Uint8Array): boolean {
    return !new TextDecoder("latin1").decode(data.subarray(0, 64)).includes("skc1.status+cbor");
  }
}
