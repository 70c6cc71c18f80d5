type Attribute = string | number | boolean | undefined;

/** An element with its attributes and children. Texts are set as texts: nothing in a report is ever read as markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : visible(String(value)));
  }
  for (const child of children) {
    if (child !== undefined) made.append(typeof child === 'string' ? visible(child) : child);
  }
  return made;
}

/** Characters that turn the direction of a text make a name look like another one: they are shown by their code. */
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

/** A link that leaves the report, where the address is one of the web; a text elsewhere. */
export function webLink(text: string, url: string | undefined): HTMLElement {
  if (url === undefined || !/^https?:\/\//i.test(url)) return element('span', {}, text);
  return element('a', { href: url, target: '_blank', rel: 'noreferrer noopener', title: url }, text);
}
