import { setFlagsFromString } from 'node:v8';

/** For a run of seconds, V8's optimizing compiler takes more processor time than it saves. */
export function compileLess(): void {
  setFlagsFromString('--no-opt');
}

/** Before the run ends: V8's compiled code is cached only for runs with the same flags. */
export function compileAsUsual(): void {
  setFlagsFromString('--opt');
}
