import { dockerEngine } from './dockerEngine.mjs';
import { makeStandIns } from './standIns.mjs';

/** An engine with the base images of apps, for this process too. If there is none, says so and ends. */
export function engineFor(apps, groups) {
  const { engine, reason } = dockerEngine(groups);
  if (!engine) {
    console.log(`- skipped: ${apps.length} apps: ${reason}`);
    process.exit(0);
  }
  makeStandIns(engine, apps);
  Object.assign(process.env, engine.env);
  return engine;
}
