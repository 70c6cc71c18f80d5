import type { RuleMeta, Severity } from './rule';

/** hadolint's defaults, from its README (2.15); its `style` is our hint. All other rules are warnings there. */
const ERRORS = 'DL3000 DL3004 DL3011 DL3012 DL3020 DL3021 DL3023 DL3024 DL3026 DL3043 DL3044 DL3061 DL4000 DL4004';
const INFOS = 'DL3001 DL3009 DL3010 DL3015 DL3019 DL3047 DL3049 DL3050 DL3059 DL3060 DL3066';
const STYLES = 'DL3048';
const OFF = 'DL1001 DL3057';

const SEVERITIES: ReadonlyMap<string, Severity | 'off'> = new Map(
  (
    [
      [ERRORS, 'error'],
      [INFOS, 'info'],
      [STYLES, 'hint'],
      [OFF, 'off'],
    ] as const
  ).flatMap(([codes, severity]) => codes.split(' ').map((code) => [code, severity] as const)),
);

/** `off` for rules that hadolint does not have. */
export function hadolintSeverityOf({
  id,
  aliases,
  severity,
}: Pick<RuleMeta, 'id' | 'aliases' | 'severity'>): Severity | 'off' {
  // ShellCheck is part of hadolint; here it reports only where the program is used.
  if (id === 'shellcheck') return severity;
  const codes = aliases.filter((alias) => /^DL\d{4}$/.test(alias));
  const [first] = codes;
  return first === undefined ? 'off' : (SEVERITIES.get(first) ?? 'warning');
}
