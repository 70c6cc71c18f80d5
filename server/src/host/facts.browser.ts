import { inflateSync, strFromU8 } from 'fflate';

/** Reads facts as the bundle of the worker holds them: JSON, deflated, in Base64. */
export function inflateFacts(text: string): unknown {
  const compressed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return JSON.parse(strFromU8(inflateSync(compressed)));
}
