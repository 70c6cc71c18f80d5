import { element } from './element';
import { l10n } from './l10n';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

/** Toggle buttons with counts: shows only the selected severities, or all if none is selected. */
export function severityButtons(choices: readonly Choice[], changed: () => void) {
  const pressed = new Set<string>();
  const buttons = choices.map(({ id, label, count }) => {
    const made = element(
      'button',
      { type: 'button', class: 'severity-count', 'aria-pressed': 'false', disabled: count === 0 },
      element('span', { class: 'number' }, l10n.number(count)),
      severityLabel(id, label),
    );
    made.addEventListener('click', () => {
      if (!pressed.delete(id)) pressed.add(id);
      made.ariaPressed = String(pressed.has(id));
      changed();
    });
    return made;
  });
  return {
    body: element('div', { class: 'figures', role: 'group', 'aria-label': l10n.t('Severities shown') }, ...buttons),
    has: (id: string): boolean => pressed.size === 0 || pressed.has(id),
  };
}

/** The severity as text, never only as a color. */
export function severityLabel(id: string, label: string): HTMLElement {
  const made = element('span', { class: 'severity' }, label);
  made.dataset['severity'] = id;
  return made;
}

export function textFilter(label: string, changed: () => void) {
  const body = element('input', { type: 'search', placeholder: label, 'aria-label': label, spellcheck: 'false' });
  body.addEventListener('input', changed);
  const words = (): string => body.value.trim().toLowerCase();
  return { body, has: (text: string): boolean => text.toLowerCase().includes(words()) };
}

export function checkFilter(label: string, changed: () => void) {
  const box = element('input', { type: 'checkbox' });
  box.addEventListener('input', changed);
  return { body: element('label', {}, box, label), isOn: (): boolean => box.checked };
}

/** A choice of one value, or all. */
export function choiceFilter(label: string, all: string, choices: readonly Choice[], changed: () => void) {
  const body = element(
    'select',
    { 'aria-label': label },
    element('option', { value: '' }, all),
    ...choices.map((choice) =>
      element('option', { value: choice.id }, `${choice.label} (${l10n.number(choice.count)})`),
    ),
  );
  body.addEventListener('input', changed);
  return { body, has: (id: string): boolean => body.selectedIndex === 0 || body.value === id };
}

/** Counts each key, the most frequent first. */
export function countBy<T>(rows: readonly T[], keyOf: (row: T) => string): Choice[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return Array.from(counts, ([id, count]) => ({ id, label: id, count })).sort((a, b) => b.count - a.count);
}
