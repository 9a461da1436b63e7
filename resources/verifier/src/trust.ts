/** The trust list: which keys may sign certificates, and what their codes are called (docs/formats/trust-list.md). */
import { sha256 } from "@noble/hashes/sha2.js";

import { compare, hex, same } from "./bytes";
import { decode, type Value } from "./cbor";
import { isByOneOf, read1, type VerifyingKey, verifyingKey } from "./cose";
import { array, code, Fields, optional, raw, text, whole } from "./fields";
import { Malformed, require } from "./malformed";
import { Refused } from "./refused";
import { readChain } from "./root";

const CONTENT_TYPE = "application/vnd.skc1.trust+cbor";
const MAX_BYTES = 8 << 20;
const LONGEST_NAME = 128;
const ALLOWED_BYTES = 8;

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Times are seconds since 1970; undefined is open. */
export interface CentreKey {
  readonly key: VerifyingKey;
  readonly centre: Bilingual;
  readonly signFrom: number;
  readonly signTo: number | undefined;
  readonly trustTo: number | undefined;
  /** Not undefined: the key is compromised, and only these certificates of it are believed (`allowance`). */
  readonly allowed: ReadonlySet<string> | undefined;
}

export interface SchemeNames {
  readonly name: Bilingual;
  readonly levels: ReadonlyMap<number, Bilingual>;
}

export interface TrustList {
  readonly version: number;
  readonly issued: number;
  readonly expires: number;
  readonly previous: Uint8Array;
  readonly keys: readonly CentreKey[];
  readonly schemes: ReadonlyMap<string, SchemeNames>;
  /** By list number: when the status list beside it was issued, and its digest. Nothing older is read. */
  readonly statuses: ReadonlyMap<number, { issued: number; digest: Uint8Array }>;
  /** Which list keys are good, from version 1 on; empty: the association has no root keys. */
  readonly rootDocuments: readonly Uint8Array[];
  /** SHA-256 of the signed list. */
  readonly digest: Uint8Array;
}

/**
 * `listKeys`: those the reader accepts; none: whoever gives the file vouches for it. `seen`: the newest that the reader
 * has had, never to be gone back behind. Throws Refused.
 */
export async function readTrustList(data: Uint8Array, listKeys: readonly VerifyingKey[], seen?: TrustList): Promise<TrustList> {
  let trust: TrustList;
  try {
    const envelope = read1(data, MAX_BYTES);
    if (listKeys.length && !(await isByOneOf(envelope, listKeys, CONTENT_TYPE))) throw new Refused("trust_list_not_ours");
    trust = contents(envelope.payload, sha256(data));
  } catch (fault) {
    if (fault instanceof Malformed) throw new Refused("trust_list_malformed", { reason: fault.reason });
    throw fault;
  }
  if (seen) refuseGoingBack(trust, seen);
  return trust;
}

/** How an allow-list names a certificate. */
export function allowance(envelope: Uint8Array): string {
  return hex(sha256(envelope).slice(0, ALLOWED_BYTES));
}

/** The root documents in a trust list that nobody vouches for yet. Throws Refused. */
export function rootDocumentsIn(data: Uint8Array): readonly Uint8Array[] {
  try {
    return contents(read1(data, MAX_BYTES).payload, new Uint8Array()).rootDocuments;
  } catch (fault) {
    if (fault instanceof Malformed) throw new Refused("trust_list_malformed", { reason: fault.reason });
    throw fault;
  }
}

/** Newer root documents end what an older list key may have signed: whoever stole it may have counted far ahead. */
function refuseGoingBack(trust: TrustList, seen: TrustList): void {
  const versions = { version: trust.version, seen: seen.version };
  const [ours, theirs] = [seen.rootDocuments, trust.rootDocuments];
  if (ours.some((one, at) => theirs[at] !== undefined && !same(one, theirs[at]))) throw new Refused("trust_list_other_history", versions);
  if (ours.length > 0 && theirs.length > ours.length) return;
  if (theirs.length < ours.length || trust.version < seen.version) throw new Refused("trust_list_older", versions);
  const sameVersionOtherList = trust.version === seen.version && !same(trust.digest, seen.digest);
  const notItsSuccessor = trust.version === seen.version + 1 && !same(trust.previous, seen.digest);
  if (sameVersionOtherList || notItsSuccessor || trust.issued < seen.issued) {
    throw new Refused("trust_list_other_history", versions);
  }
}

