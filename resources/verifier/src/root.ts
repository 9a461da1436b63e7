/** Root documents: which list keys are good, signed by offline root keys (docs/formats/trust-list.md). */
import { sha256 } from "@noble/hashes/sha2.js";

import { compare, joined, same } from "./bytes";
import { decode, isMap, type Value } from "./cbor";
import { asByteString, verifiesBytes, type VerifyingKey, verifyingKey } from "./cose";
import { array, Fields, raw, whole } from "./fields";
import { Malformed, require } from "./malformed";

const CONTENT_TYPE = "application/vnd.skc1.root+cbor";
const MAX_BYTES = 4096;
export const LONGEST_CHAIN = 64;
/** {3: CONTENT_TYPE}. */
const BODY = joined([0xa1, 3, 0x78, CONTENT_TYPE.length], new TextEncoder().encode(CONTENT_TYPE));

export interface RootDocument {
  readonly version: number;
  /** SHA-256 of the envelope before; empty in version 1. */
  readonly previous: Uint8Array;
  readonly rootKeys: readonly VerifyingKey[];
  readonly threshold: number;
  readonly listKeys: readonly VerifyingKey[];
  readonly digest: Uint8Array;
}

interface Signed {
  readonly document: RootDocument;
  readonly payload: Uint8Array;
  readonly signatures: readonly Signature[];
}

interface Signature {
  readonly head: Uint8Array;
  readonly alg: number;
  readonly kid: Uint8Array;
  readonly signature: Uint8Array;
}

/** What it says; nothing of who signed it. Throws Malformed. */
export function readRoot(data: Uint8Array): RootDocument {
  return read(data).document;
}

/**
 * The list keys of the last document, along the chain from the first one that enough of the root keys have signed;
 * undefined where they have signed none, or a document after it is not signed by enough. Throws Malformed: no chain.
 */
export async function listKeysOf(chain: readonly Uint8Array[], rootKeys: readonly VerifyingKey[], threshold: number): Promise<readonly VerifyingKey[] | undefined> {
  const documents = readChain(chain);
  let at = 0;
  while (at < documents.length && !(await isSignedBy(documents[at]!, rootKeys, threshold))) at += 1;
  if (at === documents.length) return undefined;
  let [keys, enough] = [rootKeys, threshold];
  for (const one of documents.slice(at)) {
    const own = one.document;
    if (!(await isSignedBy(one, keys, enough)) || !(await isSignedBy(one, own.rootKeys, own.threshold))) return undefined;
    [keys, enough] = [own.rootKeys, own.threshold];
  }
  return documents[documents.length - 1]!.document.listKeys;
}

/** Each names the one before it. Throws Malformed. */
export function readChain(chain: readonly Uint8Array[]): Signed[] {
  require(chain.length > 0 && chain.length <= LONGEST_CHAIN, "bad_root_documents");
  const documents = chain.map(read);
  documents.forEach(({ document }, at) => {
    const before = documents[at - 1]?.document.digest ?? new Uint8Array();
    require(document.version === at + 1 && same(document.previous, before), "bad_root_documents");
  });
  return documents;
}

/** Whether at least `threshold` of `keys` have; keys that are not among them count for nothing. */
async function isSignedBy({ payload, signatures }: Signed, keys: readonly VerifyingKey[], threshold: number): Promise<boolean> {
  let good = 0;
  for (const { head, alg, kid, signature } of signatures) {
    const key = keys.find((one) => same(one.kid, kid));
    if (key && key.alg === alg && (await verifiesBytes(signature, signedBytes(head, payload), key))) good += 1;
  }
  return threshold > 0 && good >= threshold;
}

/** Sig_structure ["Signature", body, head, external data (none), payload] of RFC 9052 §4.4. */
function signedBytes(head: Uint8Array, payload: Uint8Array): Uint8Array {
  const name = new TextEncoder().encode("Signature");
  return joined([0x85, 0x60 + name.length], name, asByteString(BODY), asByteString(head), [0x40], asByteString(payload));
}

function read(data: Uint8Array): Signed {
  require(data.length <= MAX_BYTES, "too_large");
  require(data[0] === 0xd8 && data[1] === 0x62, "not_cose_sign");
  const [body, unprotected, payload, signatures] = array(decode(data.subarray(2), MAX_BYTES, 4), "root_document", 4);
  require(body instanceof Uint8Array && same(body, BODY) && isEmpty(unprotected), "bad_protected_header");
  require(payload instanceof Uint8Array, "bad_root_document");
  const read = array(signatures, "root_document").map(readSignature);
  require(read.every((one, at) => at === 0 || compare(read[at - 1]!.kid, one.kid) < 0), "bad_signatures");
  return { document: contents(payload, sha256(data)), payload, signatures: read };
}

function readSignature(value: Value): Signature {
  const [head, unprotected, signature] = array(value, "signatures", 3);
  require(head instanceof Uint8Array && isEmpty(unprotected), "bad_signatures");
  const fields = new Fields(decode(head, 64, 1), "signatures");
  const [alg, kid] = [fields.take(1), raw(fields.take(4), "kid", 8)];
  require(typeof alg === "number" && !fields.rest().size, "bad_signatures");
  return { head, alg, kid, signature: raw(signature, "signature", 64) };
}

function isEmpty(value: Value | undefined): boolean {
  return isMap(value) && !value.size;
}

function contents(payload: Uint8Array, digest: Uint8Array): RootDocument {
  const fields = new Fields(decode(payload, MAX_BYTES, 3), "root_document");
  require(whole(fields.take(1), "format") === 1, "bad_format");
  const version = whole(fields.take(2), "version");
  whole(fields.take(3), "issued");
  require(version > 0, "bad_version");
  const previous = raw(fields.take(5), "previous", version === 1 ? 0 : 32);
  const rootKeys = keys(fields.take(6), "root_keys", 16);
  const threshold = whole(fields.take(7), "threshold", rootKeys.length + 1);
  require(threshold > 0, "bad_threshold");
  const listKeys = keys(fields.take(8), "list_keys", 8);
  fields.end();
  return { version, previous, rootKeys, threshold, listKeys, digest };
}

function keys(value: Value | undefined, name: string, most: number): VerifyingKey[] {
  const rows = array(value, name);
  require(rows.length > 0 && rows.length <= most, `bad_${name}`);
  const read = rows.map((row) => {
    const [alg, key] = array(row, name, 2);
    if (typeof alg !== "number" || !(key instanceof Uint8Array)) throw new Malformed(`bad_${name}`);
    return verifyingKey(alg, key);
  });
  require(read.every((one, at) => at === 0 || compare(read[at - 1]!.kid, one.kid) < 0), `bad_${name}`);
  return read;
}
