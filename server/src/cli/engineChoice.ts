import { ENGINE_KINDS, type EngineChoice } from '../reports/outcome';

/** The value of `--engine`: a kind, or the path of a program. */
export function engineChoiceOf(engine: string | undefined): EngineChoice {
  const kind = ENGINE_KINDS.find((one) => one === engine);
  return kind ? { kind } : { kind: 'auto', path: engine };
}
