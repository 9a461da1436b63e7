/** A list that is not taken: `code` is that of the sentence that says so, `detail` what it names. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly detail: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}
