import { corepackHome } from '../../app/corepackHome';
import { baseFacts, type EffectiveUser, effectiveUser } from '../../app/effectiveUser';
import { isRunByNobody, startsNothing } from '../../app/imageUse';
import { type KeepsRoot, keepsRoot, ownershipOf } from '../../app/ownership';
import { baseDropsPrivileges, dropsPrivileges } from '../../app/rootNeeds';
import { browserFolders } from '../../app/rootsHome';
import { createRunSite } from '../../app/runSite';
import { servicesOf } from '../../app/servicesOf';
import { startWords } from '../../app/start/startWords';
import { isInteractiveStart, startsInteractiveShell } from '../../commands/interactiveShell';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { imageStage, inheritedInstructions, isFromScratch, lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { defineRule, type FixDraft, type RuleContext } from '../../engine/rule';
import { ownerOf, switchUser, userFor } from '../shared/switchUser';

type MessageId =
  | 'noUser'
  | 'rootUser'
  | 'runAs'
  | 'createAndRunAs'
  | 'port'
  | 'volume'
  | 'program'
  | 'package'
  | 'home'
  | 'tool'
  | 'base'
  | 'onbuild'
  | 'variable'
  | 'script'
  | 'unread'
  | 'mount'
  | 'mounted'
  | 'privileged'
  | 'writes'
  | 'workdir'
  | 'folder'
  | 'leaves'
  | 'files'
  | 'action'
  | 'chosen'
  | 'commented'
  | 'byHand'
  | 'admin'
  | 'containerUser';

export default defineRule<MessageId>({
  meta: {
    id: 'no-root-user',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3002',
      'DS-0002',
      'DS002',
      'AVD-DS-0002',
      'CKV_DOCKER_3',
      'CKV_DOCKER_8',
      'CIS-DI-0001',
      'DF002',
      'DF020',
      'kics:missing_user_instruction',
      'kics:last_user_is_root',
      'semgrep:missing-user',
      'semgrep:missing-user-entrypoint',
      'semgrep:last-user-is-root',
      'sonar:S6471',
    ],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    phase: 'user',
    messages: {
      noUser: 'The image runs as root: USER is not set',
      rootUser: 'The image runs as root: the last USER is {user}',
      admin: 'The image runs as an administrator: the last USER is {user}',
      containerUser: 'Write `USER ContainerUser` below the last step that needs an administrator',
      runAs: 'Run as {user}',
      createAndRunAs: 'Create the user {user} and run as it',
      port: 'Write `USER 1000`; before Docker 20.10, also a port above 1023 instead of {name}',
      volume: 'Write `RUN install -d -o 1000 {name}` above VOLUME, and `USER 1000` below it',
      program: 'Leave root to {name} if it gives root up itself; otherwise write `USER 1000`',
      package: 'Keep root for the programs of {name}, and start your own with `gosu 1000`',
      home: 'Move what the program needs out of `/root`, and write `USER 1000`',
      tool: 'Let {name} store its files outside of `/root`, and write `USER 1000`',
      base: 'Write USER in the image that starts a program: this one starts none',
      onbuild: 'Write USER in the images built on this one: ONBUILD steps may need root',
      variable: 'Write `USER {name}` below the last step that needs root',
      script: 'Keep root for {name}, and start the program after it with `exec gosu 1000`',
      unread: 'Try `docker run --user 1000`, and write `USER 1000` if {name} works',
      mount: 'Set `user:` in Compose to a user that may use {name} on the host',
      mounted: 'Set `user:` in Compose to the owner of {name}, where the program is mounted',
      privileged: 'Write `USER 1000` once Compose gives the container no root privileges',
      writes: 'Write `RUN chown -R 1000 {name}` and `USER 1000`: the program writes there',
      workdir: 'Write `USER 1000`, and a WORKDIR of its own: only root may write to {name}',
      folder: 'Write `RUN chown -R 1000 {name}` and `USER 1000`: only the build knows the path',
      leaves: 'Give what `{name}` writes to 1000 with chown, and write `USER 1000`',
      files: 'Start it with `docker run --user $(id -u)`: {name} may work on mounted files',
      action: 'Leave USER out: {name} makes this image a GitHub action, which must run as root',
      chosen: 'Write the other USER again below the steps that need root, or say why not',
      commented: 'Write `USER {name}` again, or say why not: it is commented out',
      byHand: 'Write `USER 1000` below the last step that needs root',
    },
    advice: { noUser: 'byHand', rootUser: 'byHand', admin: 'containerUser' },
    docs: {
      description: 'Run the final image as a non-root user',
      rationale:
        'A process that runs as root in the container can change every file in it, and gives an attacker more to work with when the program or the container runtime has a flaw. Most programs need root only during the build.\n\nNot reported: images that start as root and drop privileges themselves (official postgres, nginx, redis, mysql and the like), `scratch`, and images whose user is not known.',
      fixSafety: {
        unsafe:
          'outside its working directory, the user can write only where the sources show that the program writes. Files that root has written to an existing volume stay with root.',
        notes:
          "The fix creates a system user the way the distribution does, or takes the user of the image. It gives that user the working directory, the copied application files and the directories that the program writes, and sets `USER` below the last step that needs root. Steps whose results the program changes run as that user. There is no automatic fix where something needs root: a port below 1024, a volume, a directory mounted from the host, a program or start script that works as root, or tools in root's home directory.",
      },
      bad: [
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
        'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nUSER root\nCMD ["node", "app.js"]\n',
      ],
      good: [
        'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nUSER node\nCMD ["node", "app.js"]\n',
        'FROM postgres:16\n',
        'FROM scratch\nCOPY app /app\nCMD ["/app"]\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#user'],
    },
  },
  create: (context) => ({
    file(dockerfile) {
      const stage = imageStage(dockerfile);
      // hadolint only checks USER instructions.
      const isHadolint = context.settings.dialect === 'hadolint';
      if (!stage) return;
      const user = effectiveUser(stage, context.knowledge);
      if (!isHadolint && user.setBy?.args[0] && /^ContainerAdministrator(?::|$)/i.test(user.name ?? ''))
        return context.report(user.setBy.args[0].span, 'admin', { data: { user: user.name ?? '' } });
      if (!(isHadolint || isJudged(stage, context))) return;
      if (user.isRoot !== true || (isFromScratch(stage) && !user.setBy)) return;
      // Nobody runs this image: other images are built on it, or people and CI jobs work in it.
      const services = servicesOf(stage, context.settings.services);
      if (!user.setBy && isRunByNobody({ stage, knowledge: context.knowledge, services })) return;
      if (isHadolint && !user.setBy) return;
      const at = user.setBy?.args[0]?.span ?? stage.from.args[0]?.span ?? stage.from.span;
      // People and other images decide how an image that starts nothing, or only waits, is run.
      const isIdle = !user.setBy && (startsNothing(stage, context.knowledge) || onlyWaits(stage));
      context.report(at, user.setBy ? 'rootUser' : 'noUser', {
        ...(isIdle ? { severity: 'info' as const } : {}),
        data: { user: user.name ?? '' },
        fix: fixFor(dockerfile, stage, user, context),
      });
    },
  }),
});

