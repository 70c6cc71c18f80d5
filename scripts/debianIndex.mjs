import { readFileSync } from 'node:fs';

/** A Debian release, from its package index: dists/<release>/main/binary-amd64/Packages, decompressed. */
export class DebianIndex {
  #packages = new Map();
  #providers = new Map();
  #closures = new Map();

  constructor(path) {
    for (const paragraph of readFileSync(path, 'utf8').split('\n\n')) {
      const fields = Object.fromEntries(
        [
          ...paragraph.matchAll(
            /^(Package|Source|Depends|Pre-Depends|Recommends|Provides|Section|Priority|Essential): (.*)$/gm,
          ),
        ].map(([, key, value]) => [key, value]),
      );
      if (fields.Package === undefined) continue;
      this.#packages.set(fields.Package, fields);
      for (const provided of (fields.Provides ?? '').replace(/\([^)]*\)/g, '').split(/,\s*/)) {
        const name = provided.trim();
        // Prefers the provider in the smallest system, as for `awk`.
        if (name !== '' && (!this.#providers.has(name) || isBasic(fields))) this.#providers.set(name, fields.Package);
      }
    }
    /** The packages of debootstrap's smallest system, and so of `debian:<release>-slim`. */
    this.present = this.closure([...this.#packages.values()].filter(isBasic).map(({ Package }) => Package));
  }

  get realNames() {
    return [...this.#packages.keys()];
  }

  get names() {
    return [...this.#packages.keys(), ...this.#providers.keys()];
  }

  /** A package by name, or the first package that provides it. */
  get(name) {
    return this.#packages.get(name) ?? this.#packages.get(this.#providers.get(name));
  }

  /** Package names in a field: for alternatives, the first that exists, as in apt. */
  named(fields, ...keys) {
    return keys.flatMap((key) =>
      (fields[key] ?? '').split(/,\s*/).flatMap((dependency) => {
        const alternatives = dependency.split('|').map((one) => one.trim().replace(/[ (:].*/s, ''));
        const found = alternatives.find((one) => this.get(one));
        return found === undefined ? [] : [this.get(found).Package];
      }),
    );
  }

  /** The packages with all their dependencies. */
  closure(names) {
    const all = new Set();
    for (const name of names) for (const one of this.#closureOf(name)) all.add(one);
    return all;
  }

  #closureOf(name) {
    const known = this.#closures.get(name);
    if (known) return known;
    const found = new Set();
    const open = [name];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const fields = this.get(one);
      if (!fields || found.has(fields.Package)) continue;
      found.add(fields.Package);
      open.push(...this.named(fields, 'Depends', 'Pre-Depends'));
    }
    this.#closures.set(name, found);
    return found;
  }

  /** What apt installs on the smallest system, including recommended packages. */
  closureWithRecommended(name) {
    const found = new Set();
    const open = [name];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const fields = this.get(one);
      if (!fields || found.has(fields.Package) || this.present.has(fields.Package)) continue;
      found.add(fields.Package);
      open.push(...this.named(fields, 'Depends', 'Pre-Depends', 'Recommends'));
    }
    return found;
  }
}

function isBasic({ Package, Essential, Priority }) {
  return Essential === 'yes' || Priority === 'required' || Package === 'apt';
}

export function sourceOf({ Source, Package }) {
  return (Source ?? Package).split(' ')[0];
}

/** The packages that each source of a release needs to build, one entry a source and package: dists/<release>/main/source/Sources. */
export function* buildDependencies(path) {
  for (const paragraph of readFileSync(path, 'utf8').split('\n\n')) {
    const fields = [...paragraph.matchAll(/^Build-Depends(?:-Arch|-Indep)?:(.*(?:\n .*)*)/gm)].map(
      ([, value]) => value,
    );
    yield* new Set(fields.flatMap((value) => value.split(/[,|]/)).map((one) => one.trim().replace(/[ (:[<].*/s, '')));
  }
}
