import type { ServiceRun } from './serviceRun';

/** What a configuration tells rules beside their severities. */
export interface RuleSettings {
  /** Registries whose images may be used, such as `ghcr.io` or `*.example.com`; empty: any. */
  readonly trustedRegistries: readonly string[];
  /** Labels that an image must have, and what their values must be. */
  readonly labelSchema: ReadonlyMap<string, LabelFormat>;
  /** No labels but those of the schema. */
  readonly strictLabels: boolean;
  /** The stage that `docker build --target` names; undefined: the last one. */
  readonly targetStage?: string | undefined;
  /** Values that `docker build --build-arg` gives. */
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Names that `docker build --build-context` gives: they are no images. */
  readonly contexts: ReadonlySet<string>;
  /** How Compose runs the image: folders that are mounted, other commands. */
  readonly services: readonly ServiceRun[];
  /** A Compose or Bake file of the project builds the image: with BuildKit. */
  readonly isNamedInBuildFile?: boolean;
  /** Set by the preset of that name: rules that tell more, or otherwise, keep to what that tool tells. */
  readonly dialect?: 'hadolint';
}

/** The formats of hadolint's label schema. */
export const LABEL_FORMATS = ['text', 'rawtext', 'url', 'semver', 'hash', 'rfc3339', 'spdx', 'email'] as const;
export type LabelFormat = (typeof LABEL_FORMATS)[number];

export const defaultRuleSettings: RuleSettings = {
  trustedRegistries: [],
  labelSchema: new Map(),
  strictLabels: false,
  buildArgs: new Map(),
  contexts: new Set(),
  services: [],
};
