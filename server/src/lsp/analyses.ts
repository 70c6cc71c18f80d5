import type { TextDocument } from 'vscode-languageserver-textdocument';
import { MAX_LENGTH } from '../dockerfile/limits';
import { type KnownFindings, withoutKnown } from '../engine/baseline';
import type { BuildContext } from '../engine/buildContext';
import type { EffectiveConfig } from '../engine/config';
import type { Engine, LintResult } from '../engine/engine';
import type { ImagePlatforms } from '../engine/imagePlatforms';
import type { ImageScans } from '../engine/imageScans';
import { LintMemory } from '../engine/lintMemory';
import type { MeasuredWaste } from '../engine/measured';
import type { ShellCheck } from '../engine/shellCheck';
import type { Localize } from '../l10n/localize';
import { type HostFile, hostFile } from '../project/inline/hostFile';
import type { InlineDockerfile } from '../project/inline/inlineDockerfile';
import type { HostKind } from '../project/inline/inlineDockerfiles';
import { lintInline } from '../project/inline/lintInline';
import { type LintBuildsOptions, lintBuilds } from '../project/lintBuilds';
import { createLineIndex, type LineIndex } from '../text/lineIndex';
import { linesInHost } from '../text/mappedText';

/** The results for one version of a document. */
export interface Analysis extends LintResult, DocumentContext {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
  /** The date of the results: images reach end of life, and comments expire. */
  readonly today: string | undefined;
  /** Too large, binary or over a limit of the model: not analyzed, and only diagnostic requests get an answer. */
  readonly isSkipped: boolean;
  /** The document holds the Dockerfile: `text` and all offsets are its own, `lines` those of the document. */
  readonly inside?: InsideDocument;
}

export interface InsideDocument {
  readonly host: HostFile;
  readonly index: number;
  readonly inline: InlineDockerfile;
  /** Of the document, for offsets into it. */
  readonly hostLines: LineIndex;
}

export interface DocumentContext {
  readonly config: EffectiveConfig;
  /** The build context; undefined for a document that is not in a folder. */
  readonly contextFolder: string | undefined;
  /** Findings in the project's baseline: they are not shown. */
  readonly known: KnownFindings | undefined;
  readonly buildContext: BuildContext | undefined;
  readonly contextIn: LintBuildsOptions['contextIn'];
  readonly shellCheck: ShellCheck | undefined;
  readonly imageScans: ImageScans;
  readonly imagePlatforms: ImagePlatforms | undefined;
  readonly measured: readonly MeasuredWaste[] | undefined;
}

export interface Analyses {
  get(document: TextDocument, context: () => DocumentContext): Analysis;
  /** Of the Dockerfiles inside the document. */
  inside(
    document: TextDocument,
    kind: HostKind,
    context: (inline: InlineDockerfile) => DocumentContext,
  ): readonly Analysis[];
  drop(uri: string): void;
  dropAll(): void;
}

/** Analyzes each version of a document once, on first use. */
export function createAnalyses(engine: Engine): Analyses {
  const known = new Map<string, Analysis>();
  const inside = new Map<string, { readonly version: number; readonly analyses: readonly Analysis[] }>();
  const memories = new Map<string, LintMemory>();
  return {
    get(document, contextOf) {
      const { uri, version } = document;
      const last = known.get(uri);
      const { today } = engine.knowledge;
      if (last?.version === version && last.today === today) return last;
      const text = document.getText();
      const context = contextOf();
      const isForeign = skippedReason(text, engine.localize) !== undefined;
      const memory = memories.get(uri) ?? new LintMemory();
      memories.set(uri, memory);
      const result = lintBuilds(engine, isForeign ? '' : text, { ...context, memory });
      const isSkipped = isForeign || result.dockerfile.isUnread;
      const [{ findings } = result] = withoutKnown([result], context.known);
      const analysis = {
        uri,
        version,
        text,
        lines: createLineIndex(text),
        isSkipped,
        today,
        ...context,
        ...result,
        findings,
      };
      known.set(uri, analysis);
      return analysis;
    },
    inside(document, kind, contextOf) {
      const { uri, version } = document;
      const last = inside.get(uri);
      if (last?.version === version) return last.analyses;
      const text = document.getText();
      const host = hostFile(uri, text, kind);
      const hostLines = createLineIndex(text);
      const analyses = (host?.dockerfiles ?? []).map((inline, index): Analysis => {
        const context = contextOf(inline);
        return {
          uri,
          version,
          text: inline.text.text,
          lines: linesInHost(inline.text, hostLines),
          isSkipped: false,
          today: engine.knowledge.today,
          ...context,
          ...lintInline(engine, inline, context),
          inside: { host: host as HostFile, index, inline, hostLines },
        };
      });
      const shown = withoutKnown(analyses, analyses[0]?.known);
      inside.set(uri, { version, analyses: shown });
      return shown;
    },
    drop(uri) {
      inside.delete(uri);
      known.delete(uri);
      memories.delete(uri);
    },
    dropAll() {
      inside.clear();
      known.clear();
      memories.clear();
    },
  };
}

/** Why a text is not analyzed; undefined if it is. */
export function skippedReason(text: string, localize: Localize): string | undefined {
  if (text.length > MAX_LENGTH) return localize('Not checked: larger than 1 MB');
  return text.includes('\u0000') ? localize('Not checked: binary content') : undefined;
}
