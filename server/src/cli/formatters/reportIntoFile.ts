import { reasonOf } from '../failure';
import type { Session } from '../session';
import { writeAtomically } from '../writeFile';
import type { CreateReporter, LintReporter } from './reporter';

/** Writes a report to a file once it is complete. */
export function reportIntoFile(session: Session, path: string, create: CreateReporter): LintReporter {
  let text = '';
  const reporter = create({
    ...session,
    hasColour: false,
    out: (part) => {
      text += part;
    },
  });
  return {
    file: reporter.file,
    async end() {
      await reporter.end();
      try {
        await writeAtomically(path, text);
      } catch (error) {
        const { localize } = session.engine;
        session.fail(localize('{path}: not written: {reason}', { path, reason: reasonOf(error, localize) }));
      }
    },
  };
}
