import { testGuards } from '../../helpers/guards';

const STEP = 'multi-stage';

const WEB = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>';
const DOTNET = {
  dockerfile:
    'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\nWORKDIR /app\nENTRYPOINT ["dotnet", "shop.dll"]\n',
  files: { 'shop.csproj': WEB, 'Program.cs': '' },
};
testGuards('.NET', STEP, DOTNET, [
  {
    guard: 'the script that starts the program cannot be read',
    change: { 'ENTRYPOINT ["dotnet", "shop.dll"]': 'CMD if dotnet shop.dll' },
  },
  {
    guard: 'the script that starts the program cannot be read',
    change: { '["dotnet", "shop.dll"]': '["/src/start.sh"]' },
    files: { 'start.sh': '#!/bin/sh\nif dotnet shop.dll\n' },
  },
  { guard: 'the project file is not in the build context', files: { 'shop.csproj': undefined } },
  {
    guard: 'the project file is not in the build context',
    files: { 'shop.csproj': undefined, 'a/a.csproj': WEB, 'b/b.csproj': WEB },
  },
  {
    guard: 'several projects are published',
    change: { 'WORKDIR /app': 'RUN dotnet publish tool -c Release -o /tool\nWORKDIR /app' },
  },
  {
    guard: 'the container does not start the program that is published',
    change: { '"shop.dll"': '"/other/shop.dll"' },
  },
  {
    guard: 'the image is pinned to a digest: choose the runtime image and its digest yourself',
    change: { 'sdk:8.0': `sdk:8.0@sha256:${'0'.repeat(64)}` },
  },
  {
    guard: 'the development certificate is created in the image: pass a certificate at run time',
    change: { 'WORKDIR /app': 'RUN dotnet dev-certs https\nWORKDIR /app' },
  },
]);

const RUN = {
  ...DOTNET,
  dockerfile: 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY . .\nENTRYPOINT ["dotnet", "run"]\n',
};
testGuards('.NET that is compiled at each start', STEP, RUN, [
  {
    guard: '`dotnet run` is one of several commands: publish the program and start its .dll',
    change: { 'ENTRYPOINT ["dotnet", "run"]': 'CMD dotnet tool restore && dotnet run' },
  },
  {
    guard: 'cannot determine which project `dotnet run` starts: name it with --project',
    files: { 'shop.csproj': undefined, 'shop/shop.csproj': WEB },
  },
  {
    guard: 'a variable names the assembly of the project',
    files: { 'shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"><AssemblyName>$(Name)</AssemblyName></Project>' },
  },
  { guard: 'launchSettings.json cannot be read', files: { 'Properties/launchSettings.json': '{' } },
  {
    guard: 'the container does not start the program that is published',
    change: { ENTRYPOINT: 'RUN dotnet publish tool/tool.csproj -o /tool\nENTRYPOINT' },
    files: { 'tool/tool.csproj': WEB },
  },
]);

const JAVA = {
  dockerfile:
    'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn -B package\nCMD ["java", "-jar", "target/shop.jar"]\n',
  files: { 'pom.xml': '<project><artifactId>shop</artifactId></project>', 'src/main/java/Shop.java': '' },
};
testGuards('Java', STEP, JAVA, [
  {
    guard: 'the script that starts the program cannot be read',
    change: { '["java", "-jar", "target/shop.jar"]': 'if java -jar target/shop.jar' },
  },
  {
    guard: 'cannot determine the directory that the program starts in',
    change: { '["java", "-jar", "target/shop.jar"]': 'cd $HOME/app && java -jar shop.jar' },
  },
  { guard: 'the name of the jar is unknown', change: { '"target/shop.jar"': '"target/$JAR"' } },
  {
    guard: 'the jar is copied in, not built here',
    change: { 'target/shop.jar': 'shop.jar' },
    files: { 'shop.jar': '' },
  },
  {
    guard: 'the jar references other jars',
    files: { 'pom.xml': '<project><addClasspath>true</addClasspath></project>' },
  },
  { guard: 'the class path is unknown', change: { '"-jar", "target/shop.jar"': '"-cp", ".", "Shop"' } },
  {
    guard: 'nothing on the class path is built here',
    change: { '"-jar", "target/shop.jar"': '"-cp", "lib/shop.jar", "Shop"' },
    files: { 'lib/shop.jar': '' },
  },
  {
    guard: 'no matching JRE image is known for this image',
    change: { 'maven:3.9-eclipse-temurin-21': 'debian:bookworm' },
  },
  {
    guard: 'no matching JRE image is known for this image',
    change: { 'maven:3.9-eclipse-temurin-21': 'node:20-bookworm' },
  },
]);

