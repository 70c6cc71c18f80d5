import { readPackageJson } from '../../app/packageJson';
import { createSite, siteOfProgram } from '../../app/site';
import { packageStart } from '../../app/start/packageStart';
import { imageStage } from '../../dockerfile/lineage';
import { phrase } from '../../l10n/phrase';
import { settingsOf } from '../split/nodeOutputs';
import { NEXT_SETTINGS, nextStart } from '../split/nodeStart';
import { refuse, type Transform } from '../transform';

/**
 * Next.js can write a server with only the files that it loads. That is a setting of the project, so it stays advice:
 * https://nextjs.org/docs/app/api-reference/config/next-config-js/output (2026-11).
 */
export const nextStandalone: Transform = {
  id: 'next-standalone',
  safety: 'unsafe',
  level: 'recommended',
  propose({ dockerfile, knowledge, buildContext, config }) {
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
    return {
      title: phrase('Run the Next.js server without node_modules'),
      ...refuse(
        '{file} does not set `output: "standalone"`: with it, the image contains only the files that the server loads, not all of node_modules',
        { file },
      ),
    };
  },
};
