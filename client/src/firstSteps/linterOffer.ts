import { ConfigurationTarget, Disposable, type ExtensionContext, extensions, l10n, window, workspace } from 'vscode';
import type { Client } from '../client';
import { reportFailure } from '../reportFailure';
import { OTHER_LINTERS, type Overlap, overlapWith, type Silencing } from './otherLinters';

/** Linters about which the user has already answered. */
const ANSWERED = 'answeredLinters';

/**
 * If another Dockerfile linter is installed, offers to turn off the checks that both have. Asks once per linter, and
 * once per session. Nothing changes without a click, and any answer is final, even a closed message.
 */
export function offerToSilence(
  client: Pick<Client, 'sendRequest' | 'outputChannel'>,
  { globalState }: Pick<ExtensionContext, 'globalState'>,
): Disposable {
  let isAsked = false;
  const offer = async (): Promise<void> => {
    const answered = globalState.get<readonly string[]>(ANSWERED, []);
    const linter = OTHER_LINTERS.find(
      ({ name, extensions: ids }) => !answered.includes(name) && ids.some((id) => extensions.getExtension(id)),
    );
    if (isAsked || !linter || !workspace.getConfiguration('dockerfileOptimizer').get('enable', true)) return;
    isAsked = true;
    const { rules } = await client.sendRequest('dockerfile/rules', undefined);
    const overlap = overlapWith(linter, rules);
    if (!overlap) return;
    await ask(overlap);
    await globalState.update(ANSWERED, [...answered, linter.name]);
  };
  const run = (): void => {
    offer().catch((error: unknown) => reportFailure(client, l10n.t('Turning off duplicate checks'), error));
  };
  run();
  return Disposable.from(extensions.onDidChange(run));
}

async function ask({ linter, rules, aliases }: Overlap): Promise<void> {
  const theirs = linter.silence(aliases).filter(isThere);
  const offTheirs = l10n.t('Turn Off in {0}', linter.name);
  const offOurs = l10n.t('Turn Off Here');
  const keep = l10n.t('Keep Both');
  const answer = await window.showInformationMessage(
    l10n.t(
      '{0} is also installed: it reports the same as {1} rules of Dockerfile Optimizer',
      linter.name,
      rules.length,
    ),
    ...(theirs.length > 0 ? [offTheirs] : []),
    offOurs,
    keep,
  );
  if (answer === offTheirs) for (const one of theirs) await apply(one);
  else if (answer === offOurs) await apply(ourRules(rules));
}

function ourRules(rules: readonly string[]): Silencing {
  const off = Object.fromEntries(rules.map((rule) => [rule, 'off']));
  return {
    section: 'dockerfileOptimizer',
    key: 'rules',
    valueFrom: (current) => ({ ...(typeof current === 'object' ? current : {}), ...off }),
  };
}

/** A setting that no extension contributes cannot be written. */
function isThere({ section, key }: Silencing): boolean {
  return workspace.getConfiguration(section).inspect(key)?.defaultValue !== undefined;
}

/** Changes the user settings, because extensions are installed for the user too. */
async function apply({ section, key, valueFrom }: Silencing): Promise<void> {
  const configuration = workspace.getConfiguration(section);
  const known = configuration.inspect(key);
  await configuration.update(key, valueFrom(known?.globalValue ?? known?.defaultValue), ConfigurationTarget.Global);
}
