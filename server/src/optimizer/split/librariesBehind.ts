import { runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { type Guard, refuse } from '../transform';

/** The packages of the libraries behind packages with headers, each once; a guard if they are unknown. */
export function librariesBehind(headers: readonly string[], release: string | undefined): string[] | Guard {
  const libraries = new Set<string>();
  for (const name of headers) {
    const found = runtimeLibraries(name, release);
    if (!found) return refuse('the runtime libraries for {name} are unknown', { name });
    for (const library of found) libraries.add(library);
  }
  return [...libraries];
}
