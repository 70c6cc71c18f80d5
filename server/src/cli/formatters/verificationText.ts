import { type Phrase, phrase, say } from '../../l10n/phrase';
import { adviceLine } from '../../reports/adviceLine';
import { evidenceOf } from '../../reports/evidence';
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
  const heading =
    unproven === undefined
      ? colour.green(localize('Proven with {engine} on {date}', data))
      : colour.red(
          localize('Built with {engine} on {date}, behavior not proven: {reason}', {
            ...data,
            reason: printable(unproven),
          }),
        );
  const figures = rows(before, after, session);
  return [
    heading,
    ...(figures.length > 0 ? [table(figures, [false, true, true])] : []),
    ...(same.length > 0
      ? [localize('The same before and after:'), ...same.map((line) => `  - ${printable(line)}`)]
      : []),
    ...(steps.length > 0 ? [localize('Steps:'), ...steps.flatMap((step) => describe(step, session))] : []),
    '',
  ].join('\n');
}

function rows(before: ImageFacts, after: ImageFacts | undefined, { engine: { localize } }: Session): string[][] {
  const size = ({ bytes }: ImageFacts) => (bytes === undefined ? '–' : exactBytes(bytes));
  const seconds = (milliseconds: number | undefined) =>
    milliseconds === undefined ? '–' : `${(milliseconds / 1000).toFixed(1)} s`;
  const figures: readonly (readonly [string, (facts: ImageFacts) => string])[] = [
    [localize('size'), size],
    [localize('layers'), ({ layers }) => `${layers ?? '–'}`],
    [localize('rebuild'), ({ rebuildMs }) => seconds(rebuildMs)],
    [localize('ready'), ({ readyMs }) => seconds(readyMs)],
    [localize('stop'), ({ stop }) => (stop?.isKilled ? localize('killed') : seconds(stop?.milliseconds))],
    [localize('user'), ({ user }) => (user === undefined ? '–' : isRootUser(user) ? 'root' : user)],
  ];
  const head = ['', localize('before'), ...(after ? [localize('after')] : [])];
  const all = figures.map(([name, of]) => [name, of(before), ...(after ? [of(after)] : [])]);
  // What was not measured would only be dashes.
  const known = all.filter(([, ...cells]) => cells.some((cell) => cell !== '–'));
  return known.length > 0 ? [head, ...known] : [];
}

const STATES: Readonly<Record<VerifiedStep['state'], Phrase>> = {
  proven: phrase('proven'),
  untouched: phrase('not touched by the probe'),
  built: phrase('built, behavior not compared'),
  dropped: phrase('dropped'),
};

function describe(
  { id, title, state, differences = [], advice }: VerifiedStep,
  { engine: { localize } }: Session,
): string[] {
  return [
    `  - ${title} [${id}]: ${say(localize, STATES[state])}`,
    ...differences.map(({ text }) => `    ${printable(text)}`),
    ...evidenceOf(differences).map((line) => `    > ${printable(line)}`),
    ...(advice
      ? [`    ${localize('For next time, add to the configuration: {line}', { line: adviceLine(advice) })}`]
      : []),
  ];
}
