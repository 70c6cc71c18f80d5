import type { ObjectSchema } from './toolInterface';

/** The parts of JSON schemas that tools need. */
export function object(properties: Record<string, object>, required: string[] = Object.keys(properties)): ObjectSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

export function list(items: object): object {
  return { type: 'array', items };
}

export function choice(values: readonly string[], description?: string): object {
  return { enum: values, ...(description === undefined ? { type: 'string' } : { type: 'string', description }) };
}

export function text(description?: string): object {
  return { type: 'string', ...(description === undefined ? {} : { description }) };
}

export function number(description?: string): object {
  return { type: 'number', ...(description === undefined ? {} : { description }) };
}

export function flag(description?: string): object {
  return { type: 'boolean', ...(description === undefined ? {} : { description }) };
}
