import Mocha from 'mocha';

/** Runs tests inside an extension host; throws when one fails. */
export async function runSuite(define: () => void): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Mocha.reporters.Base });
  mocha.suite.emit('pre-require', globalThis, 'extension.ts', mocha);
  define();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    // One line a test that the runner outside can count.
    runner.on('pass', (test) => console.log(`✓ ${test.fullTitle()}`));
    runner.on('pending', (test) => console.log(`- ${test.fullTitle()}`));
    runner.on('fail', (test, error) => console.log(`✗ ${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
