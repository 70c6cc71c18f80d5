import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import type { ImageReference } from '../../dockerfile/model';
import { newestPatch } from '../../reports/newestPatch';
import { spansMeet } from '../../text/span';
import type { Analysis } from '../analyses';
import { toSpan } from '../convert';
import type { RegistryLookups } from '../registryLookups';
import type { Session } from '../session';
import { wantsKind } from './kinds';
import { workspaceEdit } from './workspaceEdit';

/** Pins and updates of the images in the range, as far as registries have answered. */
export function registryActions(
  session: Session,
  analysis: Analysis,
  params: CodeActionParams,
  lookups: RegistryLookups,
): CodeAction[] {
  if (!wantsKind(params.context.only, CodeActionKind.QuickFix)) return [];
  const range = toSpan(analysis.lines, params.range);
  return analysis.dockerfile.stages.flatMap(({ from, base }) => {
    if (base.kind !== 'image' || !base.image.isLiteral) return [];
    return spansMeet(from.span, range) ? actionsFor(session, analysis, base.image, lookups) : [];
  });
}

function actionsFor(
  session: Session,
  analysis: Analysis,
  image: ImageReference,
  lookups: RegistryLookups,
): CodeAction[] {
  const { image: remote, tags = [] } = lookups.of(image);
  const { localize } = session.engine;
  const { tag, digest, span } = image;
  const action = (title: string, newText: string): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    edit: workspaceEdit(session, analysis, [{ span, newText }]),
  });
  const written = analysis.text.slice(span.start, span.end).replace(/@.*/, '');
  const actions: CodeAction[] = [];
  if (remote && digest === undefined)
    actions.push(action(localize('Pin {image} to its digest', { image: written }), `${written}@${remote.digest}`));
  const newest = tag === undefined ? undefined : newestPatch(tag, tags);
  if (tag !== undefined && newest !== undefined) {
    const { digest: _, ...moved } = { ...image, tag: newest };
    const pinned = digest === undefined ? undefined : lookups.of(moved).image;
    // A digest belongs to one tag: wait until the digest of the new tag is known.
    if (digest !== undefined && !pinned) lookups.wantImage(moved);
    else
      actions.push(
        action(
          localize('Update to {tag}', { tag: newest }),
          written.slice(0, -tag.length) + newest + (pinned === undefined ? '' : `@${pinned.digest}`),
        ),
      );
  }
  return actions;
}
