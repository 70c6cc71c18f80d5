import type { PackageJson } from '../../app/packageJson';
import { RUNS_TESTS } from '../../app/rootsHome';
import type { Site } from '../../app/site';
import type { PackageStart } from '../../app/start/packageStart';
import { packageNeeds } from '../../knowledge/packageNeeds';
import { libraryRelease } from '../../knowledge/runtimeLibraries';
import { type Guard, isGuard, refuse } from '../transform';
import { librariesBehind } from './librariesBehind';
import { installedPackages } from './systemNeeds';

/** Packages that download browsers and the like into the home directory of the installing user. */
const FETCH_OUTSIDE = ['puppeteer', 'playwright', 'chromium', 'electron', 'cypress'];
/** Packages that use a browser that the file installs, or a remote one. */
const DRIVE_INSTALLED = ['puppeteer-core', 'selenium-webdriver'];

/**
 * Library packages that the dependencies need; a guard if they are unknown. On Alpine the program runs on the full
 * image, so nothing is missing.
 */
export function nodeLibraries(
  site: Site,
  { dependencies, devDependencies }: PackageJson,
  starts: readonly PackageStart[],
): readonly string[] | Guard {
  const { stage, facts } = site;
  const isAlpine = facts.distro === 'alpine';
  const runsTests = starts.some(({ texts }) => texts.some((text) => RUNS_TESTS.test(text)));
  const foreign = [...dependencies, ...(runsTests ? devDependencies : [])].find(
    (name) =>
      (FETCH_OUTSIDE.includes(name) || (!isAlpine && packageNeeds('npm', name)?.isUnknown)) &&
      !DRIVE_INSTALLED.includes(name) &&
      !(name === 'puppeteer' && usesSystemBrowser(site)),
  );
  if (foreign !== undefined) return foreignGuard(foreign);
  if (isAlpine) return [];
  const isSystem = /^(?:debian|ubuntu)$/.test(stage.base.kind === 'image' ? stage.base.image.name : '');
  const libraries = [...(isSystem ? ['nodejs'] : []), ...(dependencies.has('puppeteer') ? ['fonts-liberation'] : [])];
  const headers = [...dependencies].flatMap((name) => packageNeeds('npm', name)?.headers ?? []);
  const linked = librariesBehind(headers, libraryRelease(facts));
  return isGuard(linked) ? linked : [...new Set([...libraries, ...linked])];
}

function foreignGuard(foreign: string): Guard {
  if (foreign === 'puppeteer')
    return refuse(
      '{foreign} downloads a browser outside of node_modules: install the package `chromium`, and set PUPPETEER_SKIP_DOWNLOAD and PUPPETEER_EXECUTABLE_PATH',
      { foreign },
    );
  return FETCH_OUTSIDE.includes(foreign)
    ? refuse('{foreign} downloads a browser that needs libraries from the full image', { foreign })
    : refuse('{foreign} loads unknown libraries from the full image', { foreign });
}

/**
 * True if the file installs its own browser, so the downloaded one is not used: https://pptr.dev/guides/configuration
 * (2026-11).
 */
function usesSystemBrowser({ stage }: Site): boolean {
  const isSet = stage.instructions.some(
    ({ keyword, pairs }) =>
      keyword === 'ENV' &&
      pairs.some(({ name }) => /^PUPPETEER_(?:SKIP_(?:CHROMIUM_)?DOWNLOAD|EXECUTABLE_PATH)$/.test(name)),
  );
  return isSet && installedPackages(stage.instructions).some((name) => /^chromium/.test(name ?? ''));
}
