import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dependencies.mjs';

/** Licenses that a program under the MIT license can include with only a notice. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT']);
const LICENCE_FILE = /^(?:licen[cs]e|copying)(?:[.-](?:md|txt|mit))?$/i;

/**
 * Every package in a bundle, according to esbuild, with its license; the build fails if a package may not be
 * redistributed, or not with only its license text.
 */
export function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { inputs } of metafiles) {
    for (const path of Object.keys(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
      if (folder) folders.add(folder);
    }
  }
  const packages = [...folders].sort().map(readPackage);
  return packages.map(({ repository, ...own }) => {
    // In some repositories, only some of the packages contain the license text.
    const text = own.text ?? packages.find((other) => other.text && other.repository === repository)?.text;
    if (!text) throw new Error(`${own.name} has no licence text to pass on`);
    return { ...own, text };
  });
}

function readPackage(folder) {
  const path = join(root, folder);
  const { name, version, license, repository } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  if (!license.split(' AND ').every((part) => ALLOWED.has(part)))
    throw new Error(`${name} is under ${license}: may it be bundled?`);
  const file = readdirSync(path).find((entry) => LICENCE_FILE.test(entry));
  const text = file && readFileSync(join(path, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return { name, version, license, text, repository: repository?.url ?? repository };
}

/** The text that is shipped with the bundles; packages with the same license text share it. */
export function thirdPartyNotices(packages) {
  const byText = new Map();
  for (const { name, version, license, text } of packages) {
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...byText].map(([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text}\n`);
  return ['Dockerfile Optimizer contains these packages.\n', ...parts].join(`\n${'-'.repeat(72)}\n\n`);
}
