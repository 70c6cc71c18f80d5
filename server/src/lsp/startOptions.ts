import type { InitializeParams } from 'vscode-languageserver';
import type { StartOptions } from '../protocol';

/** The valid part of the options that our extension sends at the start: other editors send none or different ones. */
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
