import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../server/src/l10n');

/**
 * Writes files next to the bundles, which load them on demand: for each language its texts (`texts.ja.js`) and its rule
 * documentation (`docs.ja.js`). Node.js requires them, a worker imports them as scripts.
 */
export function writeTexts(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { name: language } of readdirSync(source, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )) {
    const { docs, ...texts } = readTexts(language);
    writeData(join(folder, `texts.${language}.js`), texts);
    writeData(join(folder, `docs.${language}.js`), docs);
  }
}

/** Translations by English text, and by rule its messages and documentation. */
export function readTexts(language) {
  const areas = jsonFiles(join(source, language));
  const rules = Object.entries(merge(jsonFiles(join(source, language, 'rules'))));
  return {
    texts: merge(areas),
    messages: Object.fromEntries(rules.map(([id, rule]) => [id, rule.messages])),
    docs: Object.fromEntries(rules.map(([id, { messages: _, ...texts }]) => [id, texts])),
  };
}

/** A file that Node.js requires and a worker imports. */
function writeData(path, value) {
  // JSON text, which parses several times faster than a JavaScript literal.
  const text = JSON.stringify(JSON.stringify(value));
  writeFileSync(path, `(typeof module==="object"?module:self).exports=JSON.parse(${text});\n`);
}

function jsonFiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [basename(name), JSON.parse(readFileSync(join(folder, name), 'utf8'))]);
}

/** One text may occur in several places: each of them must translate it in the same way. */
function merge(files) {
  const merged = {};
  for (const [file, texts] of files) {
    for (const [key, value] of Object.entries(texts)) {
      if (Object.hasOwn(merged, key) && merged[key] !== value)
        throw new Error(`${file}: "${key}" is in another file too`);
      merged[key] = value;
    }
  }
  return merged;
}
