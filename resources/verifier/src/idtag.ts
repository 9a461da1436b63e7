/** The id tag: lets somebody with the person's document in hand confirm that the certificate is that person's. */
import { pbkdf2Async } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { joined, same } from "./bytes";

const ITERATIONS = 600_000;
const TAG_BYTES = 3;

/** undefined: the certificate carries no tag. Takes a part of a second on purpose. */
export async function identityMatches(
  document: string, kid: Uint8Array, number: string, tag: Uint8Array | undefined,
): Promise<boolean | undefined> {
  return tag && same(await idTag(document, kid, number), tag);
}

export async function idTag(document: string, kid: Uint8Array, number: string): Promise<Uint8Array> {
  const bytes = new TextEncoder();
  const password = bytes.encode(document.normalize("NFKC").toUpperCase().split(/\s+/u).join(""));
  const salt = joined(bytes.encode("SKC1-ID"), kid, bytes.encode(number));
  const derived = globalThis.crypto?.subtle
    ? await byBrowser(password, salt)
    : await pbkdf2Async(sha256, password, salt, { c: ITERATIONS, dkLen: TAG_BYTES });
  return derived.slice(0, TAG_BYTES);
}

async function byBrowser(password: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}
