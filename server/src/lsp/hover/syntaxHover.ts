import { broughtBy, flagFacts } from '../../dockerfile/flags';
import type { DockerfileModel, Flag, Instruction } from '../../dockerfile/model';
import type { Localize } from '../../l10n/localize';
import { say } from '../../l10n/phrase';
import { isAt } from '../../text/span';
import { FLAG_TEXTS, MOUNT_OPTION_TEXTS, MOUNT_TEXTS } from '../reference/flagTexts';
import { INSTRUCTIONS, referenceUrl } from '../reference/instructions';
import type { Explanation } from './explanation';

/** What an instruction, a flag, or an option of a mount does. */
export function syntaxHover(
  { text }: DockerfileModel,
  node: Instruction,
  offset: number,
  localize: Localize,
): Explanation | undefined {
  const link = (flag?: string) => `[${localize('Reference')}](${referenceUrl(node.keyword, flag)})`;
  const facts = INSTRUCTIONS[node.keyword];
  if (facts && isAt(node.keywordSpan, offset)) {
    const forms = facts.forms.map((form) => `${node.keyword} ${form}`).join('\n');
    return {
      markdown: [`\`\`\`dockerfile\n${forms}\n\`\`\``, say(localize, facts.purpose), link()].join('\n\n'),
      span: node.keywordSpan,
    };
  }
  const flag = node.flags.find(({ span }) => isAt(span, offset));
  if (!flag) return undefined;
  const nameEnd = flag.span.start + '--'.length + flag.name.length;
  if (flag.name === 'mount' && offset > nameEnd) return mountHover(text, flag, offset, localize);
  const about = FLAG_TEXTS[`${node.keyword} ${flag.name}`];
  if (!about) return undefined;
  const since = flagFacts(node.keyword, flag.name)?.since;
  const version = since ? [localize('since Dockerfile {version}', { version: broughtBy(since) })] : [];
  return {
    markdown: [`**--${flag.name}**`, say(localize, about), [...version, link(flag.name)].join(' · ')].join('\n\n'),
    span: flag.span,
  };
}

/** The option of a mount under the cursor; for `type=cache`, the type. */
function mountHover(
  text: string,
  { span, options }: Flag,
  offset: number,
  localize: Localize,
): Explanation | undefined {
  let start = span.start;
  while (start < span.end) {
    const comma = text.indexOf(',', start);
    const end = comma < 0 || comma > span.end ? span.end : comma;
    if (offset <= end) {
      const part = text.slice(start, end).replace(/^--mount=/, '');
      const [name = '', value = ''] = part.split('=', 2);
      const key = SYNONYMS[name] ?? name;
      const about = key === 'type' ? MOUNT_TEXTS[value] : MOUNT_OPTION_TEXTS[key];
      const known = about && { start: end - part.length, end };
      const type = options.get('type') ?? 'bind';
      const title = key === 'type' ? `--mount=type=${value}` : `${type}: ${name}`;
      return known && { markdown: [`**${title}**`, say(localize, about)].join('\n\n'), span: known };
    }
    start = end + 1;
  }
  return undefined;
}

const SYNONYMS: Readonly<Record<string, string>> = {
  dst: 'target',
  destination: 'target',
  src: 'source',
  readwrite: 'rw',
  readonly: 'ro',
};
