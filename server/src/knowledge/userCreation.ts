import type { ImageFacts } from './knowledgeBase';

/**
 * Shell commands that create a system user without a password, with a home folder for programs to write to; undefined
 * where the image has no tool for it.
 */
export function userCreation(
  { userTools }: Pick<ImageFacts, 'userTools'>,
  user: string,
  uid?: number,
): string | undefined {
  switch (userTools) {
    case 'shadow':
      return `groupadd --system ${user} && useradd --system${uid === undefined ? '' : ` --uid ${uid}`} --gid ${user} --create-home ${user}`;
    case 'busybox':
      return `addgroup -S ${user} && adduser -S${uid === undefined ? '' : ` -u ${uid}`} -G ${user} ${user}`;
    default:
      return undefined;
  }
}