const JAVAC = {
  dockerfile: 'FROM eclipse-temurin:21\nWORKDIR /app\nCOPY Shop.java .\nRUN javac Shop.java\nCMD ["java", "Shop"]\n',
  files: { 'Shop.java': 'class Shop {}\n' },
};
testGuards('Java that javac compiles', STEP, JAVAC, [
  { guard: 'cannot determine where the classes are', change: { 'javac Shop.java': 'javac -d out Shop.java' } },
  { guard: 'cannot determine what the container starts', change: { 'javac Shop.java': 'javac' } },
]);

const JRE = {
  dockerfile:
    'FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY pom.xml .\nCOPY src src\nRUN mvn -B package\n\nFROM eclipse-temurin:21-jdk\nRUN apt-get update && apt-get install -y --no-install-recommends fontconfig\nCOPY --from=build /src/target/shop.jar /shop.jar\nUSER 1000\nCMD ["java", "-jar", "/shop.jar"]\n',
  files: JAVA.files,
};
testGuards('Java', 'runtime-base', JRE, [
  { guard: 'a RUN cannot be parsed', change: { 'RUN apt-get update &&': 'RUN if apt-get update &&' } },
  {
    guard: 'the script that starts the program cannot be read',
    change: { '["java", "-jar", "/shop.jar"]': 'if java -jar /shop.jar' },
  },
  { guard: 'the container does not start `java`', change: { '["java", "-jar", "/shop.jar"]': '["sleep", "1"]' } },
  {
    guard: '`jcmd` is called, but no JRE contains it',
    change: { 'USER 1000': 'HEALTHCHECK CMD jcmd 1 VM.version\nUSER 1000' },
  },
]);
testGuards(
  'Java of another vendor',
  'runtime-base',
  {
    ...JRE,
    dockerfile: JRE.dockerfile.replace('FROM eclipse-temurin:21-jdk', 'FROM openjdk:17').replace(/RUN apt.*\n/, ''),
  },
  [
    {
      guard: '`adduser` has different options in the JRE image',
      change: { 'USER 1000': 'RUN adduser --system shop\nUSER 1000' },
    },
    {
      guard: '`git` is called, but the JRE image does not contain it',
      change: {
        'FROM openjdk:17': 'FROM openjdk:17-bullseye',
        'USER 1000': 'HEALTHCHECK CMD git --version\nUSER 1000',
      },
    },
  ],
);

const PUBLISHED = {
  dockerfile:
    'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\n\nFROM mcr.microsoft.com/dotnet/sdk:8.0\nCOPY --from=build /app /app\nUSER app\nCMD ["dotnet", "/app/shop.dll"]\n',
  files: DOTNET.files,
};
testGuards('.NET', 'runtime-base', PUBLISHED, [
  {
    guard: 'the script that starts the program cannot be read',
    change: { '["dotnet", "/app/shop.dll"]': 'if dotnet /app/shop.dll' },
  },
  { guard: 'the container does not start `dotnet`', change: { '["dotnet", "/app/shop.dll"]': '["/app/shop"]' } },
  {
    guard: 'the image is pinned to a digest: choose the runtime image and its digest yourself',
    change: {
      '\n\nFROM mcr.microsoft.com/dotnet/sdk:8.0': `\n\nFROM mcr.microsoft.com/dotnet/sdk:8.0@sha256:${'0'.repeat(64)}`,
    },
  },
  { guard: 'the project file is not in the build context', files: { 'shop.csproj': undefined } },
  {
    guard: '`git` is called, but the runtime image does not contain it',
    change: { 'USER app': 'HEALTHCHECK CMD git --version\nUSER app' },
  },
]);
