/** The lists that verdicts rest on: those inlined when the page was published, and files that are dropped in. */
import { fromBase64, hex, same } from "./bytes";
import { listKey, type VerifyingKey } from "./cose";
import { CONTENT_TYPE as DELTA, readDelta } from "./delta";
import { Refused } from "./refused";
import { listKeysOf, readRoot, type RootDocument } from "./root";
import { newest, notOlder, readStatusList, type State, stateOf, type StatusList } from "./status";
import { readTrustList, rootDocumentsIn, type TrustList } from "./trust";
import type { Lists } from "./verdict";

/** As `talent-library publish` writes it, each in base64. `root`: the newest root document, null where there is none. */
export interface Published {
  readonly list_keys: readonly string[];
  readonly root: string | null;
  readonly trust: string | null;
  readonly statuses: readonly string[];
  /** Where the page's server finds certificates by number and name; null: it has none. */
  readonly lookup?: string | null;
}

export class Held implements Lists {
  trust: TrustList | undefined;
  statuses: ReadonlyMap<number, StatusList> = new Map();
  private trustData: Uint8Array | undefined;
  /** By list number: the list as it came, and the deltas since. */
  private statusData = new Map<number, Uint8Array[]>();

  /** `keys`: whose lists are believed; where the page pins root keys, those that they name. */
  private constructor(
    private keys: readonly VerifyingKey[],
    private readonly root: RootDocument | undefined,
  ) {}

  /** Throws what a list that was tampered with throws: a page that rests on it must not open. */
  static async of(published: Published): Promise<Held> {
    const keys = published.list_keys.map((key) => listKey(fromBase64(key)));
    const held = new Held(keys, published.root ? readRoot(fromBase64(published.root)) : undefined);
    if (published.trust) await held.add(fromBase64(published.trust));
    for (const status of published.statuses) await held.add(fromBase64(status));
    return held;
  }

  /** Nobody's signature vouches for the lists: the page pins no key, so whoever chose the files does. */
  get vouched(): boolean {
    return !this.keys.length;
  }

  /** Under which its lists are remembered: whose they are; empty where nobody's signature vouches for them. */
  get name(): string {
    const key = this.root?.rootKeys[0] ?? this.keys[0];
    return key ? `skc1-lists-${hex(key.kid)}` : "";
  }

  /** All that was taken, in an order in which it is taken again. */
  get sources(): Uint8Array[] {
    return [...(this.trustData ? [this.trustData] : []), ...[...this.statusData.values()].flat()];
  }

  /** undefined: this list is not here. */
  stateOf(list: number, index: number): State | undefined {
    const found = this.statuses.get(list);
    return found && stateOf(found, index);
  }

  /** A file of either kind. Throws Refused: then nothing is changed. */
  async add(data: Uint8Array): Promise<void> {
    if (!says(data, "skc1.status+cbor") && !says(data, DELTA)) return this.addTrust(data);
    if (!this.trust) throw new Refused("status_without_trust");
    const delta = says(data, DELTA);
    const status = delta
      ? notOlder(await readDelta(data, this.keys, this.statuses.values()), this.trust)
      : await readStatusList(data, this.keys, this.trust);
    this.statuses = newest([...this.statuses.values(), status]);
    if (this.statuses.get(status.number) === status) {
      this.statusData.set(status.number, [...(delta ? this.statusData.get(status.number)! : []), data]);
    }
  }

  private async addTrust(data: Uint8Array): Promise<void> {
    const keys = await this.keysBehind(data);
    const trust = await readTrustList(data, keys, this.trust);
    const changed = keys !== this.keys && !(keys.length === this.keys.length && keys.every((key, at) => same(key.kid, this.keys[at]!.kid)));
    // what another list key signed counts no more
    const kept = [...this.statuses.values()].filter((one) => !changed && one.issued >= (trust.statuses.get(one.number)?.issued ?? 0));
    [this.keys, this.trust, this.trustData, this.statuses] = [keys, trust, data, newest(kept)];
    for (const number of this.statusData.keys()) if (!this.statuses.has(number)) this.statusData.delete(number);
  }

  /** Whose signature this trust list needs: its root documents say, or, where it has none, what the page pins. */
  private async keysBehind(data: Uint8Array): Promise<readonly VerifyingKey[]> {
    const chain = rootDocumentsIn(data);
    if (!chain.length || !this.root) return this.keys;
    const keys = await listKeysOf(chain, this.root.rootKeys, this.root.threshold);
    if (!keys) throw new Refused("root_not_ours");
    return keys;
  }
}

/** Whether the head of the envelope names this content; what is read then checks it. */
function says(data: Uint8Array, content: string): boolean {
  return new TextDecoder("latin1").decode(data.subarray(0, 64)).includes(content);
}
