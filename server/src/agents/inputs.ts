import { LEVELS } from '../optimizer/levels';
import { choice, text } from './schema';

/** What several tools are asked with. */
export const PATH = text('Dockerfile, or a folder that has one');

export const SOURCE = {
  path: text('Dockerfile, a folder that has one, or a Compose, Bake or Markdown file with one inside'),
  text: text('Text of the Dockerfile, if it is not saved; instead of the file at path'),
};
export const LEVEL = choice(
  LEVELS,
  'Which steps the plan may have; recommended by default: those that change behavior only where a build or a start shows it',
);
/** Of rewrites. */
export const PROBLEMS = 'What is wrong with the configuration, or why a Dockerfile inside the file stays as it is';
export const WRITE = 'Write the changes to the files';
