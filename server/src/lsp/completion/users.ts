import type { Instruction } from '../../dockerfile/model';
import type { Place } from './place';

/** Users that exist at the cursor, as far as the file and the facts about its base image show; the likeliest first. */
export function userNames({ analysis, context, offset }: Place): string[] {
  const stage = analysis.dockerfile.stages.findLast(({ from }) => from.span.start <= offset);
  if (!stage) return [];
  const image = stage.base.kind === 'image' ? context.engine.knowledge.image(stage.base.image) : undefined;
  const made = stage.instructions.filter(({ span }) => span.start < offset).flatMap(createdBy);
  const written = stage.instructions.flatMap(namedIn);
  const known = [image?.readyUser, image?.defaultUser].filter((name) => name !== undefined);
  return [...new Set([...made, ...known, ...written])].filter((name) => name !== 'root').concat('root');
}

/** The users that a RUN creates. */
function createdBy({ script }: Instruction): string[] {
  return (script?.commands ?? []).flatMap(({ name, words }) => {
    const last = words.length > 1 ? words.at(-1) : undefined;
    return /^(?:useradd|adduser)$/.test(name) && last?.isStatic && /^[a-z_][\w-]*$/.test(last.value)
      ? [last.value]
      : [];
  });
}

/** The users that other instructions name. */
function namedIn({ keyword, args, flags }: Instruction): string[] {
  const values = [
    ...(keyword === 'USER' ? [args[0]?.value ?? ''] : []),
    ...flags.flatMap(({ name, value = '' }) => (name === 'chown' ? [value] : [])),
  ];
  return values.map((value) => value.replace(/:.*/s, '')).filter((name) => /^[\w-]+$/.test(name));
}
