import type { InitializeParams } from 'vscode-languageserver';
import type { StartOptions } from '../protocol';

/** What our extension has told at the start, as far as it is what it should be: other editors tell nothing, or something else. */
export function readStartOptions({ initializationOptions }: InitializeParams) {
  const told: { readonly [Name in keyof StartOptions]?: unknown } = initializationOptions ?? {};
  return {
    isOurExtension: told.isOurExtension === true,
    isTrusted: told.isTrusted === true,
    hasOtherLanguageServer: told.hasOtherLanguageServer === true,
    cacheFolder: textOf(told.cacheFolder),
    bundleFolder: textOf(told.bundleFolder),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
