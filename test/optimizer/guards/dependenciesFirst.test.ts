import { testGuards } from '../../helpers/guards';

const FINAL = 'FROM scratch\nCOPY --from=build /a /a\nUSER 1000\nCMD ["/a"]\n';
const STEP = 'dependencies-first';

const GO = {
  dockerfile: `FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /a .\n\n${FINAL}`,
  files: { 'go.mod': 'module a\n', 'go.sum': '', 'a.go': 'package main\n' },
};
testGuards('Go', STEP, GO, [
  { guard: 'go.work lists other modules that the download needs', files: { 'go.work': 'go 1.22\nuse ./b\n' } },
  {
    guard: 'go.mod replaces a module with a local directory that the download needs',
    files: { 'go.mod': 'module a\nreplace b => ../b\n' },
  },
]);

const CARGO = {
  dockerfile: `FROM rust:1-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n\n${FINAL}`,
  files: {
    'Cargo.toml': '[package]\nname = "tool"\n[dependencies]\nitoa = "1"\n',
    'Cargo.lock': '',
    'src/main.rs': '',
  },
};
testGuards('Cargo', STEP, CARGO, [
  {
    guard: 'the dependencies are in the same folder as the sources',
    files: { '.cargo/config.toml': '[source.vendored-sources]\ndirectory = "vendor"\n' },
  },
  { guard: 'a build script may read the sources', files: { 'build.rs': 'fn main() {}\n' } },
  {
    guard: 'a build script may read the sources',
    files: { 'Cargo.toml': '[package]\nname = "tool"\nbuild = "make.rs"\n[dependencies]\nitoa = "1"\n' },
  },
  { guard: 'Cargo.toml has no package name', files: { 'Cargo.toml': '[dependencies]\nitoa = "1"\n' } },
  {
    guard: 'Cargo.toml has no package name',
    files: { 'Cargo.toml': '[workspace]\nmembers = ["a"]\n', 'a/Cargo.toml': '[package]\n[dependencies]\nb = "1"\n' },
  },
  {
    guard: 'Cargo.toml lists targets whose sources the download needs',
    files: {
      'Cargo.toml': '[package]\nname = "tool"\n[dependencies]\nitoa = "1"\n[[bin]]\nname = "b"\npath = "b.rs"\n',
    },
  },
  {
    guard: 'Cargo.toml lists targets whose sources the download needs',
    files: { 'Cargo.toml': '[package]\nname = "tool"\n[lib]\npath = "b.rs"\n[dependencies]\nitoa = "1"\n' },
  },
  { guard: 'there is no src/main.rs', files: { 'src/main.rs': undefined, 'tool.rs': '' } },
  {
    guard: 'Cargo.toml refers to project files or directories that the download needs',
    files: { 'Cargo.toml': '[package]\nname = "tool"\n[dependencies]\nb = { path = "../b" }\n' },
  },
  {
    guard: 'there are too many projects to copy one by one',
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      ...Object.fromEntries(
        Array.from({ length: 13 }, (_, index) => [
          [`crates/c${index}/Cargo.toml`, `[package]\nname = "c${index}"\n[dependencies]\nitoa = "1"\n`],
          [`crates/c${index}/src/main.rs`, ''],
        ]).flat(),
      ),
    },
  },
]);

testGuards(
  'Cargo with as many packages as are copied one by one',
  STEP,
  {
    ...CARGO,
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'Cargo.lock': '',
      ...Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [
          [`crates/c${index}/Cargo.toml`, `[package]\nname = "c${index}"\n[dependencies]\nitoa = "1"\n`],
          [`crates/c${index}/src/main.rs`, ''],
        ]).flat(),
      ),
    },
  },
  [],
);

const PROJECT = '<Project Sdk="Microsoft.NET.Sdk"></Project>';
const projects = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}/p${index}.csproj`, PROJECT]));
const references = (count: number) =>
  `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>${Array.from(
    { length: count },
    (_, index) => `<ProjectReference Include="..\\p${index}\\p${index}.csproj" />`,
  ).join('')}</ItemGroup></Project>`;
const DOTNET = {
  dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish app/app.csproj -c Release -o /a\n\nFROM mcr.microsoft.com/dotnet/runtime:8.0\nCOPY --from=build /a /a\nUSER app\nCMD ["dotnet", "/a/app.dll"]\n`,
  files: { 'app/app.csproj': PROJECT, 'app/Program.cs': '' },
};
testGuards('.NET', STEP, DOTNET, [
  {
    guard: 'the build settings import other files',
    files: { 'Directory.Build.props': '<Project><Import Project="build/common.props" /></Project>' },
  },
  {
    guard: 'app/app.csproj imports other files',
    files: { 'app/app.csproj': '<Project Sdk="Microsoft.NET.Sdk"><Import Project="../common.props" /></Project>' },
  },
  {
    guard: 'app/app.csproj references projects with a variable',
    files: {
      'app/app.csproj': '<Project Sdk="Microsoft.NET.Sdk"><ProjectReference Include="$(Root)/b/b.csproj" /></Project>',
    },
  },
  {
    guard: 'b/b.csproj is not among the files that are copied',
    files: {
      'app/app.csproj': '<Project Sdk="Microsoft.NET.Sdk"><ProjectReference Include="../b/b.csproj" /></Project>',
    },
  },
  {
    guard: 'there are too many projects to copy one by one',
    files: { 'app/app.csproj': references(12), ...projects(12) },
  },
]);
testGuards(
  '.NET with as many projects as are copied one by one',
  STEP,
  { ...DOTNET, files: { ...DOTNET.files, 'app/app.csproj': references(11), ...projects(11) } },
  [],
);

const MAVEN = {
  dockerfile: `FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn -B package\n\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/a.jar /a.jar\nUSER 1000\nCMD ["java", "-jar", "/a.jar"]\n`,
  files: { 'pom.xml': '<project><artifactId>a</artifactId></project>', 'src/A.java': '' },
};
testGuards('Maven', STEP, MAVEN, [
  {
    guard: 'the download contains more than the build uses, and this stage is the final image',
    change: {
      '\n\nFROM eclipse-temurin:21-jre\nCOPY --from=build /src/target/a.jar /a.jar': '',
      '"/a.jar"': '"/src/target/a-$V.jar"',
    },
  },
]);
