import { phrase } from '../../l10n/phrase';
import { dotnetProjects, isWebProject } from '../../optimizer/split/dotnetProject';
import { badName, isOneWord, line, programName, type Starter, sources, start } from '../starter';

/** Each project that builds a program, but no tests. */
export const dotnet: Starter = ({ context }) => {
  const projects = dotnetProjects(context);
  const programs = projects.filter(
    ({ text }) =>
      /Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker)"|<OutputType>\s*Exe\s*</i.test(text) &&
      !/Microsoft\.NET\.Test\.Sdk|<IsTestProject>\s*true/i.test(text),
  );
  return programs.map((project) => {
    const name = programName('dotnet', project.path, programs);
    if (!isOneWord(project.path)) return badName(name, project.path);
    const version = frameworkOf(project.text) ?? frameworkOf(context.read('Directory.Build.props') ?? '');
    if (version === undefined || project.assembly === undefined)
      return {
        name,
        why: phrase('{file} does not name its target framework or assembly plainly', { file: project.path }),
      };
    const isWeb = isWebProject(project, projects, context);
    return {
      name,
      title: `${isWeb ? 'ASP.NET Core' : '.NET'} ${version}`,
      lines: [
        line(
          `FROM mcr.microsoft.com/dotnet/sdk:${version}`,
          phrase('The target framework of {file}', { file: project.path }),
        ),
        ...sources('/src'),
        line(
          `RUN dotnet publish ${project.path} -c Release -o /app`,
          phrase('Publishes what the image needs to run {file}', {
            file: project.path,
          }),
        ),
        line('WORKDIR /app', phrase('The content root: appsettings.json and wwwroot are read from it')),
        ...(isWeb && Number(version) >= 8
          ? [line('EXPOSE 8080', phrase('ASP.NET Core images listen on port 8080 since .NET 8'))]
          : []),
        start(['dotnet', `${project.assembly}.dll`], phrase('The assembly of {file}', { file: project.path })),
      ],
    };
  });
};

/** `net8.0`; the newest of several. */
function frameworkOf(text: string): string | undefined {
  const [, frameworks = ''] = /<TargetFrameworks?>([^<]*)</.exec(text) ?? [];
  const versions = [...frameworks.matchAll(/\bnet(?:coreapp)?(\d+\.\d+)\b/g)].map(([, version = '']) => version);
  return versions.sort((a, b) => Number(b) - Number(a))[0];
}
