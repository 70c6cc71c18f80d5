/** Loaded on first use, not at startup: a static import cannot be deferred. */
declare const require: (path: './data/recommendedPackages.json') => {
  /** Packages by name, separated by spaces: 7,000 arrays would delay the first findings. */
  readonly packages: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, readonly string[]>>;
};
const data = () => require('./data/recommendedPackages.json');

/** Packages that other programs use and that `apt-get install` adds only because the package recommends them. */
export function recommendedWith(name: string): readonly string[] {
  const { packages } = data();
  return Object.hasOwn(packages, name) ? (packages[name]?.split(' ') ?? []) : [];
}

/** The commands that show that such a package is used. */
export function commandsOf(name: string): readonly string[] {
  const { programs } = data();
  return Object.hasOwn(programs, name) ? (programs[name] ?? []) : [];
}
