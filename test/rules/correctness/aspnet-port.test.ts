import rule from '../../../server/src/rules/correctness/aspnet-port';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const ASPNET = 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\n';
const START = 'ENTRYPOINT ["dotnet", "web.dll"]\n';

testRule(rule, {
  onbuild: false,
  valid: [
    `FROM mcr.microsoft.com/dotnet/aspnet:7.0\nEXPOSE 80\n${START}`,
    `FROM mcr.microsoft.com/dotnet/aspnet\nEXPOSE 80\n${START}`,
    `FROM mcr.microsoft.com/dotnet/runtime:8.0\nEXPOSE 80\n${START}`,
    `${ASPNET}EXPOSE 8080\n${START}`,
    `${ASPNET}EXPOSE 80 8080\n${START}`,
    `${ASPNET}EXPOSE 80/udp\n${START}`,
    `${ASPNET}ENV ASPNETCORE_URLS=http://+:80\nEXPOSE 80\n${START}`,
    `${ASPNET}ENV ASPNETCORE_HTTP_PORTS 80\nEXPOSE 80\n${START}`,
    `${ASPNET}ENV Kestrel__Endpoints__Http__Url=http://+:80\nEXPOSE 80\n${START}`,
    `${ASPNET}EXPOSE 80\nENTRYPOINT ["dotnet", "web.dll", "--urls", "http://+:80"]\n`,
    `${ASPNET}EXPOSE 80\nENTRYPOINT ["./start.sh"]\n`,
    `${ASPNET}EXPOSE 80\n`,
    `${ASPNET}EXPOSE 80\n${START}FROM debian:12\n`,
    {
      code: `${ASPNET}EXPOSE 80\n${START}`,
      settings: { services: [{ mounts: [], starts: [], isPrivileged: false }] },
    },
    {
      code: `${ASPNET}EXPOSE 80\n${START}`,
      buildContext: buildContextOf({ 'web/Program.cs': 'builder.WebHost.UseUrls("http://+:80");' }),
    },
    {
      code: `${ASPNET}EXPOSE 80\n${START}`,
      buildContext: buildContextOf({ 'Program.cs': 'app.Run("http://+:80");' }),
    },
    {
      code: `${ASPNET}EXPOSE 80\n${START}`,
      buildContext: buildContextOf({ 'appsettings.Production.json': '{"Kestrel":{}}' }),
    },
    {
      code: `${ASPNET}EXPOSE 80\n${START}`,
      buildContext: buildContextOf({ 'docker-compose.yml': 'environment:\n  - ASPNETCORE_HTTP_PORTS=80\n' }),
    },
    {
      code: `${ASPNET}EXPOSE 80\n${START}`,
      buildContext: { ...buildContextOf({ 'Program.cs': '' }), read: () => undefined },
    },
    { code: `${ASPNET}EXPOSE 80\n${START}`, buildContext: buildContextOf({}, false) },
  ],
  invalid: [
    {
      code: `${ASPNET}EXPOSE 80\nEXPOSE 443\n${START}`,
      findings: [{ messageId: 'moved', at: '80', data: { version: '8.0', port: '80' } }],
    },
    {
      code: `FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine AS base\nEXPOSE 443/tcp\nFROM base\nCMD dotnet web.dll\n`,
      findings: [{ messageId: 'moved', at: '443/tcp', data: { version: '10.0', port: '443/tcp' } }],
    },
    {
      code: `${ASPNET}EXPOSE 80\n${START}`,
      buildContext: buildContextOf({ 'Program.cs': 'app.Run();', 'appsettings.json': '{"AllowedHosts": "*"}' }),
      findings: [{ messageId: 'moved', at: ['80', 1] }],
    },
  ],
});
