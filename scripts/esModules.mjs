import { readFileSync } from 'node:fs';

/** Packages of which a program uses a part. TypeScript wrote them: as CommonJS, or with its namespaces. */
const PACKAGES =
  /[\\/]node_modules[\\/](?:dockerfile-ast|vscode-(?:jsonrpc|languageclient|languageserver(?:-protocol|-types)?))[\\/]lib[\\/]/;

/** Bundles hold of these packages what they use. What that is, esbuild can tell of ES modules alone. */
export const esModules = {
  name: 'ES modules',
  setup: ({ onLoad }) => {
    onLoad({ filter: PACKAGES }, ({ path }) => {
      const contents = asModule(readFileSync(path, 'utf8'));
      return /\bexports\b|\brequire\(/.test(contents)
        ? { errors: [{ text: `${path} is CommonJS in a form that is not known` }] }
        : { contents, loader: 'js' };
    });
  },
};

/** What TypeScript writes at the start of a line, and what it stands for in an ES module. */
const FORMS = [
  [/^"use strict";$/gm, ''],
  [/^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);$/gm, ''],
  [/^(?:exports\.\w+ = )+void 0;$/gm, ''],
  [/^var __\w+ = \(this && [\s\S]*?^\}[()]*;$/gm, ''],
  [/^Object\.defineProperty\(exports, "(\w+)", .* return (\w+)\.(\w+); \} \}\);$/gm, 'export { $3 as $1 } from $2;'],
  [/^(?:const|var) (\w+_\d+|\w+(?= = require\("\.)) = require\(("[^"]+")\);$/gm, 'import * as $1 from $2;'],
  [/^const (\w+) = __import(?:Star|Default)\(require\(("[^"]+")\)\);$/gm, 'import * as $1 from $2;'],
  // Of a package that is CommonJS itself.
  [/^const (\w+) = require\(("[^"]+")\);$/gm, 'import $1 from $2;'],
  [/^__exportStar\(require\(("[^"]+")\), exports\);$/gm, 'export * from $1;'],
  [/^exports\.(\w+) = (\w+);$/gm, 'export { $2 as $1 };'],
  [/^exports\.(\w+) = /gm, 'export const $1 = '],
  // A namespace: an expression, which falls away where nobody uses it.
  [
    /^(?:export )?var (\w+);\n\(function \(\1\) \{\n([\s\S]*?)^\}\)\(\1 \|\| \((?:exports\.\1 = )?\1 = \{\}\)\);$/gm,
    'export var $1 = /* @__PURE__ */ (($1) => {\n$2return $1;\n})({});',
  ],
  [/\bexports\.(\w+)/g, '$1'],
];

function asModule(text) {
  const imports = new Map(
    [...text.matchAll(/^(?:const|var) (\w+) = .*require\(("[^"]+")\)/gm)].map(([, name, source]) => [name, source]),
  );
  return FORMS.reduce((module, [form, meaning]) => module.replace(form, meaning), text).replace(
    /^(export \{ \w+ as \w+ \} from )(\w+);$/gm,
    (_, start, name) => `${start}${imports.get(name)};`,
  );
}