function isJudged(stage: Stage, { knowledge }: RuleContext<MessageId>): boolean {
  const { shell } = stage.instructions.at(-1) ?? stage.from;
  if (shell === 'cmd' || shell === 'powershell') return false;
  if (startsInteractiveShell(stage) || setsUserLater(stage)) return false;
  return !baseDropsPrivileges(stage, knowledge) && !dropsPrivileges(stage);
}

/** `sleep infinity`, `tail -f /dev/null`: someone enters the container, or copies files out of it. */
function onlyWaits(stage: Stage): boolean {
  const starts = inheritedInstructions(stage).filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const last = starts.at(-1);
  const words = last?.args.map(({ value }) => value).join(' ') ?? '';
  return starts.length === 1 && /^(?:\/bin\/)?(?:sleep \w+|tail -[fF] \/dev\/null|true)$/.test(words);
}

/** An ONBUILD trigger sets the user in the images that are built FROM this one. */
function setsUserLater(stage: Stage): boolean {
  return stage.instructions.some(({ trigger }) => trigger?.keyword === 'USER');
}

function fixFor(
  dockerfile: DockerfileModel,
  stage: Stage,
  user: EffectiveUser,
  { knowledge, buildContext, settings }: RuleContext<MessageId>,
): FixDraft<MessageId> | undefined {
  if (user.setBy && hasOtherUser(stage, user.setBy)) return { title: 'chosen', safety: 'manual' };
  const tried = triedUser(dockerfile, stage);
  if (tried !== undefined) return { title: 'commented', data: { name: tried }, safety: 'manual' };
  const site = createRunSite(stage, knowledge, buildContext, settings.services);
  const own = defaultPort(stage) ?? ownershipOf(site);
  const ownership = keepsRoot(own) ? own : (baseProgram(stage, knowledge) ?? own);
  if (keepsRoot(ownership))
    return {
      title: ownership.kind,
      data: { name: ownership.name },
      safety: 'manual',
    };
  const target = userFor(stage, knowledge, ownership.from);
  const edits = target && switchUser(dockerfile, site, target, user.setBy, ownership);
  if (!edits) return undefined;
  const home = corepackHome(site, ownership.from, lineEndOf(dockerfile));
  return {
    title: target.creation === undefined ? 'runAs' : 'createAndRunAs',
    data: { user: target.name },
    safety: 'unsafe',
    edits: [...edits, ...(home ? [home] : []), ...browserFolders(dockerfile, site, ownership.from, ownerOf(target))],
  };
}

