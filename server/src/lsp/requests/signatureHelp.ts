import {
  type SignatureHelp,
  type SignatureHelpParams,
  SignatureHelpTriggerKind,
  type SignatureInformation,
} from 'vscode-languageserver';
import { say } from '../../l10n/phrase';
import type { Analysis } from '../analyses';
import { placeAt } from '../completion/place';
import type { FeatureContext } from '../featureContext';
import { FLAG_TEXTS } from '../reference/flagTexts';
import { INSTRUCTIONS } from '../reference/instructions';

/** How the instruction at the cursor is written; of a flag, what it does. */
export function signatureHelp(
  analysis: Analysis,
  { position, context: trigger }: SignatureHelpParams,
  context: FeatureContext,
): SignatureHelp | null {
  const { localize } = context.engine;
  const { node, head } = placeAt(analysis, context, analysis.lines.offsetAt(position));
  const facts = node && INSTRUCTIONS[node.keyword];
  if (!node || !facts || !/\s/.test(head)) return null;
  const words = head.slice(node.keyword.length).trimStart().split(/\s+/);
  const flag = /^--([\w-]+)/.exec(words.at(-1) ?? '')?.[1];
  const about = flag === undefined ? undefined : FLAG_TEXTS[`${node.keyword} ${flag}`];
  if (about) {
    const signature: SignatureInformation = { label: `--${flag}`, documentation: say(localize, about) };
    return { signatures: [signature], activeSignature: 0 };
  }
  // Every blank of a shell command is followed by anything at all: there is nothing to tell.
  const isTyped = trigger?.triggerKind === SignatureHelpTriggerKind.TriggerCharacter;
  if (isTyped && /^(?:RUN|CMD|ENTRYPOINT)$/.test(node.keyword) && !words.at(-1)?.startsWith('-')) return null;
  const written = words.filter((word) => !word.startsWith('--')).length - 1;
  const signatures = facts.forms.map((form): SignatureInformation => {
    const label = `${node.keyword} ${form}`;
    const parameters = form.split(' ').map((parameter) => ({ label: parameter }));
    return {
      label,
      documentation: say(localize, facts.purpose),
      parameters,
      activeParameter: Math.max(0, Math.min(written, parameters.length - 1)),
    };
  });
  const isArray = /\s\[/.test(head);
  const active = isArray ? facts.forms.findIndex((form) => form.startsWith('[')) : 0;
  return { signatures, activeSignature: Math.max(0, active) };
}
