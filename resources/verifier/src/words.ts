/** Sentences in both languages; the build takes them from words/ and resources/messages. */
import en from "words:en";
import zh from "words:zh_CN";

export type Language = "zh" | "en";
export type Detail = Readonly<Record<string, string | number>>;

const WORDS: Record<Language, Record<string, string>> = { zh, en };

export class Words {
  constructor(public language: Language) {}

  say(name: string, detail: Detail = {}): string {
    const sentence = WORDS[this.language][name];
    if (sentence === undefined) throw new Error(`no sentence ${name}`);
    return sentence.replace(/\{(\w+)\}/g, (whole, field: string) => (field in detail ? String(detail[field]) : whole));
  }
}

export function preferred(languages: readonly string[]): Language {
  const first = languages.find((one) => /^(zh|en)\b/i.test(one));
  return first?.toLowerCase().startsWith("en") ? "en" : "zh";
}
