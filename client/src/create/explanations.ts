import { CodeLens, Disposable, Hover, l10n, languages, type Position, Range, type TextDocument, Uri } from 'vscode';
import type { LineNote } from '../../../server/src/protocol';
import { previewOf } from '../optimize/previewDocuments';
import { DRAFT_SCHEME, type Draft, type Drafts } from './drafts';

const DOCKERFILE = { scheme: DRAFT_SCHEME, language: 'dockerfile' };

/** Why there are the lines of a draft: above them in short, on hover in full. */
export function explainDrafts(drafts: Drafts): Disposable {
  return Disposable.from(
    languages.registerCodeLensProvider(DOCKERFILE, {
      provideCodeLenses: () =>
        drafts.shown ? [...fileLenses(drafts.shown), ...adviceLenses(drafts.shown), ...noteLenses(drafts.shown)] : [],
    }),
    languages.registerHoverProvider(DOCKERFILE, {
      provideHover: (_: TextDocument, { line }: Position) => {
        const note = drafts.shown?.created.notes.find(({ start, end }) => start <= line && line < end);
        return note && new Hover(hoverText(note), new Range(note.start, 0, note.end, 0));
      },
    }),
  );
}

/** What is left to do by hand. A lens without a command is text. */
function adviceLenses({ created }: Draft): CodeLens[] {
  return created.advice.map((title) => new CodeLens(new Range(0, 0, 0, 0), { title, command: '' }));
}

function noteLenses({ created }: Draft): CodeLens[] {
  return created.notes.map(
    ({ start, why, reason }) =>
      new CodeLens(new Range(start, 0, start, 0), { title: why, command: '', ...(reason && { tooltip: reason }) }),
  );
}

/** Other files that are written too: a click shows them. */
function fileLenses({ dockerfile, created }: Draft): CodeLens[] {
  return created.files.map(({ path, before }) => {
    const uri = Uri.joinPath(dockerfile, '..', path);
    const preview = previewOf(uri, DRAFT_SCHEME);
    const command =
      before === undefined
        ? { title: l10n.t('Also creates {0}', path), command: 'vscode.open', arguments: [preview] }
        : { title: l10n.t('Also adds lines to {0}', path), command: 'vscode.diff', arguments: [uri, preview] };
    return new CodeLens(new Range(0, 0, 0, 0), command);
  });
}

function hoverText({ why, reason }: LineNote): string {
  return reason === undefined ? why : `**${why}**\n\n${reason}`;
}
