/**
 * One verdict for every way in. Never a bare "valid": without a status list it is VALID_STATUS_UNKNOWN.
 * docs/formats/certificate-qr.md has the order.
 */
import { same } from "./bytes";
import { type Claims, readClaims } from "./claims";
import { type Envelope, read1, verifies } from "./cose";
import { findPayload } from "./digits";
import { Malformed, require } from "./malformed";
import { type StatusList, stateOf } from "./status";
import { allowance, type Bilingual, type CentreKey, type TrustList } from "./trust";

const MAX_ENVELOPE_BYTES = 4096;
const DAY = 86_400;

export type Code =
  | "VALID"
  | "VALID_STATUS_STALE"
  | "VALID_STATUS_UNKNOWN"
  | "EXPIRED"
  | "SUSPENDED"
  | "REPLACED"
  | "REVOKED"
  | "KEY_UNKNOWN"
  | "KEY_OUT_OF_WINDOW"
  | "KEY_COMPROMISED"
  | "BAD_SIGNATURE"
  | "MALFORMED";

export interface Verdict {
  readonly code: Code;
  /** undefined only for MALFORMED. Where nobody known signed, what somebody wrote, and no more. */
  readonly claims?: Claims;
  readonly kid?: Uint8Array;
  /** Whose key signed it; undefined where nobody known did. */
  readonly centre?: Bilingual;
  /** Names of scheme and level in the trust list; undefined where it has none. */
  readonly scheme?: Bilingual;
  readonly level?: Bilingual;
  readonly listAgeDays?: number;
  /** undefined: no status list was read for it. */
  readonly statusAgeDays?: number;
  /** REPLACED: the number of the new certificate, where the list tells. */
  readonly by?: string;
  /** MALFORMED: which rule of the format is broken. */
  readonly reason?: string;
}

export interface Lists {
  readonly trust: TrustList | undefined;
  readonly statuses: ReadonlyMap<number, StatusList>;
}

/** `what`: an envelope, or the text of a QR or of a page; `now`: seconds since 1970. Throws nothing. */
export async function verify(what: Uint8Array | string, lists: Lists, now: number): Promise<Verdict> {
  const { trust, statuses } = lists;
  let data: Uint8Array, envelope: Envelope, claims: Claims;
  try {
    data = typeof what === "string" ? findPayload(what) : what;
    envelope = read1(data, MAX_ENVELOPE_BYTES);
    require(envelope.contentType === undefined, "bad_content_type");
    claims = readClaims(envelope.payload);
  } catch (fault) {
    if (fault instanceof Malformed) return { code: "MALFORMED", reason: fault.reason };
    throw fault;
  }
  const unsigned = { claims, kid: envelope.kid, ...age("listAgeDays", trust, now) };
  const key = trust?.keys.find((one) => same(one.key.kid, envelope.kid));
  if (!trust || !key) return { code: trust && (await kidWasEdited(envelope, trust)) ? "BAD_SIGNATURE" : "KEY_UNKNOWN", ...unsigned };
  if (!(await verifies(envelope, key.key))) return { code: "BAD_SIGNATURE", ...unsigned };
  const [number, index] = claims.status ?? [-1, 0];
  const status = statuses.get(number);
  const moment = Math.max(now, trust.issued, status?.issued ?? 0);
  const code = ofKey(claims, data, key, moment) ?? ofStatus(status, index) ?? ofTime(claims, trust, status, moment);
  const names = trust.schemes.get(claims.scheme);
  const level = claims.level === undefined ? undefined : names?.levels.get(claims.level);
  const by = code === "REPLACED" ? status?.replacedBy.get(index) : undefined;
  return {
    code,
    claims,
    kid: key.key.kid,
    centre: key.centre,
    ...(names && { scheme: names.name }),
    ...(level && { level }),
    ...age("listAgeDays", trust, moment),
    ...age("statusAgeDays", status, moment),
    ...(by !== undefined && { by }),
  };
}

function ofKey(claims: Claims, data: Uint8Array, key: CentreKey, moment: number): Code | undefined {
  if (key.allowed && !key.allowed.has(allowance(data))) return "KEY_COMPROMISED";
  const mayHaveSigned = key.signFrom <= claims.issued && claims.issued <= (key.signTo ?? Infinity);
  return mayHaveSigned && moment <= (key.trustTo ?? Infinity) ? undefined : "KEY_OUT_OF_WINDOW";
}

function ofStatus(status: StatusList | undefined, index: number): Code | undefined {
  const state = status && stateOf(status, index);
  return state === "VALID" ? undefined : state;
}

function ofTime(claims: Claims, trust: TrustList, status: StatusList | undefined, moment: number): Code {
  if (claims.expires !== undefined && moment > claims.expires) return "EXPIRED";
  if (!status) return "VALID_STATUS_UNKNOWN";
  return moment <= Math.min(trust.expires, status.expires) ? "VALID" : "VALID_STATUS_STALE";
}

/** One digit of the symbol changed can name a key that nobody has: an altered certificate, not an unknown centre. */
async function kidWasEdited(envelope: Envelope, trust: TrustList): Promise<boolean> {
  for (const { key } of trust.keys) {
    const near = same(key.kid.subarray(0, 6), envelope.kid.subarray(0, 6)) || same(key.kid.subarray(6), envelope.kid.subarray(6));
    if (!near) continue;
    const head = envelope.protected.slice();
    head.set(key.kid, head.length - key.kid.length);
    if (await verifies({ ...envelope, protected: head, kid: key.kid }, key)) return true;
  }
  return false;
}

/** Whole days since it was issued. */
function age<Name extends string>(name: Name, made: { issued: number } | undefined, moment: number): { [N in Name]?: number } {
  return made ? ({ [name]: Math.floor(Math.max(0, moment - made.issued) / DAY) } as { [N in Name]?: number }) : {};
}
