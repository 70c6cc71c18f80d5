import { isInEditor, tellEditor } from './editor';
import { button, element } from './element';
import { l10n } from './l10n';

/** A report, ready to be inserted into the page. */
export interface View {
  readonly title: string;
  readonly body: HTMLElement;
}

/** `drawing`: what can also be saved as an SVG file. */
export function pageHeader(title: string, facts: readonly string[], drawing?: () => string): HTMLElement {
  const save = button(l10n.t('Save Report…'), { class: 'secondary' }, () =>
    tellEditor(drawing ? { type: 'save', svg: drawing() } : { type: 'save' }),
  );
  return element(
    'header',
    {},
    element('div', {}, element('h1', {}, title), element('p', { class: 'quiet' }, facts.filter(Boolean).join(' · '))),
    isInEditor ? save : undefined,
  );
}
