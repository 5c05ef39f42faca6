// Builds the editors into the desk's static files, the same to the byte every time; script/bundle runs it.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "../src/tongban/terminals/desk/static/desk/models");

/** The style sheets of the FEEL fields are adopted by the document and not written into it, as the page's security
    policy wants; the library does so only below a shadow root. */
const adopted = {
  name: "adopted",
  setup(made) {
    made.onLoad({ filter: /style-mod[/\\]src[/\\]style-mod\.js$/ }, ({ path }) => {
      const before = readFileSync(path, "utf8");
      const after = before
        .replace("!root.head && root.adoptedStyleSheets", "root.adoptedStyleSheets")
        .replace("this.sheet = new win.CSSStyleSheet", "this.sheet = new win.CSSStyleSheet()");
      if (!after.includes("if (root.adoptedStyleSheets && win.CSSStyleSheet)")) throw new Error("style-mod has changed: look at build.mjs");
      return { contents: after, loader: "js" };
    });
  },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: here, outdir: out, entryPoints: ["src/route.js", "src/table.js", "src/route.css", "src/table.css"],
  bundle: true, minify: true, format: "iife", target: "es2022", charset: "utf8", legalComments: "none", plugins: [adopted], logLevel: "warning",
  loader: { ".woff2": "file" }, assetNames: "[name]",
});
const packages = Object.keys(JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8")).packages).filter((path) => path && !path.includes("esbuild")).sort();
const licences = packages.map((path) => {
  const text = readdirSync(join(here, path)).filter((name) => /^licen[cs]e/i.test(name)).sort().map((name) => readFileSync(join(here, path, name), "utf8").trim());
  const stated = JSON.parse(readFileSync(join(here, path, "package.json"), "utf8"));
  return `== ${stated.name} ${stated.version} (${stated.license || stated.licenses?.[0]?.type || "see below"})\n\n${text.join("\n\n") || "No text of a licence is shipped with it."}\n`;
});
writeFileSync(join(out, "LICENSES.txt"), `The editors contain these packages.\n\n${licences.join("\n")}`);
