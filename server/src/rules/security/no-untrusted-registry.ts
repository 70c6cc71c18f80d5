import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';
import { matchesStars } from '../../text/starPattern';

export default defineRule({
  meta: {
    id: 'no-untrusted-registry',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3026', 'DF065'],
    fixable: 'manual',
    messages: {
      untrusted: '`{registry}` is not a trusted registry',
      other: 'Use an image of a trusted registry, or add this one to the list',
    },
    advice: { untrusted: 'other' },
    docs: {
      description: 'Use only images from trusted registries',
      rationale:
        'Anyone who can push to a registry decides which code runs in your image. List the registries that you trust in the configuration (`trustedRegistries`). Without that list, this rule reports nothing.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM evil.example.org/debian:12\n'],
      good: ['FROM debian:12\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image'],
    },
  },
  visits: { keywords: ['FROM', 'COPY', 'RUN'] },
  create: ({ dockerfile: { stages, text }, settings: { trustedRegistries, contexts }, report }) => {
    if (trustedRegistries.length === 0) return {};
    const check = (reference: string, span: Span): void => {
      const registry = registryOf(reference);
      if (registry === undefined || trustedRegistries.some((trusted) => matches(registry, trusted))) return;
      report(span, 'untrusted', { data: { registry } });
    };
    const names = new Set(stages.flatMap(({ name, index }) => [name ?? '', `${index}`]));
    return {
      instruction(node) {
        if (node.keyword === 'FROM') {
          const base = node.stage?.base;
          const [word] = node.args;
          const reference = word && node.expand(word.text);
          if (word && base?.kind === 'image' && reference !== undefined) check(reference, word.span);
          return;
        }
        if (!/--(?:from|mount)\b/.test(text.slice(node.span.start, node.span.end))) return;
        for (const flag of node.flags) {
          const from = flag.name === 'from' ? flag.value : flag.options.get('from');
          const reference = from === undefined ? undefined : node.expand(from);
          // A name without a registry or tag is a stage, or a context that is named on the command line.
          if (
            reference !== undefined &&
            !names.has(reference.toLowerCase()) &&
            !contexts.has(reference) &&
            /[/:]/.test(reference)
          )
            check(reference, flag.span);
        }
      },
    };
  },
});

/** Docker's rule: the first part is a registry if it contains a dot or a colon, or is `localhost`. */
function registryOf(reference: string): string | undefined {
  const first = reference.split('/')[0] ?? '';
  if (reference === '' || reference.includes('$')) return undefined;
  return reference.includes('/') && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

/** `*` matches any text. */
function matches(registry: string, trusted: string): boolean {
  const pattern = trusted === 'hub.docker.com' ? 'docker.io' : trusted;
  return matchesStars(registry.toLowerCase(), pattern.toLowerCase());
}
