export function findInspector(): { readonly program?: string };
