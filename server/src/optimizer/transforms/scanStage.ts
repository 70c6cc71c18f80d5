import { baseFacts } from '../../app/effectiveUser';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import { hasNoPackages } from '../../knowledge/packageArchive';
import { phrase } from '../../l10n/phrase';
import { insertion } from '../../text/edits';
import { aptInstall, freeStageName, sourceOf } from '../split/compose';
import { refuse, type Transform } from '../transform';

const SCANNERS = ['trivy', 'grype', 'syft', 'clairctl', 'clair-scanner', 'snyk', 'docker-scout'];
const TITLE = phrase('Scan in a separate stage');

/** A scanner examines the image and is not part of it: it moves into a stage that only `--target scan` builds. */
export const scanStage: Transform = {
  id: 'scan-stage',
  safety: 'unsafe',
  level: 'recommended',
  propose({ dockerfile, knowledge, config, comment }) {
    const stage = dockerfile.stages.at(-1);
    if (!stage || config?.settings.targetStage !== undefined || dockerfile.errors.length > 0) return undefined;
    const scans = stage.instructions.filter(isScan);
    if (scans.length === 0) return undefined;
    const mixed = stage.instructions.find((node) => node.keyword === 'RUN' && mentionsScanner(node) && !isScan(node));
    if (mixed)
      return {
        title: TITLE,
        ...refuse('a RUN does more than install or call the scanner: move the rest to a separate RUN'),
      };
    const starts = stage.instructions.some(
      (node) => ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(node.keyword) && mentionsScanner(node),
    );
    if (starts || stage.instructions.some(({ keyword }) => keyword === 'ONBUILD'))
      return { title: TITLE, ...refuse('the container itself runs the scanner') };
    const { text } = dockerfile;
    const eol = lineEndOf(dockerfile);
    const name = stage.name ?? freeStageName(dockerfile, 'app');
    const scan = [
      ...comment(phrase('Only built with --target scan')),
      `FROM ${name} AS ${freeStageName(dockerfile, 'scan')}`,
      'USER root',
      ...toolsFor(dockerfile, scans, knowledge, stage),
      ...scans.map((node) => sourceOf(dockerfile, node)),
    ];
    const end = (stage.instructions.at(-1) ?? stage.from).span.end;
    const edits = [
      ...(stage.name === undefined ? [insertion(stage.from.span.end, ` AS ${name}`)] : []),
      ...scans.map((node) => {
        const start = startWithComments(text, node.span.start);
        const after = /^[ \t]*\r?\n/.exec(text.slice(node.span.end))?.[0].length ?? 0;
        return { span: { start, end: node.span.end + after }, newText: '' };
      }),
    ];
    const last = edits.at(-1);
    const tail = `${eol}${eol}${scan.join(eol)}${eol}${eol}FROM ${name}`;
    if (last && last.span.end >= end)
      edits[edits.length - 1] = { span: last.span, newText: `${tail.slice(eol.length)}${eol}` };
    else edits.push({ span: { start: end, end }, newText: tail });
    return {
      title: phrase('Scan in a separate stage: build it with `--target scan`'),
      reason: phrase(
        'A scanner and its database take several hundred megabytes, and nothing runs them in the container. In a separate stage, the scanner scans the same files and stays out of the image.',
      ),
      risk: phrase('The scan no longer runs with every build: run `docker build --target scan .` in CI.'),
      edits,
    };
  },
};

/** Tools to download the scanner with: the image may no longer have them. */
function toolsFor(
  dockerfile: DockerfileModel,
  scans: readonly Instruction[],
  knowledge: KnowledgeBase,
  stage: Stage,
): string[] {
  const facts = baseFacts(stage, knowledge);
  if ((facts?.distro !== 'debian' && facts?.distro !== 'ubuntu') || hasNoPackages(facts)) return [];
  const called = new Set(scans.flatMap(({ script }) => script?.commands.map(({ name }) => name) ?? []));
  const tools = ['curl', 'wget'].filter((name) => called.has(name));
  return tools.length === 0 ? [] : [aptInstall(dockerfile, [...tools, 'ca-certificates'])];
}

function mentionsScanner(node: Instruction): boolean {
  const text =
    node.args.map(({ text }) => text).join(' ') +
    (node.script?.commands ?? []).flatMap(({ words }) => words.map(({ value }) => ` ${value}`)).join('');
  return (
    SCANNERS.some((name) => new RegExp(`(?:^|[\\s/"'=])${name}(?:$|[\\s/"'._-])`).test(text)) ||
    /aquasecurity|anchore\/grype/.test(text)
  );
}

/** True if a RUN installs or calls a scanner, and does nothing else for the image. */
function isScan(node: Instruction): boolean {
  if (node.keyword === 'COPY')
    return node.flags.some(
      ({ name, value }) => name === 'from' && /(?:^|\/)(?:trivy|grype|syft)(?::|$)/.test(value ?? ''),
    );
  if (node.keyword !== 'RUN' || !mentionsScanner(node)) return false;
  const commands = node.script?.commands ?? [];
  return (
    commands.length > 0 &&
    commands.every(
      ({ name, words }) =>
        SCANNERS.includes(name) ||
        /^(?:curl|wget|tar|rm|mv|chmod|install|sh|bash|gpg|echo|tee|dpkg|set|export)$/.test(name) ||
        (/^(?:apt-get|apt|apk)$/.test(name) &&
          words.every(
            ({ value }) =>
              !/^[a-z]/.test(value) ||
              /^(?:apt-get|apt|apk|update|install|add|clean|wget|curl|gnupg|ca-certificates|lsb-release|apt-transport-https|trivy|grype|syft|no-cache)$/.test(
                value,
              ),
          )),
    )
  );
}
