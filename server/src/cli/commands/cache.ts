import { relative, resolve } from 'node:path';
import { ignoreFileOf } from '../../app/ignoreFile';
import { runsAgain, takesPath } from '../../app/runsAgain';
import { parseDockerignore } from '../../engine/dockerignore';
import { createLineIndex } from '../../text/lineIndex';
import { Failure } from '../failure';
import { printJson } from '../formatters/json';
import { portablePath } from '../formatters/reporter';
import { oneDockerfile } from '../oneDockerfile';
import type { Session } from '../session';

/** `cache --changed PATH [Dockerfile]`: what a build runs again when these files change. */
export function cache(session: Session): number {
  const { localize } = session.engine;
  const { changed, format } = session.options;
  if (changed.length === 0) throw new Failure(localize('cache requires --changed <path>'));
  const { path, text } = oneDockerfile(session);
  const options = session.lintOptions(path);
  const { dockerfile } = session.engine.lint(text, options);
  const { buildContext } = options;
  const ignore = buildContext && parseDockerignore(buildContext.read(ignoreFileOf(buildContext)) ?? '');
  const folder = resolve(session.contextFolder(path));
  const paths = changed.map((one) => portablePath(relative(folder, resolve(one))));
  const inContext = paths.filter((one) => !/^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(one));
  const lines = createLineIndex(text);
  const steps = runsAgain(dockerfile, (node) => inContext.some((one) => takesPath(node, one, ignore))).map(
    ({ node, isCertain }) => ({
      line: lines.positionAt(node.span.start).line + 1,
      instruction: text.slice(node.span.start, node.span.end).split(/\r?\n/, 1)[0] ?? '',
      isCertain,
    }),
  );
  if (format === 'json') {
    printJson(session, { version: 1, path: portablePath(path), steps });
    return 0;
  }
  for (const { line, instruction, isCertain } of steps) {
    const note = isCertain ? '' : ` (${localize('if what it copies changes')})`;
    session.out(`${portablePath(path)}:${line} ${instruction}${note}\n`);
  }
  session.out(`${localize('Steps that run again: {count}', { count: steps.length })}\n`);
  return 0;
}
