import { distroInTag } from './distro';
import type { FamilyDeprecation } from './family';
import type { ImageTag } from './imageTag';

/** Java versions with long-term support that Eclipse Temurin has images for. */
const TEMURIN_VERSIONS = ['8', '11', '17', '21', '25'];

/** The replacement for a deprecated image: with a tag where one is certain, otherwise only the name. */
export function successorOf({ successor, keepsTags }: FamilyDeprecation, tag: ImageTag): string | undefined {
  if (successor === 'eclipse-temurin') return temurinFor(tag);
  if (successor === 'mcr.microsoft.com/dotnet/sdk') return dotnetFor(tag);
  const isKept = successor !== undefined && keepsTags !== undefined && new RegExp(keepsTags).test(tag.text);
  return isKept ? `${successor}:${tag.text}` : successor;
}

/** `microsoft/dotnet:2.2-aspnetcore-runtime` is `dotnet/aspnet` today. */
function dotnetFor({ text }: ImageTag): string {
  const kind = /aspnetcore-runtime/.test(text)
    ? 'aspnet'
    : /runtime-deps/.test(text)
      ? 'runtime-deps'
      : /runtime/.test(text)
        ? 'runtime'
        : 'sdk';
  return `mcr.microsoft.com/dotnet/${kind}`;
}

function temurinFor(tag: ImageTag): string {
  const version = /^\d+/.exec(tag.version ?? '')?.[0];
  const distro = distroInTag(tag);
  if (version === undefined || !TEMURIN_VERSIONS.includes(version) || distro === 'windows') return 'eclipse-temurin';
  const kind = tag.parts.includes('jre') ? 'jre' : 'jdk';
  return `eclipse-temurin:${version}-${kind}${distro === 'alpine' ? '-alpine' : ''}`;
}
