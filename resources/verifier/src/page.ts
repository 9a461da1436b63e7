/** The page: ways in at the top, a card for each certificate, the lists below. */
import { inflate } from "pako";

import { fromBase64 } from "./bytes";
import { Camera } from "./camera";
import { card, day } from "./card";
import { deltaFrom, MARK as DELTA_MARK } from "./delta";
import { hasPayload } from "./digits";
import { Held, type Published } from "./lists";
import { recall, remember } from "./memory";
import { PictureReader } from "./picture";
import { Refused } from "./refused";
import { verifySm2, verifySm2Digest } from "./sm2";
import { sm3 } from "./sm3";
import { verify } from "./verdict";
import { type Detail, type Language, preferred, Words } from "./words";

const words = new Words(preferred(navigator.languages));
const found = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const reader = new PictureReader(() => inflate(fromBase64(found("reader").textContent!.trim())).buffer);
let held: Held;
let shown: readonly string[] = [];
let said: [string, Detail] | undefined;

const camera = new Camera(found<HTMLVideoElement>("video"), (video) => reader.readFrame(video), (texts) => {
  stopLooking();
  void readTexts(texts);
});

/** A card for each certificate; a status delta goes to the lists. */
async function readTexts(texts: readonly string[]): Promise<void> {
  const deltas = texts.filter((text) => text.startsWith(DELTA_MARK));
  const certificates = texts.filter((text) => !text.startsWith(DELTA_MARK));
  if (certificates.length || !deltas.length) await show(certificates);
  if (deltas.length) await addAll(deltas.map((text) => [words.say("delta"), async () => deltaFrom(text)]));
}

async function show(texts: readonly string[]): Promise<void> {
  shown = texts;
  const now = Math.floor(Date.now() / 1000);
  const verdicts = await Promise.all(texts.map((text) => verify(text, held, now)));
  if (shown !== texts) return; // another came meanwhile
  tell(texts.length > 1 ? ["several", { count: texts.length }] : undefined);
  found("results").replaceChildren(...verdicts.map((verdict) => card(verdict, words)));
  found("results").scrollIntoView({ block: "nearest" });
}

function tell(sentence: [string, Detail] | undefined): void {
  said = sentence;
  found("said").textContent = sentence ? words.say(...sentence) : "";
}

async function readPictures(files: Iterable<File>): Promise<void> {
  const texts: string[] = [];
  let failed: [string, Detail] | undefined;
  tell(["reading", {}]);
  for (const file of files) {
    try {
      const read = await reader.read(file);
      texts.push(...read);
      if (!read.length) failed = ["nothing_read", { file: file.name }];
    } catch {
      failed = ["not_a_picture", { file: file.name }];
    }
  }
  await readTexts([...new Set(texts)]);
  if (failed) tell(failed);
}

async function addLists(files: Iterable<File>): Promise<void> {
  // the trust list first: it says which status lists are read
  const named = [...files].sort((one, other) => Number(/status/.test(one.name)) - Number(/status/.test(other.name)));
  await addAll(named.map((file) => [file.name, async () => new Uint8Array(await file.arrayBuffer())]));
}

/** Lists by their names, until one is refused. */
async function addAll(lists: readonly [string, () => Promise<Uint8Array>][]): Promise<void> {
  for (const [file, read] of lists) {
    try {
      await held.add(await read());
      tell(["lists_taken", { file }]);
      remember(held);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      tell([fault.code, { ...fault.detail, file }]);
      break;
    }
  }
  sayLists();
  const [kept, sentence] = [shown, said];
  await show(kept);
  tell(sentence);
}

