import { isInFinalImage } from '../../dockerfile/finalStages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'vulnerable-image',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      image: 'Known vulnerabilities in `{image}` on {date}: {counts}',
      layer: 'Known vulnerabilities added here, on {date}: {counts}',
      fixed: '{id} ({severity}) in {package} {version}, fixed in {fixed}',
      unfixed: '{id} ({severity}) in {package} {version}, no fixed version yet',
      newer: 'Use a newer tag of the image',
      update: 'Install the fixed versions here, or leave the packages out',
    },
    advice: { image: 'newer', layer: 'update' },
    docs: {
      description: 'Report what a scanner found in the image',
      rationale:
        'Attackers try known vulnerabilities first. A newer tag of the image, or an upgrade of the package in the layer that installs it, fixes most of them. This rule only shows the results of **Dockerfile Optimizer: Scan Base Images** and **Scan Built Image**. Without a scan it reports nothing, and a result stays, with its date, until the `FROM` changes. The setting `dockerfileOptimizer.scanner.severity` sets the lowest severity to report; list single vulnerabilities to ignore in a `.trivyignore`. On the command line, use `scan`.',
      fixSafety: { manual: 'which newer version still works is not known.' },
      bad: [],
      good: ['FROM debian:12-slim\nUSER 1000\n'],
      references: [
        'https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often',
        'https://trivy.dev/latest/docs/',
      ],
    },
  },
  visits: { keywords: ['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR'] },
  create: ({ dockerfile, imageScans, report }) => {
    const found = imageScans?.foundIn(dockerfile);
    if (!found || found.size === 0) return {};
    return {
      instruction(node) {
        const here = found.get(node);
        if (!here) return;
        const at = node.keyword === 'FROM' ? (node.args[0]?.span ?? node.keywordSpan) : node.keywordSpan;
        report(at, node.keyword === 'FROM' ? 'image' : 'layer', {
          // An image that is only used to build is not in a running container.
          ...(isInFinalImage(dockerfile, node) ? {} : { severity: 'info' }),
          data: { image: here.image, counts: here.counts, date: here.scannedOn },
          related: here.worst.map(({ id, severity, package: name, installedVersion, fixedVersion }) => ({
            messageId: fixedVersion === undefined ? 'unfixed' : 'fixed',
            span: at,
            data: { id, severity, package: name, version: installedVersion, fixed: fixedVersion ?? '' },
          })),
        });
      },
    };
  },
});
