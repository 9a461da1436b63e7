/**
 * SM2 with SM3 (GB/T 32918.2 on the curve of GB/T 32918.5): no browser has it. @noble/curves multiplies points; ranges, Z
 * and the sum at infinity are held here.
 */
import { weierstrass } from "@noble/curves/abstract/weierstrass.js";

import { fromHex, joined } from "./bytes";
import { sm3 } from "./sm3";

const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Point = weierstrass(CURVE);
/** Whose signature Z says it is: GM/T 0009's default, for the kid tells whose it is. */
const USER = new TextEncoder().encode("1234567812345678");
/** What Z is the hash of, before the key's own x and y. */
const BEFORE_KEY = joined([0, 8 * USER.length], USER, ...[CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(bytes32));

/** True for a wrong length, a coordinate that is not reduced, or a point that is not on the curve. */
export function isWeakSm2Point(key: Uint8Array): boolean {
  if (key.length !== 64) return true;
  try {
    pointOf(key).assertValidity();
    return false;
  } catch {
    return true;
  }
}

/** `key`: no weak point. */
export function verifySm2(signature: Uint8Array, data: Uint8Array, key: Uint8Array): boolean {
  return verifySm2Digest(signature, sm3(joined(sm3(joined(BEFORE_KEY, key)), data)), key);
}

/** §7.1 from B1 on; `digest`: e, the hash of Z and of what is signed. */
export function verifySm2Digest(signature: Uint8Array, digest: Uint8Array, key: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const [r, s] = [bigEndian(signature.subarray(0, 32)), bigEndian(signature.subarray(32))];
  const t = (r + s) % CURVE.n;
  if (r === 0n || r >= CURVE.n || s === 0n || s >= CURVE.n || t === 0n) return false;
  const sum = Point.BASE.multiplyUnsafe(s).add(pointOf(key).multiplyUnsafe(t));
  // the library's x of the point at infinity is 0: whoever has the private key could make an r for it
  return !sum.is0() && (bigEndian(digest) + sum.x) % CURVE.n === r;
}

/** Throws for a coordinate that is not reduced. */
function pointOf(key: Uint8Array): InstanceType<typeof Point> {
  return Point.fromAffine({ x: bigEndian(key.subarray(0, 32)), y: bigEndian(key.subarray(32)) });
}

function bigEndian(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function bytes32(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, "0"));
}
