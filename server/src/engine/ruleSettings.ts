import type { ImagePattern } from '../dockerfile/imagePattern';
import type { ServiceRun } from './serviceRun';

/** What a configuration sets for rules besides their severities. */
export interface RuleSettings {
  /** Allowed registries, such as `ghcr.io` or `*.example.com`; empty allows any. */
  readonly trustedRegistries: readonly string[];
  /** Images that may be used; empty allows any. */
  readonly approvedImages: readonly ImagePattern[];
  /** Labels that an image must have, and the formats of their values. */
  readonly labelSchema: ReadonlyMap<string, LabelFormat>;
  /** Allow only the labels of the schema. */
  readonly strictLabels: boolean;
  /** The stage in `docker build --target`; undefined means the last one. */
  readonly targetStage?: string | undefined;
  /** Values from `docker build --build-arg`. */
  readonly buildArgs: ReadonlyMap<string, string>;
  /** The one in `docker build --platform`, such as `linux/arm64`. */
  readonly platform?: string | undefined;
  /** Names from `docker build --build-context`: they are not images. */
  readonly contexts: ReadonlySet<string>;
  /** What the image may have at most; undefined: there is no limit. */
  readonly budget?: Budget | undefined;
  /** Ids of the steps that a plan never has. */
  readonly withoutSteps: ReadonlySet<string>;
  /** How Compose and the configuration say the image is run: written folders, replaced commands, called programs. */
  readonly services: readonly ServiceRun[];
  /** The name of the file or its folder says that people work in the image. */
  readonly isForDevelopment?: boolean;
  /** A Compose or Bake file of the project builds the image, so BuildKit is used. */
  readonly isNamedInBuildFile?: boolean;
  /**
   * Set by the preset with this name: rules that report more than this tool, or differently, report only what the tool
   * does.
   */
  readonly dialect?: 'hadolint';
}

export interface Budget {
  /** Unpacked bytes of all layers. */
  readonly image?: number;
  /** Layers that the Dockerfile adds. */
  readonly layers?: number;
}

/** The formats of hadolint's label schema. */
export const LABEL_FORMATS = ['text', 'rawtext', 'url', 'semver', 'hash', 'rfc3339', 'spdx', 'email'] as const;
export type LabelFormat = (typeof LABEL_FORMATS)[number];

export const defaultRuleSettings: RuleSettings = {
  trustedRegistries: [],
  approvedImages: [],
  labelSchema: new Map(),
  strictLabels: false,
  buildArgs: new Map(),
  contexts: new Set(),
  withoutSteps: new Set(),
  services: [],
};
