import { readPackageJson } from '../../app/packageJson';
import { createSite, siteOfProgram } from '../../app/site';
import { packageStart } from '../../app/start/packageStart';
import { imageStage } from '../../dockerfile/lineage';
import { phrase } from '../../l10n/phrase';
import { escapePattern } from '../../text/pattern';
import type { NewFile } from '../plan';
import { settingsOf } from '../split/nodeOutputs';
import { NEXT_SETTINGS, nextStart } from '../split/nodeStart';
import { isGuard, refuse, type Transform, type TransformSite } from '../transform';
import { withFiles } from '../withFiles';
import { multiStage } from './multiStage';

const TITLE = phrase('Run the Next.js server without node_modules');

/**
 * Next.js can write a server with only the files that it loads:
 * https://nextjs.org/docs/app/api-reference/config/next-config-js/output (2026-11). That is a setting of the project,
 * so below level `all` it stays advice.
 */
export const nextStandalone: Transform = {
  id: 'next-standalone',
  safety: 'unsafe',
  level: 'recommended',
  propose(given) {
    const { dockerfile, knowledge, buildContext, config, level } = given;
    const stage = imageStage(dockerfile);
    const site =
      stage && buildContext && createSite(dockerfile, stage, knowledge, buildContext, config?.settings.services);
    if (!site) return undefined;
    const program = siteOfProgram(site);
    const settings = [...program.copied.files].find(([path]) => NEXT_SETTINGS.test(path));
    if (!settings) return undefined;
    const [path, file] = settings;
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    const json = readPackageJson(program, folder);
    const started = json?.dependencies.has('next') ? packageStart(program, json.scripts) : undefined;
    if (!json || !started || !nextStart(started)) return undefined;
    // `export`, or a name that is set elsewhere.
    if (/\boutput\b/.test(settingsOf({ site: program, folder, json }, /^next\.config\./))) return undefined;
    const before = program.context.read(file);
    const after = before && withStandalone(before);
    const changed = after ? { path: file, before, after } : undefined;
    if (!changed || !isSplitWith(given, changed))
      return {
        title: TITLE,
        ...refuse(
          '{file} does not set `output: "standalone"`: with it, the image contains only the files that the server loads, not all of node_modules',
          { file },
        ),
      };
    if (level !== 'all')
      return {
        title: TITLE,
        ...refuse(
          'level `all` sets `output: "standalone"` in {file}: the image then contains only the files that the server loads, not all of node_modules',
          { file },
        ),
      };
    return {
      title: phrase('Set `output: "standalone"` in {file}', { file }),
      reason: phrase(
        'The build then writes a server with only the files that it loads, and the image does not need all of node_modules.',
      ),
      risk: phrase(
        'A file that the server reads by a name assembled at run time is missing: list it in `outputFileTracingIncludes`.',
      ),
      edits: [],
      files: [changed],
    };
  },
};

/** True if the stages that follow from the changed settings run the standalone server. */
function isSplitWith(given: TransformSite, file: NewFile): boolean {
  const { buildContext } = given;
  const answer =
    buildContext &&
    multiStage.propose({ ...given, buildContext: withFiles(buildContext, new Map([[file.path, file]])) });
  return (
    answer !== undefined && !isGuard(answer) && answer.edits.some(({ newText }) => newText.includes('/standalone'))
  );
}

/** The settings with `output: "standalone"`; undefined unless one plain object is what Next.js reads. */
function withStandalone(settings: string): string | undefined {
  const opened = [
    ...settings.matchAll(
      /^(?:export default|module\.exports[ \t]{0,9}=|(?:const|let|var)[ \t]{1,9}(\w{1,100})[ \t]{0,9}(?::[ \t]{0,9}[\w.]{1,100})?[ \t]{0,9}=)[ \t]{0,9}\{/gm,
    ),
  ].filter(([, name]) => name === undefined || isExported(settings, name));
  const [open] = opened;
  if (!open || opened.length > 1) return undefined;
  const quote = settings.includes('"') || !settings.includes("'") ? '"' : "'";
  const rest = settings.slice(open.index + open[0].length);
  const [, lead = ' '] = /^[ \t]{0,100}(\r?\n[ \t]{0,100})/.exec(rest) ?? [];
  const isEmpty = /^\s{0,100}\}/.test(rest);
  // A line of its own where the others have one.
  const space = isEmpty ? ' ' : lead;
  const property = `${space}output: ${quote}standalone${quote}${isEmpty ? '' : ','}`;
  return (
    settings.slice(0, open.index + open[0].length) + property + (isEmpty ? rest.replace(/^\s{0,100}\}/, ' }') : rest)
  );
}

/** `export default nextConfig`, also behind plugins such as `withMDX(nextConfig)`. */
function isExported(settings: string, name: string): boolean {
  const own = escapePattern(name);
  return new RegExp(
    `^(?:export default|module\\.exports[ \\t]{0,9}=)[ \\t]{0,9}(?:\\w{1,100}\\(){0,5}${own}\\){0,5};?[ \\t]{0,9}$`,
    'm',
  ).test(settings);
}
