import { addToConfig } from '../../project/addToConfig';
import { CONFIGURATION_NAMES } from '../../project/fileNames';
import type { AdviceParams, AdviceResult } from '../../protocol';
import { adviceLine } from '../../reports/adviceLine';
import type { Session } from '../session';
import { failed } from './buildable';

/** The document's configuration with one more entry; a new one at the top of the workspace if there is none. */
export async function adviseConfiguration(session: Session, { uri, advice }: AdviceParams): Promise<AdviceResult> {
  await session.settled;
  const { configurations, settings, workspace } = session;
  const { localize } = session.engine;
  const file = configurations.fileOf(uri, settings);
  const folder = workspace.topOf(uri) ?? workspace.folderOf(uri);
  const path = file?.path ?? (folder === undefined ? undefined : `${folder}/${CONFIGURATION_NAMES[0]}`);
  if (path === undefined) return failed(localize('There is no folder for a configuration'));
  const isReadable = !file || (file.text !== undefined && !/hadolint\.ya?ml$/i.test(path));
  const after = isReadable ? addToConfig(file?.text ?? '', entryOf(advice)) : undefined;
  if (after === undefined)
    return failed(
      localize('Add this to the configuration yourself: {line}', {
        line: 'ruleOff' in advice ? `rules: { ${advice.ruleOff}: off }` : adviceLine(advice),
      }),
    );
  return { ok: true, path, after, ...(file?.text === undefined ? {} : { before: file.text }) };
}

function entryOf(advice: AdviceParams['advice']): Parameters<typeof addToConfig>[1] {
  if ('ruleOff' in advice) return { section: 'rules', key: advice.ruleOff, value: 'off', isSingle: true };
  return { section: 'optimize', ...advice };
}
