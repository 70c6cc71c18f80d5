import { resolve } from 'node:path';
import { format } from '../../engine/format';
import { editorConfigOptions } from '../../project/editorConfig';
import type { Session } from '../session';
import { rewriteFiles } from './rewrite';

/** Shows, prints or writes the files in the usual layout; with --check, fails if that is another one. */
export async function formatFiles(session: Session): Promise<number> {
  let isOther = false;
  const { isSorted } = session.options;
  const code = await rewriteFiles(session, (path, text) => {
    const project = path === '-' ? {} : editorConfigOptions(session.host, resolve(path));
    const after = format(session.engine, text, { sortsPackages: isSorted, ...project });
    isOther ||= after !== text;
    return { after, report: '', json: {} };
  });
  return session.options.isCheck && isOther ? 1 : code;
}
