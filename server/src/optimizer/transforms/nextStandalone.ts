import { baseFacts } from '../../app/effectiveUser';
import { readPackageJson } from '../../app/packageJson';
import { type Site, siteOfProgram, siteOn } from '../../app/site';
import { type PackageStart, packageStart } from '../../app/start/packageStart';
import { imageStage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import { escapePattern } from '../../text/pattern';
import type { NewFile } from '../plan';
import { type Project, settingsOf } from '../split/nodeOutputs';
import { NEXT_SETTINGS, nextStart } from '../split/nodeStart';
import { standaloneServer } from '../split/standaloneServer';
import { isGuard, refuse, type Transform, type TransformSite } from '../transform';
import { withFiles } from '../withFiles';
import { multiStage } from './multiStage';

const TITLE = phrase('Run the Next.js server without node_modules');
const REASON = phrase(
  'The build writes a server with only the files that it loads. Next to it, the image needs no other packages.',
);
const RISK = phrase(
  'A file that the server reads by a name assembled at run time is missing: list it in `outputFileTracingIncludes`.',
);

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
    const { dockerfile, buildContext, level } = given;
    const stage = imageStage(dockerfile);
    const site = stage && siteOf(given, stage, buildContext);
    if (!site) return undefined;
    const program = siteOfProgram(site);
    const settings = [...program.copied.files].find(([path]) => NEXT_SETTINGS.test(path));
    if (!settings) return undefined;
    const [path, file] = settings;
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    const json = readPackageJson(program, folder);
    const started = json?.dependencies.has('next') ? packageStart(program, json.scripts) : undefined;
    if (!json || !started || !nextStart(started)) return undefined;
    const project: Project = { site: program, folder, json };
    const own = standaloneServer(site, project, started);
    if (own) return { title: TITLE, reason: REASON, risk: RISK, edits: own };
    // `export`, or a name that is set elsewhere.
    if (/\boutput\b/.test(settingsOf(project, /^next\.config\./))) return undefined;
    const before = program.context.read(file);
    const after = before && withStandalone(before);
    const changed = after ? { path: file, before, after } : undefined;
    const edits = changed && serverWith(given, site, changed, { project, started });
    if (!changed || !edits)
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
      reason: REASON,
      risk: RISK,
      edits,
      files: [changed],
    };
  },
};

function siteOf(
  { dockerfile, knowledge, config }: TransformSite,
  stage: Stage,
  buildContext: BuildContext | undefined,
): Site | undefined {
  const facts = baseFacts(stage, knowledge);
  return facts && buildContext && siteOn(facts, dockerfile, stage, knowledge, buildContext, config?.settings.services);
}

/**
 * Edits with which the image runs the standalone server after the settings are changed; none where the steps that
 * follow do it, undefined where nothing does.
 */
function serverWith(
  given: TransformSite,
  site: Site,
  file: NewFile,
  { project, started }: { readonly project: Project; readonly started: PackageStart },
): TextEdit[] | undefined {
  const { buildContext } = given;
  const changed = buildContext && withFiles(buildContext, new Map([[file.path, file]]));
  if (!changed) return undefined;
  const answer = multiStage.propose({ ...given, buildContext: changed });
  if (answer && !isGuard(answer) && answer.edits.some(({ newText }) => newText.includes('/standalone'))) return [];
  const after = siteOf(given, site.stage, changed);
  return after && standaloneServer(after, { ...project, site: siteOfProgram(after) }, started);
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
