import type { GraphReport, ShownLink, StageGraphResult } from '../../../../server/src/protocol';
import { isInEditor, tellEditor } from '../editor';
import { button, element } from '../element';
import { l10n } from '../l10n';
import { pageHeader, type View } from '../view';
import { drawGraph } from './drawGraph';
import { factsOf, nameOf, roleOf, takenText } from './graphTexts';

/** The stages of a Dockerfile, drawn and as a list that says the same. */
export function graphView({ name, graph }: GraphReport): View {
  const title = l10n.t('Stages: {0}', name);
  const jump = (line: number): void => tellEditor({ type: 'jump', line });
  const drawing = drawGraph(graph, isInEditor ? jump : undefined);
  // It shrinks to the width of the page as long as it can be read.
  drawing.style.minWidth = `${0.7 * drawing.width.baseVal.value}px`;
  const stages = graph.nodes.filter(({ kind }) => kind === 'stage').length;
  const dead = graph.nodes.filter((node) => node.kind === 'stage' && !node.isNeeded).length;
  const facts = [
    stages === 1 ? l10n.t('1 stage') : l10n.t('{0} stages', l10n.number(stages)),
    dead > 0 ? l10n.t('{0} not built', l10n.number(dead)) : '',
  ];
  return {
    title,
    body: element(
      'main',
      { class: 'graph' },
      pageHeader(title, facts, () => new XMLSerializer().serializeToString(drawing)),
      element('div', { class: 'drawing', tabindex: 0, role: 'region', 'aria-label': l10n.t('Graph') }, drawing),
      element('h2', {}, l10n.t('As a list')),
      list(graph, jump),
    ),
  };
}

function list(graph: StageGraphResult, jump: (line: number) => void): HTMLElement {
  const place = (text: string, line: number): HTMLElement =>
    isInEditor ? button(text, { class: 'link' }, () => jump(line)) : element('span', {}, text);
  const given = (link: ShownLink): HTMLElement[] =>
    link.takes.map((taken) =>
      element(
        'li',
        {},
        `${l10n.t('takes from {0}:', nameOf(graph.nodes[link.from]))} `,
        place(takenText(taken), taken.line),
        ` (${l10n.t('line {0}', taken.line + 1)})`,
      ),
    );
  const items = graph.nodes.flatMap((node, index) => {
    if (node.kind === 'other') return [];
    const taken = graph.links.filter(({ to }) => to === index).flatMap(given);
    const role = roleOf(node);
    return [
      element(
        'li',
        {},
        place(nameOf(node), node.line),
        ` — ${[...(role === undefined ? [] : [role]), node.base, ...factsOf(node)].join(' · ')}`,
        taken.length > 0 ? element('ul', {}, ...taken) : undefined,
      ),
    ];
  });
  return element('ol', { class: 'stage-list' }, ...items);
}
