/** Remembers what the user has set on a page, by the names of the controls; the returned function sets it again. */
export function keepControls(page: HTMLElement): (newPage: HTMLElement) => void {
  const values = new Map(Array.from(inputs(page), (one) => [nameOf(one), valueOf(one)]));
  const pressed = new Set(Array.from(page.querySelectorAll('[aria-pressed="true"]'), nameOf));
  const tops = Array.from(page.querySelectorAll('.rows, .drawing'), ({ scrollTop }) => scrollTop);
  const { activeElement } = document;
  const focused = activeElement && activeElement !== document.body ? nameOf(activeElement) : undefined;
  return (newPage) => {
    for (const one of inputs(newPage)) {
      const value = values.get(nameOf(one));
      if (value === undefined || value === valueOf(one)) continue;
      if (one instanceof HTMLInputElement && one.type === 'checkbox') one.checked = value === 'on';
      else one.value = value;
      one.dispatchEvent(new Event('input'));
    }
    for (const one of newPage.querySelectorAll<HTMLElement>('[aria-pressed="false"]'))
      if (pressed.has(nameOf(one))) one.click();
    for (const [at, one] of newPage.querySelectorAll('.rows, .drawing').entries()) one.scrollTop = tops[at] ?? 0;
    const all = focused === undefined ? [] : newPage.querySelectorAll<HTMLElement>('button, input, select, [tabindex]');
    for (const one of all)
      if (nameOf(one) === focused) {
        one.focus();
        return;
      }
  };
}

function inputs(page: HTMLElement): NodeListOf<HTMLInputElement | HTMLSelectElement> {
  return page.querySelectorAll('input, select');
}

function valueOf(one: HTMLInputElement | HTMLSelectElement): string {
  if (one instanceof HTMLInputElement && one.type === 'checkbox') return one.checked ? 'on' : 'off';
  return one.value;
}

/** Without the counts, which change. */
function nameOf(one: Element): string {
  const text = one.getAttribute('aria-label') ?? one.closest('label')?.textContent ?? one.textContent ?? '';
  return `${one.tagName} ${text.replace(/\d+/g, '')}`;
}
