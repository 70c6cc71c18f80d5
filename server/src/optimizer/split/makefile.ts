import { joinPieces } from '../../shell/logicalText';
import { parseShell } from '../../shell/parse';
import type { ShellCommand } from '../../shell/script';

/** Commands that a Makefile target runs, after those of its prerequisites, with simple variables expanded. */
export function commandsOfTarget(makefile: string, target: string | undefined): ShellCommand[] | undefined {
  const rules = rulesOf(makefile);
  const first = target ?? [...rules.keys()].find((name) => !name.startsWith('.'));
  if (first === undefined || !rules.has(first)) return undefined;
  const lines: string[] = [];
  const seen = new Set<string>();
  const follow = (name: string): void => {
    const rule = rules.get(name);
    if (!rule || seen.has(name)) return;
    seen.add(name);
    for (const one of rule.prerequisites) follow(one);
    lines.push(
      ...rule.recipe.map((line) => line.replace(/\$@/g, name).replace(/\$<|\$\^/g, rule.prerequisites.join(' '))),
    );
  };
  follow(first);
  const text = lines.map((line) => line.replace(/^[@+-]+/, '')).join('\n');
  const script = parseShell(joinPieces(text, [{ start: 0, end: text.length }]));
  return script.errors.length > 0 ? undefined : [...script.commands];
}

interface Rule {
  readonly prerequisites: readonly string[];
  readonly recipe: readonly string[];
}

function rulesOf(makefile: string): Map<string, Rule> {
  const variables = new Map<string, string>();
  const rules = new Map<string, { prerequisites: string[]; recipe: string[] }>();
  let current: { prerequisites: string[]; recipe: string[] }[] = [];
  for (const line of makefile.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [name, value] = assignmentIn(line);
    const colon = line.startsWith('#') ? -1 : line.indexOf(':');
    if (line.startsWith('\t')) for (const rule of current) rule.recipe.push(put(line.trim(), variables));
    else if (name !== undefined) variables.set(name, value);
    else if (colon > 0) {
      current = put(line.slice(0, colon), variables)
        .split(/\s+/)
        .filter((target) => target !== '')
        .map((target) => {
          const rule = rules.get(target) ?? { prerequisites: [], recipe: [] };
          rule.prerequisites.push(
            ...put(withoutComment(line.slice(colon + 1)), variables)
              .split(/\s+/)
              .filter(Boolean),
          );
          rules.set(target, rule);
          return rule;
        });
    }
  }
  return rules;
}

/** `NAME := value`; the name is undefined for any other line. */
function assignmentIn(line: string): [name: string | undefined, value: string] {
  const at = line.indexOf('=');
  const name = line
    .slice(0, Math.max(at, 0))
    .replace(/[:?+]{0,2}$/, '')
    .replace(/^export /, '')
    .trim();
  return [/^[\w.-]+$/.test(name) ? name : undefined, withoutComment(line.slice(at + 1)).trim()];
}

function withoutComment(text: string): string {
  return text.split(' #')[0] ?? '';
}

/** Expands variables recursively; function calls stay unchanged. */
function put(text: string, variables: ReadonlyMap<string, string>): string {
  let result = text;
  for (let round = 0; round < 5; round++)
    result = result.replace(/\$[({]([\w.-]+)[)}]/g, (whole, name: string) => variables.get(name) ?? whole);
  return result.replaceAll('$$', '$');
}
