import { parseDocument } from 'yaml';
import { recordOf } from '../../text/jsonValue';
import { type Known, type NamedBuild, NO_PART, present, toNamedBuild } from './buildPart';

/** The build of a devcontainer.json: https://containers.dev/implementors/json_reference/ (2026-11) */
export function devcontainerBuilds(name: string, text: string): readonly NamedBuild[] {
  const content = contentOf(text);
  const build = recordOf(content?.['build']);
  // The names of the first versions stand outside of `build`.
  const dockerfile = known(build?.['dockerfile'] ?? content?.['dockerFile']);
  if (dockerfile === undefined || dockerfile === null) return [];
  const context = known(build?.['context'] ?? content?.['context']) ?? '.';
  const args = Object.entries(recordOf(build?.['args']) ?? {});
  const named = toNamedBuild(
    {
      ...NO_PART,
      context,
      ...present('target', known(build?.['target'])),
      args: new Map(args.map(([key, value]) => [key, known(value) ?? null])),
    },
    { kind: 'devcontainer', name },
  );
  // Relative to the file, not to the context.
  return named ? [{ ...named, dockerfile, isBesideFile: true }] : [];
}

/** Null: the editor puts in a value, such as `${localEnv:TAG}`. */
function known(value: unknown): Known | undefined {
  if (typeof value !== 'string') return value === undefined ? undefined : null;
  return value.includes('${') ? null : value;
}

/** JSON with comments and commas after the last entry is YAML, once the comments are blank. */
function contentOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document = parseDocument(withoutComments(text), { prettyErrors: false, logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : recordOf(document.toJS());
  } catch {
    return undefined;
  }
}

function withoutComments(text: string): string {
  let result = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (isQuoted && two[0] === '\\') {
      result += two;
      at++;
    } else if (!isQuoted && (two === '//' || two === '/*')) {
      const end = text.indexOf(two === '//' ? '\n' : '*/', at);
      at = end < 0 ? text.length : two === '//' ? end - 1 : end + 1;
    } else {
      if (two[0] === '"') isQuoted = !isQuoted;
      result += two[0] === '\t' ? ' ' : two[0];
    }
  }
  return result;
}
