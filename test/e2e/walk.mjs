/**
 * A walk through the workbench: each check is a name and whether it held, and one that fails ends the walk.
 * @param go gets `step(name, act)`
 */
export async function walk(page, go) {
  const checks = [];
  page.setDefaultTimeout(20_000);
  const step = async (name, act) => {
    try {
      await act();
      checks.push({ name, holds: true });
    } catch (error) {
      checks.push({ name, holds: false, detail: error.message });
      throw error;
    }
  };
  try {
    await go(step);
  } catch {
    // Said by the check that failed.
  }
  return checks;
}
