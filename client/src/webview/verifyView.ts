import type { ImageFacts, Verification, VerifiedStep, VerifyReport } from '../../../server/src/protocol';
import { adviceLine } from '../../../server/src/reports/adviceLine';
import { evidenceOf } from '../../../server/src/reports/evidence';
import { exactBytes } from '../../../server/src/text/byteText';
import { outcomeText, stateText } from '../optimize/verifiedSteps';
import { element } from './element';
import { l10n } from './l10n';
import { pageHeader, type View } from './view';

/** Without USER, an image runs as root. */
const ROOT = /^(?:0|root)?(?=:|$)/;

/** What building and running an image before and after a plan has shown. */
export function verifyView({ name, verification }: VerifyReport): View {
  const title = l10n.t('Verified: {0}', name);
  const { engine, verifiedAt, same, steps } = verification;
  return {
    title,
    body: element(
      'main',
      { class: 'verify' },
      pageHeader(title, [engine, l10n.date(verifiedAt), l10n.t('Images built: {0}', l10n.number(verification.builds))]),
      outcome(verification),
      figures(verification),
      ...section(l10n.t('Steps'), steps.length > 0 ? stepTable(steps) : undefined),
      ...section(l10n.t('The same before and after'), same.length > 0 ? list(same) : undefined),
    ),
  };
}

function section(title: string, body: HTMLElement | undefined): HTMLElement[] {
  return body ? [element('h2', {}, title), body] : [];
}

function list(lines: readonly string[]): HTMLElement {
  return element('ul', { class: 'notes-list' }, ...lines.map((line) => element('li', {}, line)));
}

function outcome(verification: Verification): HTMLElement {
  const { unproven, after } = verification;
  const mark = unproven !== undefined ? 'worse' : after ? 'better' : undefined;
  return element('p', mark === undefined ? {} : { class: mark }, outcomeText(verification, l10n));
}

function figures({ before, after }: Verification): HTMLElement {
  const images = [before, ...(after ? [after] : [])];
  const rows: readonly (readonly [string, (facts: ImageFacts) => string | undefined])[] = [
    [l10n.t('Image size'), ({ bytes }) => (bytes === undefined ? undefined : exactBytes(bytes))],
    [l10n.t('Layers'), ({ layers }) => (layers === undefined ? undefined : l10n.number(layers))],
    [l10n.t('Build'), ({ buildMs }) => seconds(buildMs)],
    [
      l10n.t('Rebuild after a source change'),
      ({ rebuildMs }) => (rebuildMs === undefined ? undefined : seconds(rebuildMs)),
    ],
    [l10n.t('Time until ready'), ({ readyMs }) => (readyMs === undefined ? undefined : seconds(readyMs))],
    [l10n.t('Stops on SIGTERM'), ({ stop }) => stop && (stop.isKilled ? l10n.t('killed') : seconds(stop.milliseconds))],
    [l10n.t('User'), ({ user }) => user?.replace(ROOT, 'root')],
  ];
  const heads = [l10n.t('Before'), l10n.t('Optimized')].slice(0, images.length);
  return element(
    'table',
    { class: 'comparison' },
    element(
      'thead',
      {},
      element('tr', {}, element('td'), ...heads.map((text) => element('th', { scope: 'col' }, text))),
    ),
    element(
      'tbody',
      {},
      ...rows.map(([label, of]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, label),
          ...images.map((facts) => element('td', {}, of(facts) ?? '–')),
        ),
      ),
    ),
  );
}

function seconds(milliseconds: number): string {
  return l10n.t('{0} s', (milliseconds / 1000).toFixed(1));
}

function stepTable(steps: readonly VerifiedStep[]): HTMLElement {
  const head = [l10n.t('Step'), l10n.t('Result')].map((text) => element('th', { scope: 'col' }, text));
  return element(
    'table',
    { class: 'plain' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...steps.map(stepRow)),
  );
}

function stepRow(step: VerifiedStep): HTMLElement {
  const { id, title } = step;
  return element(
    'tr',
    {},
    element('td', {}, title, ' ', element('code', { class: 'quiet' }, id)),
    element('td', {}, ...result(step)),
  );
}

function result(step: VerifiedStep): HTMLElement[] {
  const { state, differences = [], advice } = step;
  if (state !== 'dropped')
    return [element('span', { class: state === 'proven' ? 'better' : 'quiet' }, stateText(step, true, l10n))];
  return [
    ...differences.map(({ text }) => element('div', { class: 'worse' }, l10n.t('dropped: {0}', text))),
    ...evidenceOf(differences).map((line) => element('div', {}, element('code', {}, line))),
    ...(advice
      ? [
          element(
            'div',
            { class: 'quiet' },
            `${l10n.t('For next time, add to the configuration:')} `,
            element('code', {}, adviceLine(advice)),
          ),
        ]
      : []),
  ];
}
