import { resolve } from 'node:path';
import type { NewFile } from '../../optimizer/plan';
import { type HostFile, withDockerfile } from '../../project/inline/hostFile';
import { ownersText, rewriteRefusal } from '../../project/inline/wording';
import { fromDockerfile } from '../../project/projectBuilds';
import { createLineIndex } from '../../text/lineIndex';
import type { Session } from '../session';
import type { Rewrite, Rewritten } from './rewritten';

/** The Dockerfiles in a file, each rewritten on its own. */
export function rewriteInside(session: Session, host: HostFile, rewrite: Rewrite): Rewritten {
  const { localize } = session.engine;
  const lines = createLineIndex(host.text);
  const reports: string[] = [];
  const files: NewFile[] = [];
  const dockerfiles: Rewritten['json'][] = [];
  let current = host;
  for (const [index, inline] of host.dockerfiles.entries()) {
    // Of a part of a file, nobody knows what it becomes a part of.
    if (inline.isFragment) continue;
    const line = lines.positionAt(inline.text.whole.start).line + 1;
    const name = ownersText(inline, localize) ?? localize('line {line}', { line });
    const options = session.inlineOptions(host.path, inline);
    const result = inline.holes.length > 0 ? undefined : rewrite(host.path, inline.text.text, options);
    const written = result && withDockerfile(current, index, result.after);
    if (written) {
      current = written;
      files.push(...(result.files ?? []).map((file) => placed(host.path, options.contextFolder, file)));
    }
    const refusal = written ? undefined : rewriteRefusal(inline, localize);
    const report = [result?.report ?? '', refusal === undefined ? '' : `  ${refusal}`].filter((part) => part !== '');
    if (report.length > 0) reports.push([`${name}:`, ...report].join('\n'));
    dockerfiles.push({ name, line, ...result?.json, ...(refusal === undefined ? {} : { error: refusal }) });
  }
  return { after: current.text, files, report: reports.join('\n'), json: { dockerfiles } };
}

function placed(path: string, contextFolder: string | undefined, file: NewFile): NewFile {
  return contextFolder === undefined
    ? file
    : { ...file, path: fromDockerfile(resolve(path), resolve(contextFolder), file.path) };
}
