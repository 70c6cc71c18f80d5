import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { broughtBy, FLAGS, flagFacts, MOUNT_OPTIONS, SHARING } from '../../dockerfile/flags';
import { say } from '../../l10n/phrase';
import { FLAG_TEXTS, MOUNT_OPTION_TEXTS, MOUNT_TEXTS } from '../reference/flagTexts';
import { type Place, replacing } from './place';
import { userNames } from './users';

/** Flags of an instruction, their values, and the options of mounts. */
export function flagItems(place: Place): CompletionItem[] | undefined {
  // Bounded: an instruction (dockerfile/limits.ts).
  const [, keyword = '', before = '', word] = /^([A-Za-z]+)\s+((?:--\S+\s+)*)(-\S*)$/.exec(place.head) ?? [];
  if (word === undefined) return undefined;
  const [, name, value] = /^--([\w-]+)=(.*)$/s.exec(word) ?? [];
  if (name === undefined || value === undefined) return namesOf(place, keyword.toUpperCase(), before, word);
  return name === 'mount' ? mountItems(place, value) : valuesOf(place, keyword.toUpperCase(), name, value);
}

function namesOf(place: Place, keyword: string, before: string, word: string): CompletionItem[] {
  const { localize } = place.context.engine;
  const at = replacing(place, word, /^[\w-]*/);
  return Object.entries(FLAGS[keyword] ?? {}).flatMap(([name, facts]): CompletionItem[] => {
    if (!facts.isRepeatable && new RegExp(`--${name}(?:[=\\s]|$)`).test(before)) return [];
    const text = FLAG_TEXTS[`${keyword} ${name}`];
    const label = `--${name}`;
    return [
      {
        label,
        kind: CompletionItemKind.Property,
        ...(facts.since ? { detail: localize('since Dockerfile {version}', { version: broughtBy(facts.since) }) } : {}),
        ...(text ? { documentation: say(localize, text) } : {}),
        filterText: label,
        ...at(facts.isValueOptional ? label : `${label}=`),
      },
    ];
  });
}

function valuesOf(place: Place, keyword: string, name: string, value: string): CompletionItem[] | undefined {
  // Stages and images (see images.ts).
  if (name === 'from' || value.includes('$')) return undefined;
  const facts = flagFacts(keyword, name);
  const values =
    name === 'chown' ? userNames(place).map((user) => `${user}:${user}`) : (VALUES[name] ?? facts?.choices ?? []);
  const all = facts?.value === 'boolean' ? ['true', 'false'] : values;
  const at = replacing(place, value);
  return all.map((label, index) => ({
    label,
    kind: CompletionItemKind.Value,
    sortText: String(index).padStart(2, '0'),
    ...at(label),
  }));
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  platform: ['$BUILDPLATFORM', '$TARGETPLATFORM', 'linux/amd64', 'linux/arm64'],
  chmod: ['644', '755', '600', '700'],
  checksum: ['sha256:'],
  interval: ['30s', '1m', '10s'],
  timeout: ['5s', '3s', '30s'],
  'start-period': ['10s', '30s', '1m'],
  'start-interval': ['1s', '5s'],
  retries: ['3', '5'],
};

function mountItems(place: Place, value: string): CompletionItem[] | undefined {
  const { localize } = place.context.engine;
  const done = value.split(',');
  const word = done.pop() ?? '';
  const [, option, written] = /^([a-z]+)=(.*)$/i.exec(word) ?? [];
  const type = done.find((one) => one.startsWith('type='))?.slice('type='.length) ?? 'bind';
  const hasType = done.some((one) => one.startsWith('type='));
  const types = (prefix: string, at: ReturnType<typeof replacing>): CompletionItem[] =>
    Object.entries(MOUNT_TEXTS).map(([name, text]) => ({
      label: prefix + name,
      kind: CompletionItemKind.EnumMember,
      documentation: say(localize, text),
      sortText: `0${prefix}${name}`,
      ...at(prefix + name),
    }));
  if (option === 'type') return types('', replacing(place, written ?? ''));
  const choices = option === 'sharing' ? SHARING : option === 'required' ? ['true', 'false'] : [];
  if (option !== undefined) {
    if (option === 'from') return undefined;
    const at = replacing(place, written ?? '');
    return choices.map((label) => ({ label, kind: CompletionItemKind.EnumMember, ...at(label) }));
  }
  const at = replacing(place, word);
  const used = new Set(done.map((one) => one.replace(/=.*/s, '')));
  const options = (MOUNT_OPTIONS[type] ?? []).filter((name) => !used.has(name));
  return [
    ...(hasType ? [] : types('type=', at)),
    ...options.map((name, index): CompletionItem => {
      const text = MOUNT_OPTION_TEXTS[name];
      return {
        label: name,
        kind: CompletionItemKind.Property,
        sortText: `1${String(index).padStart(2, '0')}`,
        ...(text ? { documentation: say(localize, text) } : {}),
        ...at(/^(?:rw|ro|required)$/.test(name) ? name : `${name}=`),
      };
    }),
  ];
}
