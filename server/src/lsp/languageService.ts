/** By name: what is bundled as a module has the names of a package that is none only so. */
export { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
