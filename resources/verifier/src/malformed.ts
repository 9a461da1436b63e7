/** Bytes or text that no writer of ours makes. `reason` is lower_snake. */
export class Malformed extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

export function require(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Malformed(reason);
}