function contents(payload: Uint8Array, digest: Uint8Array): TrustList {
  const fields = new Fields(decode(payload, MAX_BYTES, 5), "trust_list");
  require(whole(fields.take(1), "format") === 1, "bad_format");
  const version = whole(fields.take(2), "version");
  require(version > 0, "bad_version");
  const issued = whole(fields.take(3), "issued");
  const expires = whole(fields.take(4), "expires");
  require(expires > issued, "bad_expires");
  const previous = raw(fields.take(5), "previous", version === 1 ? 0 : 32);
  const keys = array(fields.take(6), "keys").map(readKey);
  require(keys.every((one, at) => at === 0 || compare(keys[at - 1]!.key.kid, one.key.kid) < 0), "bad_keys");
  const schemes = new Map<string, SchemeNames>();
  for (const [name, names] of new Fields(fields.take(7), "schemes").rest()) schemes.set(code(name, "scheme"), readScheme(names));
  const statuses = new Map<number, { issued: number; digest: Uint8Array }>();
  for (const [number, floor] of new Fields(fields.take(8), "statuses").rest()) {
    statuses.set(whole(number, "status", 2 ** 32), readFloor(floor));
  }
  const rootDocuments = optional(fields.take(10), readRoots, "root_documents") ?? [];
  fields.end();
  return { version, issued, expires, previous, keys, schemes, statuses, rootDocuments, digest };
}

function readRoots(value: Value, name: string): Uint8Array[] {
  const chain = array(value, name).map((one) => raw(one, name));
  readChain(chain);
  return chain;
}

function readKey(value: Value): CentreKey {
  const fields = new Fields(value, "key");
  const kid = raw(fields.take(1), "kid", 8);
  const alg = fields.take(2);
  require(typeof alg === "number", "bad_key");
  const key = verifyingKey(alg, raw(fields.take(3), "key"));
  require(same(key.kid, kid), "bad_kid");
  const one = {
    key,
    centre: { zh: text(fields.take(4), "centre", LONGEST_NAME), en: text(fields.take(5), "centre", LONGEST_NAME) },
    signFrom: whole(fields.take(6), "sign_from"),
    signTo: optional(fields.take(7), whole, "sign_to"),
    trustTo: optional(fields.take(8), whole, "trust_to"),
    allowed: optional(fields.take(9), readAllowed, "allowed"),
  };
  fields.end();
  return one;
}

function readAllowed(value: Value, field: string): ReadonlySet<string> {
  const data = raw(value, field);
  require(data.length % ALLOWED_BYTES === 0, `bad_${field}`);
  const names: string[] = [];
  for (let at = 0; at < data.length; at += ALLOWED_BYTES) names.push(hex(data.subarray(at, at + ALLOWED_BYTES)));
  require(names.every((name, at) => at === 0 || names[at - 1]! < name), `bad_${field}`);
  return new Set(names);
}

function readScheme(value: Value): SchemeNames {
  const fields = new Fields(value, "scheme");
  const name = { zh: text(fields.take(1), "scheme", LONGEST_NAME), en: text(fields.take(2), "scheme", LONGEST_NAME) };
  const levels = new Map<number, Bilingual>();
  for (const [level, names] of new Fields(fields.take(3), "level").rest()) {
    const [zh, en] = array(names, "level", 2);
    levels.set(whole(level, "level", 16), { zh: text(zh, "level", LONGEST_NAME), en: text(en, "level", LONGEST_NAME) });
  }
  fields.end();
  return { name, levels };
}

function readFloor(value: Value): { issued: number; digest: Uint8Array } {
  const [issued, digest] = array(value, "status", 2);
  return { issued: whole(issued, "status"), digest: raw(digest, "status", 32) };
}
