import { startWords } from '../../app/start/startWords';
import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import { isAtLeast, parseTag } from '../../knowledge/imageTag';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'aspnet-port',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      moved: 'ASP.NET Core {version} listens on port 8080 by default, not on {port}',
      write: 'Write `EXPOSE 8080`, or set ASPNETCORE_HTTP_PORTS to the port',
    },
    docs: {
      description: 'Expose port 8080 of ASP.NET Core 8 and later',
      rationale:
        'The images of ASP.NET Core listened on port 80 until version 7. Since version 8 they set `ASPNETCORE_HTTP_PORTS=8080`, so that a user other than root can run them. `docker run -P` and tools that read EXPOSE then publish a port on which nothing answers.\n\nThe rule reports nothing when a variable, the start command, the sources or the settings may set the port, or when Compose runs the image.',
      fixSafety: { manual: 'whoever runs the image may set the port.' },
      bad: ['FROM mcr.microsoft.com/dotnet/aspnet:8.0\nCOPY app /app\nEXPOSE 80\nCMD ["dotnet", "/app/web.dll"]\n'],
      good: [
        'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nCOPY app /app\nEXPOSE 8080\nCMD ["dotnet", "/app/web.dll"]\n',
        'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nCOPY app /app\nENV ASPNETCORE_HTTP_PORTS=80\nEXPOSE 80\nCMD ["dotnet", "/app/web.dll"]\n',
      ],
      references: ['https://learn.microsoft.com/dotnet/core/compatibility/containers/8.0/aspnet-port'],
    },
  },
  create: ({ buildContext, report, settings }) => ({
    stage(stage) {
      const version = stage.isFinal ? aspnetVersion(stage) : undefined;
      if (version === undefined || settings.services.length > 0 || !startsDll(stage)) return;
      const instructions = inheritedInstructions(stage);
      const ports = instructions.flatMap(({ keyword, args }) => (keyword === 'EXPOSE' ? args : []));
      const [port] = ports;
      // Who exposes another port has chosen one.
      if (!port || ports.some(({ value }) => !/^(?:80|443)(?:\/tcp)?$/.test(value))) return;
      const isSet = instructions.some(
        ({ keyword, pairs }) => keyword === 'ENV' && pairs.some(({ name }) => PORT_VARIABLE.test(name)),
      );
      if (isSet || (buildContext && mayBeConfigured(buildContext))) return;
      report(port.span, 'moved', {
        data: { version, port: port.value },
        fix: { title: 'write', safety: 'manual' },
      });
    },
  }),
});

function aspnetVersion(stage: Stage): string | undefined {
  const image = baseImage(stage);
  if (image?.name !== 'mcr.microsoft.com/dotnet/aspnet') return undefined;
  const { version } = parseTag(image.tag);
  return version !== undefined && isAtLeast(version, '8') ? version : undefined;
}

/** `dotnet web.dll`, without an option such as `--urls`; a script may set variables. */
function startsDll(stage: Stage): boolean {
  const [program, assembly, ...others] = startWords(stage) ?? [];
  return program === 'dotnet' && assembly?.endsWith('.dll') === true && others.length === 0;
}

/** `ASPNETCORE_URLS`, `DOTNET_HTTP_PORTS`, `Kestrel__Endpoints__Http__Url`; an application's own `PORT`. */
const PORT_VARIABLE = /url|port|kestrel/i;

/** Where an application sets its port, beside the command and the variables. */
const CONFIGURES = anyOf(/\.cs$/, /(?:^|\/)(?:appsettings|hostsettings)[^/]*\.json$/i, /\.ya?ml$/);
const SETS_PORT = /urls\b|kestrel|listen|https?_?ports|\brun(?:async)?\(\$?"/i;

/** True where a file sets the port, or may set it because it is unknown. */
function mayBeConfigured(context: BuildContext): boolean {
  const files = [...context.files.keys()].filter((path) => CONFIGURES.test(path));
  return context.unlisted.includes('') || files.some((path) => SETS_PORT.test(context.read(path) ?? 'kestrel'));
}
