import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const WEB = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>';
const FILES = {
  'web.csproj': WEB,
  'Program.cs': 'class P {}\n',
  'appsettings.json': '{}',
  'wwwroot/index.html': '',
  'README.md': '',
};

function final(dockerfile: string, files: Record<string, string> = FILES): string {
  const { after } = planFor(dockerfile, files);
  return after.slice(after.lastIndexOf('\nFROM ') + 1);
}

const published = (image: string, end: string) =>
  `FROM mcr.microsoft.com/dotnet/${image}\nWORKDIR /app\nCOPY . .\nRUN dotnet publish -c Release -o out\n${end}\n`;

describe('.NET in one stage', () => {
  it('starts in the folder that holds its settings and static files', () => {
    const below = final(published('sdk:8.0', 'ENTRYPOINT ["dotnet", "out/web.dll"]'));
    expect(below).toMatch(/^COPY .*--from=build \/app\/out \/app\n/m);
    expect(below).toContain('ENTRYPOINT ["dotnet", "web.dll"]');
    expect(below).not.toContain('appsettings');
    const inside = final(published('sdk:8.0', 'WORKDIR /app/out\nENTRYPOINT ["dotnet", "web.dll"]'));
    expect(inside).toMatch(/^COPY .*--from=build \/app\/out \/app\/out\n/m);
    expect(inside).not.toMatch(/appsettings|wwwroot|README/);
  });

  it('keeps a start in another folder as it is', () => {
    const after = final(
      'FROM mcr.microsoft.com/dotnet/sdk:9.0\nWORKDIR /app\nCOPY . .\nRUN dotnet publish src/web/web.csproj -c Release -o /app/out\nENTRYPOINT ["dotnet", "out/web.dll"]\n',
      { 'src/web/web.csproj': WEB, 'src/web/Program.cs': '', 'src/web/appsettings.json': '{}', 'a b.docx': '' },
    );
    expect(after).toMatch(/^COPY .*--from=build \/app\/out \/app\/out\n/m);
    expect(after).toContain('"out/web.dll"');
    expect(after).not.toMatch(/src|docx/);
  });

  it('keeps settings that a console program finds beside itself', () => {
    const after = final(published('sdk:8.0', 'ENTRYPOINT ["dotnet", "out/web.dll"]'), {
      ...FILES,
      'web.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    });
    expect(after).toContain('FROM mcr.microsoft.com/dotnet/runtime:8.0\n');
    expect(after).toMatch(/^COPY .*appsettings\.json \./m);
  });

  it('takes the tag of the runtime, also for a tag of the SDK by its patch', () => {
    expect(final(published('sdk:8.0.204', 'CMD dotnet out/web.dll'))).toContain('dotnet/aspnet:8.0\n');
    expect(final(published('core/sdk:3.1', 'CMD dotnet out/web.dll'))).toContain('dotnet/core/aspnet:3.1\n');
  });

  it('looks at the project that is started and at those that it refers to', () => {
    const files = {
      ...FILES,
      'web.csproj': '<Project Sdk="Microsoft.NET.Sdk"><ProjectReference Include="lib\\lib.csproj" /></Project>',
      'lib/lib.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><FrameworkReference Include="Microsoft.AspNetCore.App" /></Project>',
      'other/other.csproj': WEB,
    };
    expect(final(published('sdk:8.0', 'CMD dotnet out/web.dll'), files)).toContain('dotnet/aspnet:8.0\n');
    expect(
      final(published('sdk:8.0', 'CMD dotnet out/web.dll'), { ...files, 'lib/lib.csproj': '<Project/>' }),
    ).toContain('dotnet/runtime:8.0\n');
  });

  it('gives Alpine what programs of other languages need', () => {
    expect(final(published('sdk:8.0-alpine', 'CMD dotnet out/web.dll'))).toMatch(
      /FROM \S+aspnet:8\.0-alpine\nRUN apk add --no-cache icu-data-full icu-libs tzdata\nENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false\n/,
    );
    for (const tag of ['sdk:6.0.100-alpine3.14-amd64', 'sdk:5.0-alpine', 'core/sdk:3.1.416-alpine3.13'])
      expect(final(published(tag, 'CMD dotnet out/web.dll'))).toContain('RUN apk add --no-cache icu-libs tzdata\n');
    const invariant = WEB.replace('></', '><InvariantGlobalization>true</InvariantGlobalization></');
    expect(
      final(published('sdk:8.0-alpine', 'CMD dotnet out/web.dll'), { ...FILES, 'web.csproj': invariant }),
    ).not.toContain('icu');
  });

  it('runs what brings its own runtime on the libraries alone', () => {
    const alone = WEB.replace('></', '><PublishAot>true</PublishAot></');
    expect(final(published('sdk:8.0', 'CMD ["./out/web"]'), { ...FILES, 'web.csproj': alone })).toContain(
      'dotnet/runtime-deps:8.0\n',
    );
  });

  it('publishes what `dotnet run` compiles at each start', () => {
    const run =
      'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY . .\nRUN dotnet restore\nENV ASPNETCORE_URLS=http://+:5000\nCMD ["dotnet", "run", "--urls", "http://+:5000"]\n';
    const { after } = planFor(run, {
      ...FILES,
      'Properties/launchSettings.json':
        '{"profiles": {"web": {"commandName": "Project", "applicationUrl": "http://localhost:1", "environmentVariables": {"ASPNETCORE_ENVIRONMENT": "Development"}}}}',
    });
    expect(after).toMatch(/RUN dotnet restore[\s\S]*RUN dotnet publish -c Release -o \/publish\n\n/);
    expect(after).toMatch(/^COPY .*--from=build \/publish \/app\n/m);
    expect(after).toContain('ASPNETCORE_ENVIRONMENT=Development\n');
    expect(after).toContain('CMD ["dotnet", "web.dll", "--urls", "http://+:5000"]');
    expect(guardOf(planFor(run.replace('"--urls"', '"--launch-profile"'), FILES), 'multi-stage')).toBe(
      '`dotnet run` has additional options: publish the program and start its .dll',
    );
  });

  it('has the settings of a project in a folder once, as published', () => {
    const run =
      'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY . .\nENV ASPNETCORE_URLS=http://+:5000\nCMD ["dotnet", "run", "--project", "src/web/web.csproj"]\n';
    const inFolder = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`src/web/${path}`, text]));
    const { after } = planFor(run, { ...inFolder, 'src/web/appsettings.json': '{}', 'src/web/wwwroot/a.css': '' });
    expect(after).toMatch(/--from=build \/publish \/app\n/);
    expect(after.split('# Final stage')[1]).not.toMatch(/appsettings|wwwroot/);
  });

  it('builds once, and listens where the file says', () => {
    const run =
      'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY . .\nRUN dotnet restore\nRUN dotnet build\nEXPOSE 5000\nCMD ["dotnet", "run"]\n';
    const { after } = planFor(run, FILES);
    expect(after).not.toContain('dotnet build');
    const twice = planFor(run.replace('dotnet build', 'dotnet publish -c Release'), FILES).after;
    expect(twice.match(/dotnet publish/g)).toHaveLength(1);
    expect(after).toContain('\nENV ASPNETCORE_URLS=http://+:5000\n');
    expect(planFor(run.replace('EXPOSE', 'ENV ASPNETCORE_HTTP_PORTS=81\nEXPOSE'), FILES).after).not.toContain('URLS');
    expect(planFor(run.replace('EXPOSE 5000', 'EXPOSE 80 90'), FILES).after).not.toContain('URLS');
    expect(planFor(run.replace('EXPOSE 5000', 'EXPOSE 5000 5001'), FILES).after).toContain('URLS=http://+:5000\n');
  });

  it.each([
    ['WORKDIR /app\nCOPY . .', 'CMD ["dotnet", "bin/Debug/net8.0/web.dll"]', '/app', ''],
    [
      'WORKDIR /app\nCOPY . .',
      'WORKDIR bin/Debug/net8.0\nCMD dotnet web.dll --seed',
      '/app/bin/Debug/net8.0',
      ' /app/web.csproj',
    ],
  ])('publishes what is only built: %s %s', (copy, start, folder, target) => {
    const { after } = planFor(`FROM mcr.microsoft.com/dotnet/sdk:8.0\n${copy}\nRUN dotnet build\n${start}\n`, FILES);
    expect(after).toContain(`RUN dotnet publish${target} -c Release -o /publish`);
    expect(after).toMatch(new RegExp(`^COPY .*--from=build /publish ${folder}\n`, 'm'));
    expect(after).toMatch(/^CMD \["dotnet", "web\.dll"/m);
    expect(after).not.toContain('dotnet build');
  });

  it('leaves a development server, and takes what uses more of the SDK in the build', () => {
    expect(guardOf(planFor(published('sdk:8.0', 'CMD dotnet watch run'), FILES), 'multi-stage')).toBe(
      '`dotnet watch` is a development server, which compiles while the container runs',
    );
    const tool = published('sdk:8.0', 'CMD dotnet out/web.dll').replace(
      'RUN',
      'RUN dotnet tool restore\nRUN dotnet pack\nRUN',
    );
    expect(final(tool)).toContain('dotnet/aspnet:8.0\n');
  });

  it('starts what is published instead of `dotnet run`', () => {
    const after = final(published('sdk:8.0', 'CMD dotnet run'));
    expect(after).toMatch(/^COPY .*--from=build \/app\/out \/app\n/m);
    expect(after).toContain('CMD ["dotnet", "web.dll"]');
    // What stands behind it is for the program, as before.
    expect(final(published('sdk:8.0', 'CMD dotnet run web.dll'))).toContain('CMD ["dotnet", "web.dll", "web.dll"]');
  });

  it('says that the old names are gone', () => {
    expect(
      guardOf(
        planFor(
          published('sdk:8.0', 'CMD dotnet run').replace(
            'mcr.microsoft.com/dotnet/sdk:8.0',
            'microsoft/dotnet:1.0.4-sdk',
          ),
          FILES,
        ),
        'multi-stage',
      ),
    ).toBe('its images are no longer on Docker Hub: use mcr.microsoft.com/dotnet/sdk with a supported version');
  });
});

describe('a final stage on the SDK that only runs what is published', () => {
  const two = (end: string) =>
    `FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /out\n\nFROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /app\nCOPY --from=build /out .\nUSER app\n${end}\n`;

  it('runs on the runtime', () => {
    expect(final(two('ENTRYPOINT ["dotnet", "web.dll"]'))).toContain('FROM mcr.microsoft.com/dotnet/aspnet:8.0\n');
  });

  it('stays where a program of the SDK is called', () => {
    const plan = planFor(two('HEALTHCHECK CMD curl -f http://localhost/\nENTRYPOINT ["dotnet", "web.dll"]'), FILES);
    expect(guardOf(plan, 'runtime-base')).toBe('`curl` is called, but the runtime image does not contain it');
  });
});
