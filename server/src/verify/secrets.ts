import { resolve } from 'node:path';
import type { VerifyRequest } from '../reports/verifyRequest';
import { readText } from '../system/readText';

/** Shorter values are words and numbers that stand anywhere. */
const SHORT = 6;

/** The values of the configuration's variables, which may be secret; the longest first, because one may hold another. */
export function secretsOf({ settings: { env, envFiles }, contextFolder }: VerifyRequest): string[] {
  const inFiles = envFiles.flatMap((file) => valuesIn(resolve(contextFolder, file)));
  return (
    [...env.values(), ...inFiles]
      .flatMap((value) => [value, ...value.split(/\r?\n/)])
      .filter((value) => value.length >= SHORT)
      // As they stand in an address, in JSON and in a page.
      .flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), escapeHtml(value)])
      .sort((one, other) => other.length - one.length)
  );
}

export function conceal(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function valuesIn(file: string): string[] {
  // The engine says what is wrong with a file that cannot be read.
  const lines = (readText(file) ?? '').split(/\r?\n/);
  return lines.flatMap((line) => {
    const [, value] = /^\s*[^#=\s][^=]*=(.*)$/.exec(line) ?? [];
    return value === undefined ? [] : [value.trim(), value.trim().replace(/^(['"])(.*)\1$/, '$2')];
  });
}
