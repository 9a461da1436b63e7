/**
 * One signature, one spelling, in every browser: S is below L and R is compared as bytes. The browser's own Ed25519 where
 * it has one; @noble/ed25519 for the rest, and wherever there is no secure context.
 */
import { Point } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";

import { joined } from "./bytes";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
/** Of the eight points of small order; the last two are those of order 8. */
const SMALL_ORDER_Y = new Set([
  0n,
  1n,
  P - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7n,
]);

/** True for a wrong length, a y that is not reduced, or one of the eight points of small order. */
export function isWeakPoint(key: Uint8Array): boolean {
  if (key.length !== 32) return true;
  const y = littleEndian(key) & ((1n << 255n) - 1n);
  return y >= P || SMALL_ORDER_Y.has(y);
}

export async function verifyEd25519(signature: Uint8Array, data: Uint8Array, key: Uint8Array): Promise<boolean> {
  if (signature.length !== 64 || littleEndian(signature.subarray(32)) >= L) return false;
  return (await byBrowser(signature, data, key)) ?? byNoble(signature, data, key);
}

/** undefined: this browser has no Ed25519. */
async function byBrowser(signature: Uint8Array, data: Uint8Array, key: Uint8Array): Promise<boolean | undefined> {
  try {
    const imported = await crypto.subtle.importKey("raw", own(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, own(signature), own(data));
  } catch {
    return undefined;
  }
}

/** RFC 8032 §5.1.7 without the cofactor: R is what S B - k A is written as. */
export function byNoble(signature: Uint8Array, data: Uint8Array, key: Uint8Array): boolean {
  try {
    const hashed = sha512(joined(signature.subarray(0, 32), key, data));
    const [s, k] = [littleEndian(signature.subarray(32)), littleEndian(hashed) % L];
    const found = times(Point.BASE, s).add(times(Point.fromBytes(key), k).negate());
    return found.toBytes().every((byte, at) => byte === signature[at]);
  } catch {
    return false; // not a point
  }
}

function times(point: Point, factor: bigint): Point {
  return factor === 0n ? Point.ZERO : point.multiply(factor, false);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** A view of a larger buffer, as a buffer of its own. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}
