export function findActionlint(): { readonly program?: string };
