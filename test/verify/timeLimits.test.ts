import { describe, expect, it } from 'vitest';
import type { CallResult, Observation, StopResult } from '../../server/src/reports/verification';
import { answerLimitMs, callLimitMs, settleMs, startLimitMs, stopSeconds } from '../../server/src/verify/timeLimits';

const seen: Observation = {
  exitCode: undefined,
  readyMs: 4000,
  watchedMs: 5000,
  health: undefined,
  isNetworkSeen: true,
  ports: [],
  answers: [],
  isLogWhole: true,
  stdout: [],
  stderr: [],
  errors: [],
  user: '',
  written: [],
  stop: undefined,
  calls: [],
  command: undefined,
};
const timing = (earlier: Partial<Observation> | undefined, isPatient = false) => ({
  settings: { startSeconds: 60, watchSeconds: 8 },
  earlier: earlier && { ...seen, ...earlier },
  isPatient,
});
const stopping = (stop: Partial<StopResult>) => ({
  stop: { isKilled: false, exitCode: 0, milliseconds: 100, ...stop },
});
const call = (exitCode: number | undefined, milliseconds: number): CallResult => ({
  args: ['--help'],
  exitCode,
  milliseconds,
  stdout: [],
});

describe('time limits', () => {
  it('of a start are those of the configuration, then relative to the first run', () => {
    expect(startLimitMs(timing(undefined))).toBe(60_000);
    expect(startLimitMs(timing({}))).toBe(20_000);
    expect(startLimitMs(timing({}, true))).toBe(60_000);
    expect(startLimitMs(timing({ readyMs: 100 }, true))).toBe(8000);
    expect(startLimitMs(timing({ exitCode: 0, readyMs: undefined, watchedMs: 3000 }))).toBe(15_000);
    // Watched as long as before.
    expect(startLimitMs(timing({ readyMs: undefined, watchedMs: 8000 }))).toBe(8000);
  });

  it('of a log that lacks a line are longer for a patient look', () => {
    expect(settleMs(timing({}))).toEqual({ least: 800, most: 800 });
    const { least, most } = settleMs(timing({}, true));
    expect([Math.round(least), Math.round(most)]).toEqual([2400, 12_000]);
  });

  it('of a call are relative to one that has ended', () => {
    expect(callLimitMs(undefined, timing(undefined))).toBe(8000);
    expect(callLimitMs(call(0, 6000), timing({}))).toBe(30_000);
    expect(callLimitMs(call(undefined, 8000), timing({}))).toBe(8000);
    expect(callLimitMs(call(0, 10), timing({}, true))).toBe(24_000);
  });

  it('of an answer are longer for a patient look', () => {
    expect(answerLimitMs(timing({}, true))).toBe(3 * answerLimitMs(timing({})));
  });

  it('of a stop are relative to the first one, and shorter than the minute that the engine has', () => {
    expect(stopSeconds(timing(undefined))).toBe(5);
    expect(stopSeconds(timing(stopping({ milliseconds: 2500 })))).toBe(13);
    expect(stopSeconds(timing(stopping({ milliseconds: 5000 }), true))).toBe(45);
    expect(stopSeconds(timing(stopping({ isKilled: true }), true))).toBe(2);
  });
});
