/** What an agent can call, whichever way it is connected. */
export interface ToolInterface {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
  readonly isReadOnly: boolean;
  /** It builds images, which may download what they need. */
  readonly isOnline: boolean;
}

export type ToolData = Readonly<Record<string, unknown>>;

/** A JSON schema of an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Record<string, object>;
  readonly required: string[];
  readonly additionalProperties: false;
  readonly [keyword: string]: unknown;
}
