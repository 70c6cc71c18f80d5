import { baseFacts } from '../../app/effectiveUser';
import { packageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-compile-on-musl',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    messages: {
      compile: '`{name}` has no prebuilt package for Alpine and is compiled here',
    },
    docs: {
      description: 'Use a glibc image for packages built for glibc',
      rationale:
        'Many binary Python packages exist only for glibc. On Alpine, pip compiles them: the build takes minutes, the image needs a compiler, and programs may behave differently.',
      bad: ['FROM python:3.12-alpine\nRUN apk add --no-cache build-base && pip install --no-cache-dir torch\n'],
      good: ['FROM python:3.12-slim\nRUN pip install --no-cache-dir torch\n'],
      references: ['https://peps.python.org/pep-0656/'],
    },
  },
  visits: { tools: ['pip', 'uv'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['pip', 'uv']);
      if (!call || !on.stage || baseFacts(on.stage, knowledge)?.distro !== 'alpine') return;
      for (const { value, span } of call.operands) {
        const name = /^[\w.-]+/.exec(value)?.[0] ?? '';
        if (GLIBC_ONLY.has(name.toLowerCase())) report(span, 'compile', { data: { name } });
      }
    },
  }),
});

/**
 * Packages on PyPI (pypi.org/simple, 2026-11-24) whose newest releases have wheels for manylinux on x86-64, but none
 * for musllinux.
 */
const GLIBC_ONLY: ReadonlySet<string> = new Set([
  'faiss-cpu',
  'jaxlib',
  'onnxruntime',
  'open3d',
  'pygraphviz',
  'ray',
  'tensorflow',
  'torch',
  'torchaudio',
  'torchvision',
]);
