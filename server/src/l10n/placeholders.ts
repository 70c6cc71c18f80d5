export type MessageData = Readonly<Record<string, string | number>>;

/** Replaces `{names}` with data; a name without data stays as it is. */
export function fillPlaceholders(template: string, data: MessageData): string {
  if (!template.includes('{')) return template;
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(data, name) ? String(data[name]) : placeholder,
  );
}
