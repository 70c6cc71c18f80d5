import { baseImage } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';
import type { ImageFacts, KnowledgeBase } from '../knowledge/knowledgeBase';

/** The user in effect at a place, as far as the Dockerfile and the knowledge base show. */
export interface EffectiveUser {
  /** Without the group; undefined when unknown. */
  readonly name: string | undefined;
  readonly isRoot: boolean | undefined;
  /** The USER that sets it; undefined when it comes from the base image. */
  readonly setBy?: Instruction;
}

const UNKNOWN: EffectiveUser = { name: undefined, isRoot: undefined };

/** The user at the end of a stage, or directly before `before`. */
export function effectiveUser(stage: Stage, knowledge: KnowledgeBase, before?: Instruction): EffectiveUser {
  const limit = before?.span.start ?? Number.POSITIVE_INFINITY;
  const setBy = userInstructions(stage).findLast((instruction) => instruction.span.start < limit);
  if (setBy) return { ...userOf(setBy), setBy };
  switch (stage.base.kind) {
    case 'stage':
      return effectiveUser(stage.base.stage, knowledge);
    case 'scratch':
      return { name: 'root', isRoot: true };
    case 'image': {
      const name = knowledge.image(stage.base.image)?.defaultUser;
      return name === undefined ? UNKNOWN : { name, isRoot: isRootName(name) };
    }
    default:
      return UNKNOWN;
  }
}

/** Listed once per stage, because rules ask for every command. */
const known = new WeakMap<Stage, readonly Instruction[]>();

function userInstructions(stage: Stage): readonly Instruction[] {
  let users = known.get(stage);
  if (!users) {
    users = stage.instructions.filter((instruction) => instruction.keyword === 'USER');
    known.set(stage, users);
  }
  return users;
}

/** Facts about the image at the bottom of a stage's lineage; undefined for scratch and unknown images. */
export function baseFacts(stage: Stage, knowledge: KnowledgeBase): ImageFacts | undefined {
  const image = baseImage(stage);
  return image && knowledge.image(image);
}

export function isRootName(user: string): boolean {
  const name = user.split(':')[0];
  return name === 'root' || (name !== undefined && /^0+$/.test(name));
}

function userOf(instruction: Instruction): EffectiveUser {
  const word = instruction.args[0];
  const value = word && instruction.expand(word.text);
  if (value === undefined || value === '') return UNKNOWN;
  const name = value.split(':')[0] ?? '';
  return { name, isRoot: isRootName(value) };
}
