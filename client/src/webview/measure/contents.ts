import type { Measurement } from '../../../../server/src/protocol';
import { sizeText } from '../../../../server/src/text/byteText';
import { element } from '../element';
import { l10n } from '../l10n';
import { buildFileTree, type FileOrder } from './fileTree';
import { createFileTree } from './fileTreeView';
import { createTreemap } from './treemapView';

export interface Contents {
  readonly body: HTMLElement;
  /** Shows the files of a layer, or of the whole image. */
  show(measurement: Measurement, layer: number | undefined, title: string): void;
}

/** The content of a layer or an image: as a treemap, and as a tree with filters. */
export function createContents(): Contents {
  const title = element('h2');
  const summary = element('span', { class: 'quiet', role: 'status' });
  const text = element('input', {
    type: 'search',
    placeholder: l10n.t('Filter by path'),
    'aria-label': l10n.t('Filter by path'),
    spellcheck: 'false',
  });
  const onlyWasted = element('input', { type: 'checkbox' });
  const order = element(
    'select',
    { 'aria-label': l10n.t('Sort files') },
    element('option', { value: 'size' }, l10n.t('Largest first')),
    element('option', { value: 'name' }, l10n.t('By name')),
  );
  const tree = createFileTree();
  const treemap = createTreemap((node) => tree.reveal(node));
  let shown: { readonly measurement: Measurement; readonly layer: number | undefined } | undefined;

  const update = (): void => {
    if (!shown) return;
    const { measurement, layer } = shown;
    const { files } = measurement;
    const wanted = text.value.trim().toLowerCase();
    const root = buildFileTree(
      files,
      (index) =>
        (layer === undefined || files.layers[index] === layer) &&
        (!onlyWasted.checked || files.states[index] !== 0) &&
        (wanted === '' || (files.paths[index] ?? '').toLowerCase().includes(wanted)),
    );
    tree.show(root, orderOf(order.value), wanted !== '' || onlyWasted.checked);
    treemap.show(root);
    const count = root.fileCount === 1 ? l10n.t('1 file') : l10n.t('{0} files', l10n.number(root.fileCount));
    summary.textContent = `${count}, ${sizeText(root.bytes)}`;
  };
  for (const input of [text, onlyWasted, order]) input.addEventListener('input', update);

  return {
    body: element(
      'section',
      { class: 'contents' },
      element('div', { class: 'bar-of-tools' }, title, summary),
      element(
        'div',
        { class: 'bar-of-tools' },
        text,
        element('label', {}, onlyWasted, l10n.t('Only wasted files')),
        order,
      ),
      element('div', { class: 'panes' }, treemap.body, tree.body),
    ),
    show(measurement, layer, name) {
      shown = { measurement, layer };
      title.textContent = name;
      update();
    },
  };
}

function orderOf(value: string): FileOrder {
  return value === 'name' ? 'name' : 'size';
}