/** Before .NET 8, the ASP.NET Core images made it listen on port 80; the SDK images never did. */
function defaultPort(stage: Stage): KeepsRoot | undefined {
  const base = lineage(stage)[0]?.base;
  if (base?.kind !== 'image' || !/(?:^|\/)dotnet\/(?:core\/)?aspnet$/.test(base.image.name)) return undefined;
  const isOld = Number.parseInt(base.image.tag ?? '', 10) < 8;
  const isSet = inheritedInstructions(stage).some(
    (node) =>
      node.pairs.some(({ name }) => /^ASPNETCORE_(?:URLS|HTTP_PORTS)$/.test(name)) ||
      (/^(?:CMD|ENTRYPOINT)$/.test(node.keyword) && /--(?:server\.)?urls\b/.test(node.bodyText)),
  );
  return isOld && !isSet ? { kind: 'port', name: '80' } : undefined;
}

/** If the file starts nothing, or the same, the base image's own server runs, whose directories belong to root. */
function baseProgram(stage: Stage, knowledge: RuleContext<MessageId>['knowledge']): KeepsRoot | undefined {
  const starts = baseFacts(stage, knowledge)?.starts;
  if (starts === undefined || isInteractiveStart(starts)) return undefined;
  const [name = starts] = starts.split(' ');
  const isSet = inheritedInstructions(stage).some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (isSet && startWords(stage)?.[0] !== name) return undefined;
  return { kind: 'program', name };
}

/** The user of a `# USER app` in the final stage: something did not work with it. */
function triedUser({ comments }: DockerfileModel, { from }: Stage): string | undefined {
  return comments
    .filter(({ span }) => span.start > from.span.start)
    .flatMap(({ text }) => /^USER[ \t]+([\w.:-]+)$/.exec(text)?.[1] ?? [])
    .find((name) => !/^(?:root|0)(?::|$)/.test(name));
}

function hasOtherUser(stage: Stage, last: Instruction): boolean {
  return stage.instructions.some((instruction) => instruction.keyword === 'USER' && instruction !== last);
}
