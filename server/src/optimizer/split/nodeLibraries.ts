import type { PackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { type Guard, refuse } from '../transform';
import { usesPrisma } from './nodeManagers';
import { installedPackages } from './systemNeeds';

/** They put browsers or the like into the home of the user who installs. */
const FETCH_OUTSIDE = ['puppeteer', 'playwright', 'chromium', 'electron', 'cypress'];

/** Packages that look for libraries of the image whose names are not known here. */
const UNKNOWN_NEEDS = [
  'playwright-core',
  'node-rdkafka',
  'oracledb',
  'ibm_db',
  'libxmljs',
  'gm',
  'imagemagick',
  'fluent-ffmpeg',
  'nodegit',
  'pg-native',
  'zeromq',
  'bcrypto',
  'odbc',
];

/** Packages whose needs of the image are not known; on Alpine, whose full image is what runs, nothing is missing. */
export function packageGuard(site: Site, { dependencies }: PackageJson): Guard | undefined {
  const names = site.facts.distro === 'alpine' ? FETCH_OUTSIDE : [...FETCH_OUTSIDE, ...UNKNOWN_NEEDS];
  const foreign = names.find((name) => dependencies.has(name) && !(name === 'puppeteer' && usesSystemBrowser(site)));
  return foreign === undefined ? undefined : foreignGuard(foreign);
}

function foreignGuard(foreign: string): Guard {
  if (foreign === 'puppeteer')
    return refuse(
      '{foreign} downloads a browser that needs libraries of the full image: install the package `chromium`, and set PUPPETEER_SKIP_DOWNLOAD and PUPPETEER_EXECUTABLE_PATH',
      { foreign },
    );
  return FETCH_OUTSIDE.includes(foreign)
    ? refuse('{foreign} downloads a browser that needs libraries of the full image', { foreign })
    : refuse('{foreign} loads libraries of the full image: which ones is not known', { foreign });
}

/** Nothing is fetched, for the file installs a browser: https://pptr.dev/guides/configuration (2026-11). */
function usesSystemBrowser({ stage }: Site): boolean {
  const skips = stage.instructions.some(
    ({ keyword, pairs }) =>
      keyword === 'ENV' && pairs.some(({ name }) => /^PUPPETEER_SKIP_(?:CHROMIUM_)?DOWNLOAD$/.test(name)),
  );
  return skips && installedPackages(stage.instructions).some((name) => /^chromium/.test(name ?? ''));
}

/** Libraries of Debian that packages link or load, and that its slim images lack. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  // https://github.com/Automattic/node-canvas#compiling (2026-11), and fonts, which its own libraries look for.
  canvas: [
    'fontconfig',
    'libcairo2',
    'libgif7',
    'libjpeg62-turbo',
    'libpango-1.0-0',
    'libpangocairo-1.0-0',
    'librsvg2-2',
  ],
  'chartjs-node-canvas': [
    'fontconfig',
    'libcairo2',
    'libgif7',
    'libjpeg62-turbo',
    'libpango-1.0-0',
    'libpangocairo-1.0-0',
    'librsvg2-2',
  ],
};

export function librariesOf(site: Site, json: PackageJson): readonly string[] {
  const { stage, facts } = site;
  if (facts.distro === 'alpine') return [];
  const isSystem = /^(?:debian|ubuntu)$/.test(stage.base.kind === 'image' ? stage.base.image.repository : '');
  const found = [...json.dependencies].flatMap((name) =>
    Object.hasOwn(LIBRARIES, name) ? (LIBRARIES[name] ?? []) : [],
  );
  // Its engine is chosen by the OpenSSL that `openssl` tells of: https://www.prisma.io/docs/orm/reference/system-requirements (2026-11).
  return [
    ...(isSystem ? ['nodejs'] : []),
    ...(usesPrisma(json) ? ['openssl'] : []),
    ...(json.dependencies.has('puppeteer') ? ['fonts-liberation'] : []),
    ...found,
  ];
}
