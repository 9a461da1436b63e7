/** A verdict as a card: one state in colour, shape and word, all that is certified, who signed, and whose it is. */
import { hex } from "./bytes";
import { identityMatches } from "./idtag";
import type { Bilingual } from "./trust";
import type { Code, Verdict } from "./verdict";
import type { Words } from "./words";

type Tone = "good" | "warn" | "refuse";
type Shape = "tick" | "triangle" | "half" | "bar" | "cross" | "ring";

const STATES: Record<Code, [Tone, Shape]> = {
  VALID: ["good", "tick"],
  VALID_STATUS_STALE: ["warn", "triangle"],
  VALID_STATUS_UNKNOWN: ["warn", "triangle"],
  EXPIRED: ["warn", "half"],
  SUSPENDED: ["warn", "bar"],
  REPLACED: ["warn", "half"],
  REVOKED: ["refuse", "cross"],
  KEY_UNKNOWN: ["refuse", "ring"],
  KEY_OUT_OF_WINDOW: ["refuse", "bar"],
  KEY_COMPROMISED: ["refuse", "cross"],
  BAD_SIGNATURE: ["refuse", "cross"],
  MALFORMED: ["refuse", "ring"],
};
const PATHS: Record<Shape, string> = {
  tick: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm-1.6 16L5.8 12.400l1.900-1.900 2.700 2.700 6-6 1.900 1.900Z",
  triangle: "M12 2 23 22H1Zm-1.200 7v6h2.400V9Zm0 8v2.400h2.400V17Z",
  half: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm0 3v16a8 8 0 0 0 0-16Z",
  bar: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22ZM6 10.400h12v3.200H6Z",
  cross: "M7.500 1h9L23 7.500v9L16.500 23h-9L1 16.500v-9ZM8.100 6 6 8.100 9.900 12 6 15.900 8.100 18l3.900-3.900 3.900 3.900 2.100-2.100-3.900-3.900L18 8.100 15.900 6 12 9.900Z",
  ring: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm0 3.500a7.500 7.500 0 1 1 0 15 7.500 7.500 0 0 1 0-15Z",
};
const UNSIGNED: readonly Code[] = ["KEY_UNKNOWN", "BAD_SIGNATURE", "MALFORMED"];

export function card(verdict: Verdict, words: Words): HTMLElement {
  const parts = [head(verdict, words)];
  if (verdict.claims) {
    const unsigned = UNSIGNED.includes(verdict.code);
    if (unsigned) parts.push(element("p", words.say("claimed"), "claimed"));
    parts.push(list("fields", fieldsOf(verdict, words)), list("signer", signerOf(verdict, words)));
    if (!unsigned) parts.push(person(verdict, words));
  }
  return element("article", parts);
}

function head(verdict: Verdict, words: Words): HTMLElement {
  const [tone, shape] = STATES[verdict.code];
  const stale = verdict.code === "VALID_STATUS_STALE";
  const [status, trust] = [verdict.statusAgeDays ?? 0, verdict.listAgeDays ?? 0];
  const detail = {
    days: stale ? Math.max(status, trust) : status,
    by: verdict.by ?? "",
    reason: verdict.reason ?? "",
    kid: verdict.kid ? hex(verdict.kid) : "",
    number: verdict.claims?.number ?? "",
  };
  const unnamed = verdict.code === "REPLACED" && verdict.by === undefined;
  const name = unnamed ? "verdict_replaced_by_unnamed" : `verdict_${verdict.code.toLowerCase()}`;
  return element(
    "div",
    [
      icon(shape),
      element("h2", words.say(`state_${verdict.code.toLowerCase()}`)),
      element("p", words.say(name, detail)),
      element("p", words.say(`${name}_do`, detail), "hint"),
    ],
    `verdict ${tone}`,
  );
}

/** Title and value of every certified field that is there. */
function fieldsOf(verdict: Verdict, words: Words): [string, string][] {
  const claims = verdict.claims!;
  const level = claims.level === undefined ? "" : named(verdict.level, String(claims.level), words);
  const marks = claims.marks.map((mark) => (mark === null ? words.say("no_mark") : String(mark)));
  return [
    [words.say("field_number"), claims.number],
    [words.say("field_name"), claims.name],
    [words.say("field_latin_name"), claims.latinName ?? ""],
    [words.say("field_scheme"), named(verdict.scheme, claims.scheme, words)],
    [words.say("field_level"), level],
    [words.say("field_marks"), marks.join(" · ")],
    [words.say("field_issued"), day(claims.issued)],
    [words.say("field_expires"), claims.expires === undefined ? words.say("for_life") : day(claims.expires)],
    [words.say("field_replaces"), claims.replaces ?? ""],
  ];
}

/** Who signed, and how old the lists are by which that is known. */
function signerOf(verdict: Verdict, words: Words): [string, string][] {
  const kid = verdict.kid ? hex(verdict.kid).replace(/....(?!$)/g, "$& ") : "";
  return [
    [words.say("signer"), named(verdict.centre, words.say("signer_nobody"), words)],
    [words.say("key"), kid],
    [words.say("trust_list"), age(verdict.listAgeDays, words)],
    [words.say("status_list"), age(verdict.statusAgeDays, words)],
  ];
}

function person(verdict: Verdict, words: Words): HTMLElement {
  const number = element("input");
  number.type = "text";
  number.autocomplete = "off";
  number.setAttribute("aria-label", words.say("person_number"));
  number.placeholder = words.say("person_number");
  const answer = element("p", "", "answer");
  answer.setAttribute("role", "status");
  const form = element("form", [
    element("h2", words.say("person")),
    element("p", words.say("person_hint"), "hint"),
    element("div", [number, element("button", words.say("person_check"))]),
    answer,
  ], "person");
  number.addEventListener("input", () => say("", ""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = number.value;
    if (!asked.trim()) return;
    say("person_asking", "");
    const { number: of, idTag } = verdict.claims!;
    const matches = await identityMatches(asked, verdict.kid!, of, idTag);
    if (number.value === asked) say(matches === undefined ? "person_no_tag" : matches ? "person_matches" : "person_differs",
      matches === undefined ? "warn" : matches ? "good" : "refuse");
  });
  return form;

  function say(name: string, tone: Tone | ""): void {
    answer.textContent = name && words.say(name);
    answer.className = `answer ${tone}`;
  }
}

function list(name: string, lines: [string, string][]): HTMLElement {
  return element("dl", lines.filter(([, value]) => value).flatMap(([title, value]) => [element("dt", title), element("dd", value)]), name);
}

function age(days: number | undefined, words: Words): string {
  if (days === undefined) return words.say("age_none");
  return days ? words.say("age_days", { days }) : words.say("age_today");
}

/** The day in China, as certificates print it in figures. */
export function day(seconds: number): string {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10);
}

function named(names: Bilingual | undefined, otherwise: string, words: Words): string {
  return names?.[words.language] ?? otherwise;
}

function icon(shape: Shape): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", PATHS[shape]);
  path.setAttribute("fill", "currentColor");
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg as SVGElement;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name, content: string | Node[] = [], className = "",
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...(typeof content === "string" ? [content] : content));
  return made;
}
