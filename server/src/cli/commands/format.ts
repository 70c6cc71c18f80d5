import { format } from '../../engine/format';
import type { Session } from '../session';
import { rewriteFiles } from './rewrite';

/** Shows, prints or writes the files in the usual layout; with --check, fails if that is another one. */
export async function formatFiles(session: Session): Promise<number> {
  let isOther = false;
  const code = await rewriteFiles(session, (_, text) => {
    const after = format(session.engine, text);
    isOther ||= after !== text;
    return { after, report: '', json: {} };
  });
  return session.options.isCheck && isOther ? 1 : code;
}
