/**
 * COSE_Sign1 (RFC 9052, tag 18): the envelope of certificates and lists. The algorithm belongs to the key; what the
 * envelope says must agree with it.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { joined, same } from "./bytes";
import { decode, isMap } from "./cbor";
import { isWeakPoint, verifyEd25519 } from "./ed25519";
import { Malformed, require } from "./malformed";
import { isWeakSm2Point, verifySm2 } from "./sm2";

export const ED25519 = -19;
/** With SM3. Of the numbers for private use: COSE has registered none for SM2, nor one for its curve. */
export const SM2 = -65537;
/** The older name of the same signature (RFC 9053). */
const EDDSA = -8;
const KID_BYTES = 8;
const MAX_HEADER_BYTES = 256;

/** As read. Nothing in it is to be believed before its signature is checked. */
export interface Envelope {
  readonly protected: Uint8Array;
  readonly alg: number;
  readonly kid: Uint8Array;
  readonly contentType: string | undefined;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** A public key and the one algorithm it may be used with. */
export interface VerifyingKey {
  readonly alg: number;
  readonly public: Uint8Array;
  readonly kid: Uint8Array;
}

/** Throws Malformed `weak_key`. */
export function verifyingKey(alg: number, key: Uint8Array): VerifyingKey {
  require(alg === ED25519 ? !isWeakPoint(key) : alg === SM2 && !isWeakSm2Point(key), "weak_key");
  const thumbprint = sha256(alg === SM2 ? sm2CoseKey(key) : ed25519CoseKey(key));
  return { alg, public: key, kid: thumbprint.slice(0, KID_BYTES) };
}

/** A key that is but its bytes: 32 are Ed25519's, 64 SM2's. */
export function listKey(key: Uint8Array): VerifyingKey {
  return verifyingKey(key.length === 64 ? SM2 : ED25519, key);
}

/** What the COSE Key Thumbprint (RFC 9679) hashes: {kty: OKP, crv: Ed25519, x}. */
function ed25519CoseKey(key: Uint8Array): Uint8Array {
  return joined([0xa3, 1, 1, 0x20, 6, 0x21, 0x58, 0x20], key);
}

/** {kty: EC2, crv: SM2's, x, y}. */
function sm2CoseKey(key: Uint8Array): Uint8Array {
  const beforeX = [0xa4, 1, 2, 0x20, 0x3a, 0, 1, 0, 0, 0x21, 0x58, 0x20];
  return joined(beforeX, key.subarray(0, 32), [0x22, 0x58, 0x20], key.subarray(32));
}

/** Throws Malformed for any bytes that a writer of ours would not write (but -8 is taken for -19). */
export function read1(data: Uint8Array, maxBytes: number): Envelope {
  require(data.length <= maxBytes, "too_large");
  require(data[0] === 0xd2 && data[1] === 0x84, "not_cose_sign1");
  const [head, afterHead] = byteString(data, 2);
  require(data[afterHead] === 0xa0, "unprotected_header");
  const [payload, afterPayload] = byteString(data, afterHead + 1);
  const [signature, end] = byteString(data, afterPayload);
  require(end === data.length, "trailing_bytes");
  require(signature.length === 64, "signature_length");
  return { protected: head, ...header(head), payload, signature };
}

/** Only the algorithm and the signature. */
export async function verifies(envelope: Envelope, key: VerifyingKey): Promise<boolean> {
  const alg = envelope.alg === EDDSA ? ED25519 : envelope.alg;
  return alg === key.alg && verifiesBytes(envelope.signature, signedBytes(envelope.protected, envelope.payload), key);
}

/** Whether `key` signed just these bytes, by its own algorithm. */
export async function verifiesBytes(signature: Uint8Array, data: Uint8Array, key: VerifyingKey): Promise<boolean> {
  const check = key.alg === SM2 ? verifySm2 : verifyEd25519;
  return check(signature, data, key.public);
}

/** Whether one of `keys` is named and signed it, as what `contentType` says. */
export async function isByOneOf(envelope: Envelope, keys: readonly VerifyingKey[], contentType: string): Promise<boolean> {
  const key = keys.find((one) => same(one.kid, envelope.kid));
  return key !== undefined && envelope.contentType === contentType && verifies(envelope, key);
}

/** Sig_structure ["Signature1", protected, external data (none), payload] of RFC 9052 §4.4. */
export function signedBytes(head: Uint8Array, payload: Uint8Array): Uint8Array {
  const name = new TextEncoder().encode("Signature1");
  return joined([0x84, 0x60 + name.length], name, asByteString(head), [0x40], asByteString(payload));
}

function header(head: Uint8Array): Pick<Envelope, "alg" | "kid" | "contentType"> {
  const fields = decode(head, MAX_HEADER_BYTES, 1);
  require(isMap(fields), "protected_header");
  const [alg, kid, contentType] = [1, 4, 3].map((key) => fields.get(key));
  for (const key of fields.keys()) require(key === 1 || key === 3 || key === 4, "unknown_header"); // crit included
  require(alg === EDDSA || alg === ED25519 || alg === SM2, "unknown_algorithm");
  require(kid instanceof Uint8Array && kid.length === KID_BYTES, "protected_header");
  require(contentType === undefined || typeof contentType === "string", "protected_header");
  return { alg, kid, contentType };
}

/** The byte string at `at`, its head the shortest, and where the next item begins. */
function byteString(data: Uint8Array, at: number): [Uint8Array, number] {
  const head = data[at++] ?? 0;
  let length = head - 0x40;
  if (head >= 0x58 && head <= 0x5a) {
    const width = 1 << (head - 0x58);
    length = data.subarray(at, at + width).reduce((sum, byte) => sum * 256 + byte, 0);
    require(length >= [24, 1 << 8, 1 << 16][head - 0x58]!, "not_deterministic");
    at += width;
  } else if (length < 0 || length >= 24) {
    throw new Malformed("byte_string_expected");
  }
  require(at + length <= data.length, "cut_short");
  return [data.subarray(at, at + length), at + length];
}

export function asByteString(data: Uint8Array): Uint8Array {
  const length = data.length;
  if (length < 24) return joined([0x40 + length], data);
  if (length < 1 << 8) return joined([0x58, length], data);
  if (length < 1 << 16) return joined([0x59, length >> 8, length & 255], data);
  return joined([0x5a, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255], data);
}
