/** Status lists: two bits a certificate, what became of it since it was signed. */
import { sha256 } from "@noble/hashes/sha2.js";
import { Inflate } from "pako";

import { same } from "./bytes";
import { decode, type Value } from "./cbor";
import { STATUS_LIST_LENGTH } from "./claims";
import { isByOneOf, read1, type VerifyingKey } from "./cose";
import { Fields, raw, text, whole } from "./fields";
import { Malformed, require } from "./malformed";
import { Refused } from "./refused";
import type { TrustList } from "./trust";

const CONTENT_TYPE = "application/vnd.skc1.status+cbor";
const MAX_BYTES = 1 << 16;
const BITS_BYTES = STATUS_LIST_LENGTH / 4;

export type State = "VALID" | "REVOKED" | "SUSPENDED" | "REPLACED";
const STATES: readonly State[] = ["VALID", "REVOKED", "SUSPENDED", "REPLACED"];

/** Times are seconds since 1970; `expires`: when the next list is due. */
export interface StatusList {
  readonly number: number;
  readonly issued: number;
  readonly expires: number;
  /** The first certificate in the highest bits of the first byte. */
  readonly bits: Uint8Array;
  /** Index -> number of the new certificate, for some of those replaced. */
  readonly replacedBy: ReadonlyMap<number, string>;
  readonly digest: Uint8Array;
}

export function stateOf(list: StatusList, index: number): State {
  return STATES[(list.bits[index >> 2]! >> (6 - 2 * (index & 3))) & 3]!;
}

/**
 * `listKeys`: none where somebody vouches for the trust list; then only the list that it names is read. Throws Refused.
 */
export async function readStatusList(data: Uint8Array, listKeys: readonly VerifyingKey[], trust: TrustList): Promise<StatusList> {
  let list: StatusList;
  try {
    const envelope = read1(data, MAX_BYTES);
    if (listKeys.length && !(await isByOneOf(envelope, listKeys, CONTENT_TYPE))) throw new Refused("status_list_not_ours");
    list = contents(envelope.payload, sha256(data));
  } catch (fault) {
    if (fault instanceof Malformed) throw new Refused("status_list_malformed", { reason: fault.reason });
    throw fault;
  }
  const floor = trust.statuses.get(list.number);
  if (!listKeys.length && !(floor && same(floor.digest, list.digest))) throw new Refused("status_list_not_ours");
  return notOlder(list, trust);
}

/** `list`, unless the trust list was made beside a later one. Throws Refused. */
export function notOlder(list: StatusList, trust: TrustList): StatusList {
  const floor = trust.statuses.get(list.number);
  const named = floor !== undefined && same(floor.digest, list.digest);
  if (floor && (list.issued < floor.issued || (list.issued === floor.issued && !named))) {
    throw new Refused("status_list_older", { list: list.number });
  }
  return list;
}

/** By number; of two with one number the newer. */
export function newest(lists: readonly StatusList[]): Map<number, StatusList> {
  return new Map([...lists].sort((one, other) => one.issued - other.issued).map((one) => [one.number, one]));
}

function contents(payload: Uint8Array, digest: Uint8Array): StatusList {
  const fields = new Fields(decode(payload, MAX_BYTES, 2), "status_list");
  require(whole(fields.take(1), "format") === 1, "bad_format");
  const number = whole(fields.take(2), "list", 2 ** 32);
  const issued = whole(fields.take(3), "issued");
  const expires = whole(fields.take(4), "expires");
  const bits = inflated(fields.take(5));
  require(expires > issued, "bad_expires");
  const replacedBy = readReplacedBy(fields.take(6));
  fields.end();
  return { number, issued, expires, bits, replacedBy, digest };
}

export function readReplacedBy(value: Value | undefined): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [index, by] of new Fields(value ?? new Map(), "replaced_by").rest()) {
    found.set(whole(index, "index", STATUS_LIST_LENGTH), text(by, "replaced_by"));
  }
  return found;
}

/** Never more than the bits that a list has, whatever was put in. */
function inflated(value: Value | undefined): Uint8Array {
  const data = raw(value, "bits");
  const bits = new Uint8Array(BITS_BYTES);
  let length = 0;
  const inflate = new Inflate({ chunkSize: BITS_BYTES + 1 });
  inflate.onData = (chunk: Uint8Array) => {
    length += chunk.length;
    require(length <= BITS_BYTES, "bad_bits");
    bits.set(chunk, length - chunk.length);
  };
  inflate.push(data, true);
  const { strm, ended, err } = inflate as unknown as { strm: { avail_in: number }; ended: boolean; err: number };
  require(err === 0 && ended && strm.avail_in === 0 && length === BITS_BYTES, "bad_bits");
  return bits;
}
