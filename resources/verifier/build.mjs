// Builds verify.html, one file that asks for nothing: the script, the style and the reader's wasm are in it, and a policy
// that lets no other run and forbids the network. `talent-library publish` puts the lists in.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import { parse } from "smol-toml";

const here = dirname(fileURLToPath(import.meta.url));
const MOST_BYTES = 800_000;
const NO_LISTS = '{"list_keys":[],"root":null,"trust":null,"statuses":[],"lookup":null}';

/** SHA-256 of all that the page is made of; a test holds the built page against it. */
function sources() {
  const own = ["build.mjs", "package-lock.json", "page.html", "style.css", "words/en.toml", "words/zh_CN.toml"];
  const shared = ["../messages/en/credential.toml", "../messages/zh_CN/credential.toml"];
  const written = readdirSync(join(here, "src")).sort().map((name) => `src/${name}`);
  const hash = createHash("sha256");
  for (const name of [...own, ...shared, ...written]) hash.update(readFileSync(join(here, name)));
  return hash.digest("hex");
}

const words = {
  name: "words",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^words:/ }, ({ path }) => ({ path: path.slice("words:".length), namespace: "words" }));
    onLoad({ filter: /.*/, namespace: "words" }, ({ path }) => {
      const own = parse(readFileSync(join(here, "words", `${path}.toml`), "utf8"));
      const all = Object.entries(parse(readFileSync(join(here, "..", "messages", path, "credential.toml"), "utf8")));
      const verdicts = Object.fromEntries(all.filter(([name]) => name.startsWith("verdict_")));
      return { contents: JSON.stringify({ ...own, ...verdicts }), loader: "json" };
    });
  },
};

async function script() {
  const built = await build({
    entryPoints: [join(here, "src", "page.ts")], bundle: true, minify: true, write: false, format: "iife",
    target: ["chrome80", "safari15", "firefox78"], charset: "utf8", legalComments: "none", plugins: [words],
  });
  return built.outputFiles[0].text;
}

/** What the licences of the bundled packages ask for: their own words. */
function licences() {
  const { packages } = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  const bundled = Object.keys(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies);
  const texts = bundled.map((name) => {
    const words = readFileSync(join(here, "node_modules", name, "LICENSE"), "utf8").trim();
    return `${name} ${packages[`node_modules/${name}`].version}\n\n${words}`;
  });
  return [...texts, "zxing-wasm is made of zxing-cpp (https://github.com/zxing-cpp/zxing-cpp), Apache License 2.0"].join("\n\n");
}

function hashed(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

async function page() {
  const style = (await build({ entryPoints: [join(here, "style.css")], minify: true, write: false })).outputFiles[0].text.trim();
  const code = (await script()).trim().replaceAll("</script", "<\\/script");
  const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
  const policy = [
    "default-src 'none'", `script-src ${hashed(code)} 'wasm-unsafe-eval'`, `style-src ${hashed(style)}`,
    "img-src blob: data:", "media-src blob:", "connect-src 'none'", "form-action 'none'", "base-uri 'none'",
  ].join("; ");
  const parts = { policy, sources: sources(), style, script: code, lists: NO_LISTS, reader: gzipSync(wasm, { level: 9 }).toString("base64"), licences: licences() };
  return readFileSync(join(here, "page.html"), "utf8").replace(/%(\w+)%/g, (_, name) => parts[name]);
}

const html = await page();
if (html.length > MOST_BYTES) throw new Error(`${html.length} bytes: more than ${MOST_BYTES}`);
writeFileSync(join(here, "verify.html"), html);
console.log(`verify.html: ${Buffer.byteLength(html)} bytes`);
