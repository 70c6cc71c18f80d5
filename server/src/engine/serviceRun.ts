/** How Compose runs what is built: what a change of user has to know of it. */
export interface ServiceRun {
  readonly mounts: readonly Mount[];
  /** `command` and `entrypoint`, which take the place of CMD and ENTRYPOINT, each as one text. */
  readonly starts: readonly string[];
  /** `privileged`, capabilities and devices are of use to root alone. */
  readonly isPrivileged: boolean;
}

export interface Mount {
  /** The path in the container. */
  readonly target: string;
  /** A folder of the host, or a volume that Docker keeps and fills from the image at first. */
  readonly kind: 'bind' | 'volume';
}
