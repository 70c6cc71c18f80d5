import type { ShownLink, ShownNode, StageGraphResult } from '../../../../server/src/protocol';
import { l10n } from '../l10n';

export type ShownStage = Extract<ShownNode, { readonly kind: 'stage' }>;
export type Taken = ShownLink['takes'][number];

export function nameOf(node: ShownNode | undefined): string {
  if (!node) return '';
  return node.kind === 'stage' && /^\d+$/.test(node.name) ? l10n.t('Stage {0}', node.name) : node.name;
}

/** What is worth knowing of a stage besides its base image. */
export function factsOf(stage: ShownStage): string[] {
  return [
    stage.size ?? l10n.t('size unknown'),
    stage.instructions === 1 ? l10n.t('1 instruction') : l10n.t('{0} instructions', l10n.number(stage.instructions)),
  ];
}

/** Undefined: an ordinary stage that the target needs. */
export function roleOf({ isTarget, isNeeded }: ShownStage): string | undefined {
  if (isTarget) return l10n.t('the image');
  return isNeeded ? undefined : l10n.t('not built');
}

export function takenText({ kind, paths }: Taken): string {
  if (kind === 'base') return l10n.t('base image');
  const what = paths.length === 0 ? '/' : paths.join(' ');
  return kind === 'copy' ? what : l10n.t('{0} (mount)', what);
}

/** A sentence for each thing that one node gives another. */
export function linkText({ nodes }: StageGraphResult, { from, to }: ShownLink, taken: Taken): string {
  return l10n.t('{0} takes from {1}: {2}', nameOf(nodes[to]), nameOf(nodes[from]), takenText(taken));
}
