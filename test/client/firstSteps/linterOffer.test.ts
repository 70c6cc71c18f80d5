import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Memento } from 'vscode';

const installed = new Set<string>();
const settings = new Map<string, unknown>();
const asked: { text: string; buttons: readonly string[] }[] = [];
let answer: (buttons: readonly string[]) => string | undefined = () => undefined;
/** Settings that an extension has. */
const registered = new Set(['hadolint.cliOptions', 'dockerfileOptimizer.rules']);

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 1 },
  Disposable: { from: () => ({ dispose() {} }) },
  extensions: {
    getExtension: (id: string) => (installed.has(id) ? {} : undefined),
    onDidChange: () => ({ dispose() {} }),
  },
  l10n: { t: (text: string, ...data: unknown[]) => text.replace(/\{(\d)\}/g, (_, at) => String(data[Number(at)])) },
  window: {
    showInformationMessage: async (text: string, ...buttons: string[]) => {
      asked.push({ text, buttons });
      return answer(buttons);
    },
    showErrorMessage: async (text: string) => {
      throw new Error(text);
    },
  },
  workspace: {
    getConfiguration: (section: string) => ({
      get: (key: string, fallback: unknown) => settings.get(`${section}.${key}`) ?? fallback,
      inspect: (key: string) => ({
        defaultValue: registered.has(`${section}.${key}`) ? [] : undefined,
        globalValue: settings.get(`${section}.${key}`),
      }),
      update: async (key: string, value: unknown) => void settings.set(`${section}.${key}`, value),
    }),
  },
}));

const RULES = [
  { id: 'no-sudo', aliases: ['DL3004'], description: '', isOn: true },
  { id: 'wasted-bytes', aliases: [], description: '', isOn: true },
];

function memory(): Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, fallback?: unknown) => values.get(key) ?? fallback,
    update: async (key, value) => void values.set(key, value),
  } as Memento;
}

/** One session of the editor. */
async function session(globalState: Memento): Promise<void> {
  const { offerToSilence } = await import('../../../client/src/firstSteps/linterOffer');
  const client = { sendRequest: async () => ({ rules: RULES }), outputChannel: { show() {} } };
  offerToSilence(client as never, { globalState } as never);
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('the offer to switch off what another linter says too', () => {
  beforeEach(() => {
    installed.clear();
    settings.clear();
    asked.length = 0;
    answer = () => undefined;
  });

  it('is not made where there is no other linter, nor where ours is off', async () => {
    await session(memory());
    installed.add('exiasr.hadolint');
    settings.set('dockerfileOptimizer.enable', false);
    await session(memory());
    expect(asked).toEqual([]);
  });

  it('switches off ours on a click, and keeps what the user has set', async () => {
    installed.add('exiasr.hadolint');
    settings.set('dockerfileOptimizer.rules', { DL3059: 'off' });
    answer = () => 'Turn Off Here';
    await session(memory());
    expect(settings.get('dockerfileOptimizer.rules')).toEqual({ DL3059: 'off', 'no-sudo': 'off' });
  });

  it('switches off theirs on a click', async () => {
    installed.add('exiasr.hadolint');
    answer = () => 'Turn Off in hadolint';
    await session(memory());
    expect(settings.get('hadolint.cliOptions')).toEqual(['--ignore=DL3004']);
    expect(settings.get('dockerfileOptimizer.rules')).toBeUndefined();
  });

  it.each([undefined, 'Keep Both'])('changes nothing by %s, and never comes back', async (given) => {
    installed.add('exiasr.hadolint');
    answer = () => given;
    const state = memory();
    await session(state);
    await session(state);
    expect(asked).toHaveLength(1);
    expect([...settings]).toEqual([]);
  });

  it('has no button for settings that the other one lacks', async () => {
    installed.add('exiasr.hadolint');
    registered.delete('hadolint.cliOptions');
    await session(memory());
    registered.add('hadolint.cliOptions');
    expect(asked[0]?.buttons).toEqual(['Turn Off Here', 'Keep Both']);
  });
});
