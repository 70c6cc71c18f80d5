import { effectiveUser } from '../../app/effectiveUser';
import { inheritedInstructions } from '../../dockerfile/lineage';
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
      const opens = nodes.some(
        ({ keyword, bodyText }) =>
          keyword === 'RUN' &&
          /\bch(?:mod|own)\b|\bsetfacl\b|\busermod\b/.test(bodyText) &&
          /\/root\b|~/.test(bodyText),
      );
      if (
        opens ||
        nodes.some(
          ({ flags, args }) =>
            flags.some(({ name }) => name === 'chmod' || name === 'chown') &&
            /^\/root\/?$/.test(args.at(-1)?.value ?? ''),
        )
      )
        return;
      const check = (path: string | undefined, span: Span): void => {
        if (path !== undefined && /^\/root(?:\/|$)/.test(path))
          report(span, 'unreadable', { data: { user, path: `\`${path}\`` }, fix: { title: 'move', safety: 'manual' } });
      };
      const workdir = nodes.findLast(({ keyword }) => keyword === 'WORKDIR')?.args[0];
      if (workdir) check(workdir.value, workdir.span);
      for (const keyword of ['ENTRYPOINT', 'CMD']) {
        const program = nodes.findLast((node) => node.keyword === keyword && node.form === 'exec')?.args[0];
        if (program) check(program.value, program.span);
      }
      const copied = nodes.filter(({ keyword }) => keyword === 'COPY').map(({ args }) => args.at(-1)?.value ?? '');
      for (const { pairs } of nodes.filter(({ keyword }) => keyword === 'ENV'))
        for (const { name, value, nameSpan } of pairs)
          if (name === 'PATH')
            for (const path of (value ?? '').split(':'))
              if (copied.some((target) => /^\/root\/./.test(target) && path.startsWith(target.replace(/\/$/, ''))))
                check(path, nameSpan);
    },
  }),
});