function sayLists(): void {
  const { trust, statuses } = held;
  const lines: string[] = [];
  if (trust) {
    const detail = { version: trust.version, day: day(trust.issued), until: day(trust.expires), keys: trust.keys.length };
    lines.push(words.say("lists_trust", detail));
    if (Date.now() / 1000 > trust.expires) lines.push(words.say("lists_trust_old"));
    const oldest = Math.min(...[...statuses.values()].map((one) => one.issued));
    lines.push(statuses.size ? words.say("lists_status", { count: statuses.size, day: day(oldest) }) : words.say("lists_status_none"));
    if (held.vouched) lines.push(words.say("lists_vouched"));
  } else {
    lines.push(words.say("lists_none"));
    found<HTMLDetailsElement>("lists").open = true;
  }
  found("lists-said").replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function speak(language: Language): void {
  words.language = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = words.say("title");
  for (const one of document.querySelectorAll<HTMLElement>("[data-word]")) one.textContent = words.say(one.dataset["word"]!);
  if (camera.running) found("camera").textContent = words.say("camera_stop");
  tell(said);
  sayLists();
  const sentence = said;
  void show(shown).then(() => tell(sentence));
}

async function look(): Promise<void> {
  if (camera.running) return stopLooking();
  try {
    found("view").hidden = false;
    await camera.start();
    found("camera").textContent = words.say("camera_stop");
  } catch (fault) {
    stopLooking();
    tell(["camera_none", { reason: fault instanceof Error ? fault.name : String(fault) }]);
  }
}

function stopLooking(): void {
  camera.stop();
  found("view").hidden = true;
  found("camera").textContent = words.say("camera");
}

function fromAddress(): void {
  const text = decodeURIComponent(location.hash.slice(1));
  const answer = /^lookup=(nothing|later)$/.exec(text);
  if (answer) void show([]).then(() => tell([`lookup_${answer[1]!}`, {}]));
  else if (hasPayload(text)) void readTexts([text]);
}

/** Only where a server gave the page out: it alone has the certificates. */
function offerLookup(address: string | undefined): void {
  const form = found<HTMLFormElement>("lookup");
  form.hidden = address === undefined || !location.protocol.startsWith("http");
  if (address !== undefined) form.action = address;
}

function listen(): void {
  found("language").addEventListener("click", () => speak(words.language === "zh" ? "en" : "zh"));
  found("camera").addEventListener("click", () => void look());
  const photo = found<HTMLInputElement>("photo");
  photo.addEventListener("change", () => {
    void readPictures([...photo.files!]);
    photo.value = "";
  });
  found("paste").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = found<HTMLTextAreaElement>("text").value;
    if (text.trim()) void readTexts([text.trim()]);
  });
  const add = found<HTMLInputElement>("add");
  add.addEventListener("change", () => {
    void addLists([...add.files!]);
    add.value = "";
  });
  document.addEventListener("paste", (event) => take(event, event.clipboardData));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => take(event, event.dataTransfer));
  addEventListener("hashchange", fromAddress);
  addEventListener("pagehide", stopLooking);
}

/** Files that are pasted or dropped: lists, or pictures. */
function take(event: Event, held: DataTransfer | null): void {
  const files = [...(held?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  const lists = files.filter((one) => one.name.endsWith(".cose"));
  if (lists.length) void addLists(lists);
  else void readPictures(files);
}

/** For scripts: the same verdicts, by the lists of this page or by others, and what no browser has, to be held against the
 * standards' own examples. Times are seconds since 1970. */
const forScripts = {
  verify: (what: string | Uint8Array, now = Math.floor(Date.now() / 1000)) => verify(what, held, now),
  async using(published: Published) {
    const others = await Held.of(published);
    return {
      verify: (what: string | Uint8Array, now: number) => verify(what, others, now),
      add: (data: Uint8Array) => others.add(data),
      state: (list: number, index: number) => others.stateOf(list, index),
    };
  },
  sm3,
  verifySm2,
  verifySm2Digest,
};

async function begin(): Promise<void> {
  const published = JSON.parse(found("published").textContent!) as Published;
  held = await Held.of(published);
  const inside = held.trust?.version ?? 0;
  await recall(held);
  remember(held);
  Object.assign(globalThis, { certificateVerifier: forScripts });
  offerLookup(published.lookup ?? undefined);
  found("wechat").hidden = !/MicroMessenger/i.test(navigator.userAgent);
  listen();
  if (held.trust && inside && held.trust.version > inside) said = ["lists_remembered", { version: held.trust.version, inside }];
  speak(words.language);
  fromAddress();
}

void begin();
