import { inlineComments } from '../../dockerfile/inlineComments';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-invalid-port',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3011',
      'DS-0008',
      'DS008',
      'AVD-DS-0008',
      'DF040',
      'kics:unix_ports_out_of_range',
      'semgrep:invalid-port',
      'dockerfile-utils:INVALID_PORT',
    ],
    fixable: 'safe',
    messages: {
      range: 'Port `{port}` is out of range: the highest port is 65535',
      syntax: '`{port}` is not a valid port: write 8080, 9000-9010 or 53/udp',
      order: '`{port}` ends before it begins',
      protocol: '`{protocol}` is not a protocol: use tcp, udp or sctp',
      separate: 'Put a blank between the ports',
      swap: 'Swap the ends of the range',
      port: 'Write a port up to 65535, a range or a protocol: `53/udp`',
    },
    advice: { range: 'port', syntax: 'port', order: 'port', protocol: 'port' },
    docs: {
      description: 'Expose valid ports',
      rationale:
        'A port number has 16 bits. Docker rejects a larger number, a range that ends before it starts, and a protocol other than `tcp`, `udp` and `sctp`.',
      fixSafety: { safe: 'the same ports; as it stands the file does not build.' },
      bad: ['FROM debian:12\nEXPOSE 80000\n', 'FROM debian:12\nEXPOSE 80,443\n'],
      good: ['FROM debian:12\nEXPOSE 8080 9000-9010/udp\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#expose'],
    },
  },
  visits: { keywords: ['EXPOSE'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      // The result of a template placeholder is unknown.
      if (/[<%]|\{\{|\}\}|(?<!\$)\{/.test(node.bodyText)) return;
      const comment = inlineComments(dockerfile, node)[0]?.start ?? Number.POSITIVE_INFINITY;
      for (const word of node.args) {
        const text = node.expand(word.text);
        if (text === undefined || text === '' || word.span.start >= comment) continue;
        const [, first = '', last = '', protocol = ''] = /^(?:.*:)?(\d+)(?:-(\d+))?(?:\/(\w*))?$/.exec(text) ?? [];
        const port = [first, last].find((number) => Number(number) > 65535);
        if (first === '') report(word.span, 'syntax', { data: { port: text }, fix: separated(word) });
        else if (port !== undefined) report(word.span, 'range', { data: { port } });
        else if (last !== '' && Number(last) < Number(first))
          report(word.span, 'order', {
            data: { port: text },
            fix: swapped(word, `${first}-${last}`, `${last}-${first}`),
          });
        else if (!/^(?:tcp|udp|sctp)?$/i.test(protocol)) report(word.span, 'protocol', { data: { protocol } });
      }
    },
  }),
});

/** `80,443` → `80 443` */
function separated({ text, span }: Word): FixDraft<'separate'> | undefined {
  if (!/^\d+(?:\/\w+)?(?:,\d+(?:\/\w+)?)*,?$/.test(text) || span.end - span.start !== text.length) return undefined;
  return { title: 'separate', safety: 'safe', edits: [{ span, newText: text.replace(/,$/, '').replaceAll(',', ' ') }] };
}

function swapped({ text, span }: Word, range: string, other: string): FixDraft<'swap'> | undefined {
  if (!text.includes(range) || span.end - span.start !== text.length) return undefined;
  return { title: 'swap', safety: 'safe', edits: [{ span, newText: text.replace(range, other) }] };
}
