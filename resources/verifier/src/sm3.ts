/** SM3 (GB/T 32905-2016): a hash of 32 bytes. Words are of 32 bits, kept as JavaScript's signed ones. */

const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];
const BLOCK_BYTES = 64;

export function sm3(data: Uint8Array): Uint8Array {
  const words = new DataView(padded(data).buffer);
  const state = Int32Array.from(START);
  const expanded = new Int32Array(68);
  for (let at = 0; at < words.byteLength; at += BLOCK_BYTES) {
    expand(words, at, expanded);
    compress(state, expanded);
  }
  const hashed = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => hashed.setInt32(4 * at, word));
  return new Uint8Array(hashed.buffer);
}

/** §5.2: a bit 1, bits 0, the length in bits as 64 bits. */
function padded(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = Math.ceil((data.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
  const all = new Uint8Array(length);
  all.set(data);
  all[data.length] = 0x80;
  new DataView(all.buffer).setBigUint64(length - 8, BigInt(data.length) * 8n);
  return all;
}

/** §5.3.2: the block's 16 words and 52 more, W. */
function expand(words: DataView, at: number, w: Int32Array): void {
  for (let j = 0; j < 16; j++) w[j] = words.getInt32(at + 4 * j);
  for (let j = 16; j < 68; j++) {
    w[j] = p1(w[j - 16]! ^ w[j - 9]! ^ turned(w[j - 3]!, 15)) ^ turned(w[j - 13]!, 7) ^ w[j - 6]!;
  }
}

/** §5.3.3; W' of a round is `w[j] ^ w[j + 4]`. */
function compress(state: Int32Array, w: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let j = 0; j < 64; j++) {
    const early = j < 16;
    const ss1 = turned((turned(a, 12) + e + turned(early ? 0x79cc4519 : 0x7a879d8a, j % 32)) | 0, 7);
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ turned(a, 12)) + (w[j]! ^ w[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + w[j]!) | 0;
    [a, b, c, d] = [tt1, a, turned(b, 9), c];
    [e, f, g, h] = [p0(tt2), e, turned(f, 19), g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at]! ^= word));
}

function turned(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function p0(word: number): number {
  return word ^ turned(word, 9) ^ turned(word, 17);
}

function p1(word: number): number {
  return word ^ turned(word, 15) ^ turned(word, 23);
}
