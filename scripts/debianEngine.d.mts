export function engineOfDebian(name: 'podman' | 'buildah'): {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly options?: readonly string[];
  readonly reason?: string;
};
