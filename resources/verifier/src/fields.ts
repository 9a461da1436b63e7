/** What one field of a signed map may be. Each throws Malformed `bad_<field>` for anything else. */
import { type CborMap, isMap, type Value } from "./cbor";
import { Malformed, require } from "./malformed";

/** Seconds since 1970 are below this (the year 10680). */
const LATEST = 2 ** 38;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const CODE = /^[A-Za-z0-9._-]{1,32}$/;

export function whole(value: Value | undefined, field: string, below = LATEST): number {
  require(typeof value === "number" && value >= 0 && value < below, `bad_${field}`);
  return value;
}

/** One line, NFC, 1 to `longest` characters, and nothing that hides or turns what is read. */
export function text(value: Value | undefined, field: string, longest = 64): string {
  require(typeof value === "string" && value !== "", `bad_${field}`);
  require(Array.from(value).length <= longest && value.normalize("NFC") === value && !HIDDEN.test(value), `bad_${field}`);
  return value;
}

export function code(value: Value | undefined, field: string): string {
  require(typeof value === "string" && CODE.test(value) && !value.endsWith("\n"), `bad_${field}`);
  return value;
}

export function raw(value: Value | undefined, field: string, length?: number): Uint8Array {
  require(value instanceof Uint8Array && (length === undefined || value.length === length), `bad_${field}`);
  return value;
}

export function array(value: Value | undefined, field: string, length?: number): Value[] {
  require(Array.isArray(value) && (length === undefined || value.length === length), `bad_${field}`);
  return value;
}

export function optional<T>(value: Value | undefined, read: (value: Value, field: string) => T, field: string): T | undefined {
  return value === undefined ? undefined : read(value, field);
}

/** A map whose fields are taken out one by one; what is left at the end nobody knows. */
export class Fields {
  private readonly left: CborMap;

  /** In it nothing is null: what is not there is left out, so that it has one spelling. */
  constructor(value: Value | undefined, name: string) {
    require(isMap(value) && !Array.from(value.values()).includes(null), `bad_${name}`);
    this.left = new Map(value);
  }

  take(key: number): Value | undefined {
    const value = this.left.get(key);
    this.left.delete(key);
    return value;
  }

  rest(): CborMap {
    return this.left;
  }

  end(): void {
    if (this.left.size) throw new Malformed("bad_unknown_field");
  }
}
