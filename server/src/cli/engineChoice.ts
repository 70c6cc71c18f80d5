import { ENGINE_KINDS, type EngineChoice } from '../reports/outcome';

/** Of `--engine`: a kind, or the program of one. */
export function engineChoiceOf(engine: string | undefined): EngineChoice {
  const kind = ENGINE_KINDS.find((one) => one === engine);
  return kind ? { kind } : { kind: 'auto', path: engine };
}
