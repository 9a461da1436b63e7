/**
 * Deterministic CBOR (RFC 8949 §4.2.1), read and never written: one value has one spelling, and no other is taken.
 * No floats, tags, `undefined` or other simple values (docs/formats/certificate-qr.md, CBOR).
 */
import { compare, hex } from "./bytes";
import { Malformed, require } from "./malformed";

export type Value = null | boolean | number | bigint | string | Uint8Array | Value[] | CborMap;
export type CborMap = Map<Key, Value>;
/** A key of bytes is the text `h'…'`: none of our maps has one, and an unknown key is refused by whoever reads it. */
export type Key = number | bigint | string;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value of `data`; Malformed for anything else. `depth` counts nested arrays and maps. */
export function decode(data: Uint8Array, maxBytes: number, depth: number): Value {
  require(data.length <= maxBytes, "too_large");
  const reader = new Reader(data);
  const value = reader.value(depth);
  require(reader.at === data.length, "not_deterministic");
  return value;
}

export function isMap(value: Value | undefined): value is CborMap {
  return value instanceof Map;
}

class Reader {
  at = 0;

  constructor(private readonly data: Uint8Array) {}

  value(depth: number): Value {
    const head = this.byte();
    const major = head >> 5;
    if (major === 7) return simple(head);
    const number = this.number(head & 31);
    switch (major) {
      case 0:
        return number;
      case 1:
        return typeof number === "number" && number < Number.MAX_SAFE_INTEGER ? -1 - number : -1n - BigInt(number);
      case 2:
        return this.bytes(number);
      case 3:
        return text(this.bytes(number));
      case 4:
        return this.array(number, depth);
      case 5:
        return this.map(number, depth);
      default:
        throw new Malformed("not_well_formed"); // a tag
    }
  }

  private array(length: number | bigint, depth: number): Value[] {
    require(depth > 0, "not_well_formed");
    const found: Value[] = [];
    for (let left = this.fits(length); left > 0; left--) found.push(this.value(depth - 1));
    return found;
  }

  private map(length: number | bigint, depth: number): CborMap {
    require(depth > 0, "not_well_formed");
    const found: CborMap = new Map();
    let before: Uint8Array | undefined;
    for (let left = this.fits(length); left > 0; left--) {
      const from = this.at;
      const key = this.value(0);
      const spelled = this.data.subarray(from, this.at);
      require(before === undefined || compare(before, spelled) < 0, "not_deterministic");
      before = spelled;
      found.set(keyOf(key), this.value(depth - 1));
    }
    return found;
  }

  private number(info: number): number | bigint {
    if (info < 24) return info;
    require(info < 28, "not_well_formed"); // 28-30 mean nothing, 31 is an indefinite length
    const width = 1 << (info - 24);
    const bytes = this.bytes(width);
    let value = 0n;
    for (const byte of bytes) value = (value << 8n) | BigInt(byte);
    require(value >= (width === 1 ? 24n : 1n << BigInt(4 * width)), "not_deterministic");
    return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }

  private bytes(length: number | bigint): Uint8Array {
    const count = this.fits(length);
    this.at += count;
    return this.data.subarray(this.at - count, this.at);
  }

  /** A length that what is left can have: an item is a byte at least. */
  private fits(length: number | bigint): number {
    require(length <= this.data.length - this.at, "not_well_formed");
    return Number(length);
  }

  private byte(): number {
    const byte = this.data[this.at++];
    require(byte !== undefined, "not_well_formed");
    return byte;
  }
}

function simple(head: number): null | boolean {
  require(head >= 0xf4 && head <= 0xf6, "not_well_formed");
  return head === 0xf6 ? null : head === 0xf5;
}

function text(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Malformed("not_well_formed");
  }
}

function keyOf(value: Value): Key {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") return value;
  require(value instanceof Uint8Array, "type_refused");
  return `h'${hex(value)}'`;
}
