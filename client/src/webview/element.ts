type Attribute = string | number | boolean | undefined;

/**
 * Creates an element with attributes and children. Text is set as text: nothing in a report is ever parsed as markup.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/** The same in a drawing. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Node | string | undefined)[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled<Made extends Element>(
  made: Made,
  attributes: Readonly<Record<string, Attribute>>,
  children: readonly (Node | string | undefined)[],
): Made {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : visible(String(value)));
  }
  for (const child of children) {
    if (child !== undefined) made.append(typeof child === 'string' ? visible(child) : child);
  }
  return made;
}

/**
 * Shows characters that change the text direction by their code, because they can make a name look like another one.
 */
function visible(text: string): string {
  return text.replaceAll(
    /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

export function button(label: string, attributes: Readonly<Record<string, Attribute>>, act: () => void): HTMLElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** An external link if the address is a web address, else plain text. */
export function webLink(text: string, url: string | undefined): HTMLElement {
  if (url === undefined || !/^https?:\/\//i.test(url)) return element('span', {}, text);
  return element('a', { href: url, target: '_blank', rel: 'noreferrer noopener', title: url }, text);
}
