import { l10n } from 'vscode';

/** Formats figures in the user's language. */

export function listText(parts: readonly (string | number)[]): string {
  return parts.join(l10n.t(', '));
}

export function stepCount(count: number): string {
  return count === 1 ? l10n.t('1 step') : l10n.t('{0} steps', count);
}

export function findingCount(count: number): string {
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
}
