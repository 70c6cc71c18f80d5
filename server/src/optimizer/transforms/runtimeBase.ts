import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { phrase } from '../../l10n/phrase';
import { keptWorkdir } from '../keptWorkdir';
import { dotnetRuntime } from '../runtime/dotnet';
import { goRuntime } from '../runtime/go';
import { javaRuntime } from '../runtime/java';
import type { RuntimeFor } from '../runtime/runtime';
import { rustRuntime } from '../runtime/rust';
import { siteOfImage } from '../siteOfImage';
import { isGuard, type Transform } from '../transform';
import { serviceGuard } from './multiStage';

const TITLE = phrase('Run on an image without the toolchain');

const RUNTIMES: readonly RuntimeFor[] = [goRuntime, rustRuntime, javaRuntime, dotnetRuntime];

/** A final stage on a toolchain image that only contains what other stages have built. */
export const runtimeBase: Transform = {
  id: 'runtime-base',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['no-sdk-in-final', 'prefer-slim-base'],
  propose(given) {
    const site = siteOfImage(given);
    if (!site) return undefined;
    const { dockerfile, stage } = site;
    for (const runtimeFor of RUNTIMES) {
      const runtime = runtimeFor(site);
      if (!runtime) continue;
      if (isGuard(runtime)) return { title: TITLE, ...runtime };
      const guard = serviceGuard(site);
      if (guard) return { title: TITLE, ...guard };
      const { image, edits = [], reason, risk } = runtime;
      const lines = [...(runtime.lines ?? []), ...keptWorkdir(stage, image)];
      const eol = lineEndOf(dockerfile);
      const end = stage.from.span.end;
      const added = { span: { start: end, end }, newText: lines.map((line) => eol + line).join('') };
      return {
        title: phrase('Run on {image}', { image }),
        reason,
        risk,
        edits: [
          ...edits,
          { span: stage.from.args[0]?.span ?? stage.from.span, newText: image },
          ...(lines.length > 0 ? [added] : []),
        ],
      };
    }
    return undefined;
  },
};
