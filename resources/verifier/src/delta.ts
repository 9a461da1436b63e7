/** Status deltas: from one status list to a later one (docs/formats/trust-list.md, Delta). */
import { decode, type Value } from "./cbor";
import { STATUS_LIST_LENGTH } from "./claims";
import { isByOneOf, read1, type VerifyingKey } from "./cose";
import { fromDigits } from "./digits";
import { Fields, optional, raw, whole } from "./fields";
import { Malformed, require } from "./malformed";
import { Refused } from "./refused";
import { readReplacedBy, type StatusList } from "./status";
import { same } from "./bytes";

export const CONTENT_TYPE = "application/vnd.skc1.delta+cbor";
const MAX_BYTES = 2200;
const CHANGE_BYTES = 3;
const REVOKED = 1;
/** Of a delta in a QR. */
export const MARK = "SKD1:";

/** The delta that a QR with the mark says. Throws Refused. */
export function deltaFrom(text: string): Uint8Array {
  try {
    return fromDigits(text.slice(MARK.length).trim());
  } catch (fault) {
    if (fault instanceof Malformed) throw new Refused("status_list_malformed", { reason: fault.reason });
    throw fault;
  }
}

/** The list that the delta leads to from one of `known`. `listKeys`: none: nobody can vouch for a delta. Throws Refused. */
export async function readDelta(data: Uint8Array, listKeys: readonly VerifyingKey[], known: Iterable<StatusList>): Promise<StatusList> {
  try {
    const envelope = read1(data, MAX_BYTES);
    if (!(await isByOneOf(envelope, listKeys, CONTENT_TYPE))) throw new Refused("status_list_not_ours");
    return contents(envelope.payload, known);
  } catch (fault) {
    if (fault instanceof Malformed) throw new Refused("status_list_malformed", { reason: fault.reason });
    throw fault;
  }
}

function contents(payload: Uint8Array, known: Iterable<StatusList>): StatusList {
  const fields = new Fields(decode(payload, MAX_BYTES, 2), "delta");
  require(whole(fields.take(1), "format") === 1, "bad_format");
  const number = whole(fields.take(2), "list", 2 ** 32);
  const issued = whole(fields.take(3), "issued");
  const expires = whole(fields.take(4), "expires");
  require(expires > issued, "bad_expires");
  const [from, digest] = [raw(fields.take(5), "base", 32), raw(fields.take(6), "result", 32)];
  const states = optional(fields.take(7), readStates, "changes") ?? new Map<number, number>();
  const replacedBy = readReplacedBy(fields.take(8));
  fields.end();
  const base = [...known].find((one) => one.number === number && same(one.digest, from));
  if (!base) throw new Refused("delta_of_other_list", { list: number });
  return { number, issued, expires, bits: changed(base, states), replacedBy: new Map([...base.replacedBy, ...replacedBy]), digest };
}

function readStates(value: Value, name: string): ReadonlyMap<number, number> {
  const data = raw(value, name);
  require(data.length > 0 && data.length % CHANGE_BYTES === 0, `bad_${name}`);
  const states = new Map<number, number>();
  let last = -1;
  for (let at = 0; at < data.length; at += CHANGE_BYTES) {
    const change = data[at]! * 65536 + data[at + 1]! * 256 + data[at + 2]!;
    const index = change >> 2;
    require(index > last && index < STATUS_LIST_LENGTH, `bad_${name}`);
    states.set(index, change & 3);
    last = index;
  }
  return states;
}

/** Revocation is for ever. */
function changed(base: StatusList, states: ReadonlyMap<number, number>): Uint8Array {
  const bits = base.bits.slice();
  for (const [index, state] of states) {
    const shift = 6 - 2 * (index & 3);
    const before = (bits[index >> 2]! >> shift) & 3;
    if (before === REVOKED && state !== REVOKED) throw new Refused("revoked_for_ever", { list: base.number });
    bits[index >> 2] = (bits[index >> 2]! & ~(3 << shift)) | (state << shift);
  }
  return bits;
}
