/** What a certificate's signature covers: the claims map of SKC1. Times are seconds since 1970. */
import { decode, type Value } from "./cbor";
import { array, code, Fields, optional, raw, text, whole } from "./fields";
import { require } from "./malformed";

const MAX_CLAIMS_BYTES = 3072;
export const STATUS_LIST_LENGTH = 1 << 17;
const QUALITIES = 7;
const HIGHEST_MARK = 200;
const NO_MARK = 255;
const CERTIFICATE = -70100;

export interface Claims {
  readonly issued: number;
  /** undefined: for life. */
  readonly expires: number | undefined;
  readonly number: string;
  readonly name: string;
  readonly latinName: string | undefined;
  readonly scheme: string;
  readonly level: number | undefined;
  /** Seven out of 100 in steps of a half, null where there is none; empty for a scheme without. */
  readonly marks: readonly (number | null)[];
  readonly idTag: Uint8Array | undefined;
  /** Number of the status list, and index in it. */
  readonly status: readonly [number, number] | undefined;
  readonly template: number;
  readonly replaces: string | undefined;
}

/** Throws Malformed: `bad_unknown_field` for a key of a later format, `bad_<field>` for a value out of bounds. */
export function readClaims(data: Uint8Array): Claims {
  const outer = new Fields(decode(data, MAX_CLAIMS_BYTES, 3), "claims");
  const inner = new Fields(outer.take(CERTIFICATE), "claims");
  const issued = whole(outer.take(6), "issued");
  const expires = optional(outer.take(4), whole, "expires");
  require(expires === undefined || expires > issued, "bad_expires");
  const claims: Claims = {
    issued,
    expires,
    number: text(inner.take(1), "number"),
    name: text(inner.take(2), "name"),
    latinName: optional(inner.take(3), text, "latin_name"),
    scheme: code(inner.take(4), "scheme"),
    level: optional(inner.take(5), (value, field) => whole(value, field, 16), "level"),
    marks: optional(inner.take(6), marks, "marks") ?? [],
    idTag: optional(inner.take(7), (value, field) => raw(value, field, 3), "id_tag"),
    status: optional(inner.take(8), status, "status"),
    template: whole(inner.take(9), "template_version", 2 ** 32),
    replaces: optional(inner.take(10), text, "replaces"),
  };
  outer.end();
  inner.end();
  return claims;
}

function marks(value: Value, field: string): (number | null)[] {
  return Array.from(raw(value, field, QUALITIES), (byte) => {
    require(byte <= HIGHEST_MARK || byte === NO_MARK, `bad_${field}`);
    return byte === NO_MARK ? null : byte / 2;
  });
}

function status(value: Value, field: string): [number, number] {
  const [list, index] = array(value, field, 2);
  return [whole(list, field, 2 ** 32), whole(index, field, STATUS_LIST_LENGTH)];
}
