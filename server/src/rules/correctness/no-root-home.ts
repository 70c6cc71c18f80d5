import { effectiveUser } from '../../app/effectiveUser';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-root-home',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      unreadable: '`{user}` cannot read {path}: only root can enter `/root`',
      move: 'Put it in a folder that every user can read, such as `/app` or `/opt/venv`',
    },
    docs: {
      description: 'Do not start another user from files in the home directory of root',
      rationale:
        'In all common base images, only root can enter `/root` (mode 700). A container that runs as another user does not find what `pip install --user` and other installers put there, and the start fails.',
      fixSafety: { manual: 'the steps that put the files there have to change too.' },
      bad: [
        'FROM python:3.13-slim\nCOPY --from=builder /root/.local /root/.local\nENV PATH=/root/.local/bin:$PATH\nUSER 1000\nCMD ["gunicorn", "app:app"]\n',
        'FROM debian:12\nWORKDIR /root/app\nCOPY app .\nUSER nobody\nCMD ["./app"]\n',
      ],
      good: [
        'FROM python:3.13-slim\nCOPY --from=builder /opt/venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\nUSER 1000\nCMD ["gunicorn", "app:app"]\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
  },
  create: ({ dockerfile, knowledge, report }) => ({
    file() {
      const stage = dockerfile.stages.at(-1);
      const { name: user, isRoot, setBy } = stage ? effectiveUser(stage, knowledge) : {};
      if (!stage || user === undefined || isRoot !== false || !setBy) return;
      const nodes = inheritedInstructions(stage);
      if (nodes.some(opensHome)) return;
      for (const { path, span } of [...startedFrom(nodes), ...foundThrough(nodes)])
        if (/^\/root(?:\/|$)/.test(path))
          report(span, 'unreadable', { data: { user, path: `\`${path}\`` }, fix: { title: 'move', safety: 'manual' } });
    },
  }),
});

interface Place {
  readonly path: string;
  readonly span: Span;
}

/** True if others may enter `/root` after it. */
function opensHome({ keyword, flags, args, bodyText }: Instruction): boolean {
  if (flags.some(({ name }) => name === 'chmod' || name === 'chown'))
    return /^\/root\/?$/.test(args.at(-1)?.value ?? '');
  return keyword === 'RUN' && /\bch(?:mod|own)\b|\bsetfacl\b|\busermod\b/.test(bodyText) && /\/root\b|~/.test(bodyText);
}

/** The working directory and the programs that a container starts. */
function startedFrom(nodes: readonly Instruction[]): Place[] {
  const words = [
    nodes.findLast(({ keyword }) => keyword === 'WORKDIR')?.args[0],
    ...['ENTRYPOINT', 'CMD'].map(
      (keyword) => nodes.findLast((node) => node.keyword === keyword && node.form === 'exec')?.args[0],
    ),
  ];
  return words.flatMap((word) => (word ? [{ path: word.value, span: word.span }] : []));
}

/** The folders of PATH that a COPY fills. */
function foundThrough(nodes: readonly Instruction[]): Place[] {
  const copied = nodes
    .filter(({ keyword }) => keyword === 'COPY')
    .map(({ args }) => (args.at(-1)?.value ?? '').replace(/\/$/, ''))
    .filter((target) => target.startsWith('/root/'));
  return nodes
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ pairs }) => pairs.filter(({ name }) => name === 'PATH'))
    .flatMap(({ value, nameSpan }) => (value ?? '').split(':').map((path) => ({ path, span: nameSpan })))
    .filter(({ path }) => copied.some((target) => path.startsWith(target)));
}
