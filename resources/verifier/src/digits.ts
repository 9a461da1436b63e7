/** The envelope as text: decimal digits behind a URL, or `SKC1:` and base45 (docs/formats/certificate-qr.md, Digits). */
import { Malformed, require } from "./malformed";

const LONGEST_TEXT = 16_384;
const BYTES = 7;
const DIGITS = 17;
const DIGITS_OF_TAIL = [0, 3, 5, 8, 10, 13, 15];
const RUNS = /[0-9]{100,}/g;
const BASE45_RUN = /SKC1:([0-9A-Z $%*+./:-]*)/;
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Whether `findPayload` would find something, good or not. */
export function hasPayload(text: string): boolean {
  return text.includes("SKC1:") || text.search(RUNS) >= 0;
}

/** The envelope in what a scanner typed or a page said: the last run of at least 100 digits, else SKC1: base45. */
export function findPayload(text: string): Uint8Array {
  require(Array.from(text).length <= LONGEST_TEXT, "too_large");
  const runs = text.match(RUNS);
  if (runs) return fromDigits(runs[runs.length - 1]!);
  const run = BASE45_RUN.exec(text);
  if (run) return fromBase45(run[1]!);
  throw new Malformed("no_certificate");
}

/** Each 7 bytes, as a little-endian integer, in 17 digits; a shorter tail in fewer. */
export function fromDigits(digits: string): Uint8Array {
  const groups = Math.floor(digits.length / DIGITS);
  const tail = DIGITS_OF_TAIL.indexOf(digits.length % DIGITS);
  require(tail >= 0, "digits_length");
  const data = new Uint8Array(groups * BYTES + tail);
  for (let group = 0; group <= groups; group++) {
    const from = group * BYTES;
    const to = Math.min(from + BYTES, data.length);
    let number = BigInt(digits.slice(group * DIGITS, (group + 1) * DIGITS) || "0");
    for (let at = from; at < to; at++) {
      data[at] = Number(number & 255n);
      number >>= 8n;
    }
    require(number === 0n, "digits_range");
  }
  return data;
}

/** RFC 9285, with one spelling for each string of bytes. */
export function fromBase45(text: string): Uint8Array {
  const values = Array.from(text, (character) => BASE45.indexOf(character));
  require(values.length % 3 !== 1, "base45_length");
  const out: number[] = [];
  for (let at = 0; at < values.length; at += 3) {
    const group = values.slice(at, at + 3);
    const number = group.reduce((sum, value, place) => sum + value * 45 ** place, 0);
    require(number < 256 ** (group.length - 1), "base45_range");
    if (group.length === 3) out.push(number >> 8);
    out.push(number & 255);
  }
  return Uint8Array.from(out);
}
