import { neededPrograms } from '../../app/neededPrograms';
import { siteOfProgram } from '../../app/site';
import { managedStart } from '../../app/start/managedStart';
import { phrase } from '../../l10n/phrase';
import {
  alpineCulture,
  dotnetProjects,
  GONE,
  isDotnetSdk,
  isWebProject,
  projectOf,
  runtimeImageName,
} from '../split/dotnetProject';
import { installedPackages } from '../split/systemNeeds';
import { refuse } from '../transform';
import type { RuntimeFor } from './runtime';

/** Programs that are in the SDK images but not in the runtime images. */
const SDK_PROGRAMS = ['curl', 'git', 'wget', 'hg', 'svn', 'ssh', 'unzip', 'pwsh', 'bash', 'ps'];

/** .NET: a program that another stage published needs no SDK. */
export const dotnetRuntime: RuntimeFor = (site) => {
  const { stage, facts, context } = site;
  if (stage.base.kind !== 'image' || !stage.base.image.isLiteral || !isDotnetSdk(stage.base.image)) return undefined;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const isStarted = stage.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (!isStarted || runs.some(({ script }) => script?.commands.some(({ name }) => name === 'dotnet'))) return undefined;
  const starts = managedStart(site);
  if (!starts) return refuse('the script that starts the program cannot be read');
  const dotnets = starts.filter(({ name }) => name === 'dotnet');
  const library = dotnets[0]?.words.find(({ value }) => value.endsWith('.dll'))?.value;
  // Without a library the program is built at start, which another step handles.
  if (library === undefined || dotnets.some(({ words }) => !words.some(({ value }) => value.endsWith('.dll'))))
    return dotnets.length > 0 || starts.length === 0 ? undefined : refuse('the container does not start `dotnet`');
  const { image } = stage.base;
  if (image.repository.startsWith('microsoft/')) return GONE;
  if (image.digest !== undefined)
    return refuse('the image is pinned to a digest: choose the runtime image and its digest yourself');
  const projects = dotnetProjects(context);
  const project = projectOf(projects, library);
  if (!project) return refuse('the project file is not in the build context');
  const name = runtimeImageName(image, isWebProject(project, projects, context) ? 'aspnet' : 'runtime');
  if (name === undefined) return refuse('no runtime image is known for this version of .NET');
  const installed = new Set(installedPackages(stage.instructions));
  const staying = stage.instructions.filter(({ keyword }) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK|RUN)$/.test(keyword));
  const lacking = SDK_PROGRAMS.filter(
    (program) => !installed.has(program) && (program !== 'bash' || facts.distro === 'alpine'),
  );
  const [called] = neededPrograms(siteOfProgram(site), staying, new Set(lacking));
  if (called !== undefined)
    return refuse('`{name}` is called, but the runtime image does not contain it', { name: called });
  return {
    image: name,
    lines: alpineCulture(site, project),
    reason: phrase('The final stage only runs what was published before, so it needs the runtime but no SDK.'),
    risk: phrase('The runtime image has no SDK tools: a program that calls one fails.'),
  };
};
