import type { BuildContext } from '../../engine/buildContext';

/** The folders of all modules, each with a trailing `/`, also those of modules in modules. */
export function mavenModules(context: BuildContext, folder: string = ''): string[] {
  const [, list = ''] = (context.read(`${folder}pom.xml`) ?? '').split('<modules>');
  return [...(list.split('</modules>')[0] ?? '').matchAll(/<module>\s*([^<\s]+)\s*</g)].flatMap(([, path = '']) => {
    const module = `${folder}${path.replace(/\/$/, '')}/`;
    return context.files.has(`${module}pom.xml`) ? [module, ...mavenModules(context, module)] : [];
  });
}
