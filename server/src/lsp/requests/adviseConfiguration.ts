import { addToConfig } from '../../project/addToConfig';
import { CONFIGURATION_NAMES } from '../../project/fileNames';
import type { AdviceParams, AdviceResult } from '../../protocol';
import { adviceLine } from '../../reports/adviceLine';
import type { Session } from '../session';
import { failed } from './buildable';

/** The document's configuration with the advice of a dropped step; a new one at the top of the workspace if there is none. */
export async function adviseConfiguration(session: Session, { uri, advice }: AdviceParams): Promise<AdviceResult> {
  await session.settled;
  const { configurations, settings, workspace } = session;
  const { localize } = session.engine;
  const file = configurations.fileOf(uri, settings);
  const folder = workspace.topOf(uri) ?? workspace.folderOf(uri);
  const path = file?.path ?? (folder === undefined ? undefined : `${folder}/${CONFIGURATION_NAMES[0]}`);
  if (path === undefined) return failed(localize('There is no folder for a configuration'));
  const isReadable = !file || (file.text !== undefined && !/hadolint\.ya?ml$/i.test(path));
  const after = isReadable ? addToConfig(file?.text ?? '', { section: 'optimize', ...advice }) : undefined;
  if (after === undefined)
    return failed(localize('Add this to the configuration yourself: {line}', { line: adviceLine(advice) }));
  return { ok: true, path, after, ...(file?.text === undefined ? {} : { before: file.text }) };
}
