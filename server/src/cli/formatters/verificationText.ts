import { adviceLine } from '../../reports/adviceLine';
import type { ImageFacts, Verification, VerifiedStep } from '../../reports/verification';
import { exactBytes } from '../../text/byteText';
import { isRootUser } from '../../verify/rootUser';
import { createColour } from '../colour';
import type { Session } from '../session';
import { printable } from '../terminalText';
import { table } from './table';

/** A verification for a terminal: figures, what is alike, and the steps that were dropped. */
export function verificationText(session: Session, verification: Verification): string {
  const { localize } = session.engine;
  const colour = createColour(session.hasColour);
  const { engine, verifiedAt, before, after, same, steps, unproven } = verification;
  const data = { engine, date: verifiedAt.slice(0, 10) };
  const dropped = steps.filter(({ state }) => state === 'dropped');
  const heading =
    unproven === undefined
      ? colour.green(localize('Proven with {engine} on {date}', data))
      : colour.red(
          localize('Built with {engine} on {date}, behavior not proven: {reason}', {
            ...data,
            reason: printable(unproven),
          }),
        );
  return [
    heading,
    table(rows(before, after, session), [false, true, true]),
    ...(same.length > 0
      ? [localize('The same before and after:'), ...same.map((line) => `  - ${printable(line)}`)]
      : []),
    ...(dropped.length > 0 ? [localize('Dropped steps:'), ...dropped.flatMap((step) => describe(step, session))] : []),
    '',
  ].join('\n');
}

function rows(before: ImageFacts, after: ImageFacts | undefined, { engine: { localize } }: Session): string[][] {
  const size = ({ bytes }: ImageFacts) => (bytes === undefined ? '–' : exactBytes(bytes));
  const rebuild = ({ rebuildMs }: ImageFacts) => (rebuildMs === undefined ? '–' : `${(rebuildMs / 1000).toFixed(1)} s`);
  const figures: readonly (readonly [string, (facts: ImageFacts) => string])[] = [
    [localize('size'), size],
    [localize('layers'), ({ layers }) => `${layers ?? '–'}`],
    [localize('rebuild'), rebuild],
    [localize('user'), ({ user }) => (user === undefined ? '–' : isRootUser(user) ? 'root' : user)],
  ];
  const head = ['', localize('before'), ...(after ? [localize('after')] : [])];
  return [head, ...figures.map(([name, of]) => [name, of(before), ...(after ? [of(after)] : [])])];
}

function describe({ id, title, differences = [], advice }: VerifiedStep, { engine: { localize } }: Session): string[] {
  return [
    `  - ${title} [${id}]`,
    ...differences.map(({ text }) => `    ${printable(text)}`),
    ...[...new Set(differences.flatMap(({ cause }) => cause?.line ?? []))].map((line) => `    > ${printable(line)}`),
    ...(advice
      ? [`    ${localize('For the next plan, add to the configuration: {line}', { line: adviceLine(advice) })}`]
      : []),
  ];
}
