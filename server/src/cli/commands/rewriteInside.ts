import { resolve } from 'node:path';
import type { NewFile } from '../../optimizer/plan';
import type { HostFile } from '../../project/inline/hostFile';
import { rewriteParts } from '../../project/inline/rewriteParts';
import { fromDockerfile } from '../../project/projectBuilds';
import type { Session } from '../session';
import type { Rewrite, Rewritten } from './rewritten';

/** The Dockerfiles in a file, each rewritten on its own. */
export function rewriteInside(session: Session, host: HostFile, rewrite: Rewrite): Rewritten {
  const { after, parts } = rewriteParts(host, session.engine.localize, (inline) => {
    const { contextFolder, ...options } = session.inlineOptions(host.path, inline);
    const result = rewrite(host.path, inline.text.text, options);
    return { ...result, files: result.files?.map((file) => placed(host.path, contextFolder, file)) ?? [] };
  });
  const reports = parts.flatMap(({ name, result, refusal }) => {
    const report = [result?.report ?? '', refusal === undefined ? '' : `  ${refusal}`].filter((part) => part !== '');
    return report.length > 0 ? [[`${name}:`, ...report].join('\n')] : [];
  });
  const dockerfiles = parts.map(({ name, line, result, refusal }) => ({
    name,
    line,
    ...result?.json,
    ...(refusal === undefined ? {} : { error: refusal }),
  }));
  return {
    after,
    files: parts.flatMap(({ result, refusal }) => (refusal === undefined ? (result?.files ?? []) : [])),
    report: reports.join('\n'),
    json: { dockerfiles },
  };
}

function placed(path: string, contextFolder: string | undefined, file: NewFile): NewFile {
  return contextFolder === undefined
    ? file
    : { ...file, path: fromDockerfile(resolve(path), resolve(contextFolder), file.path) };
}
