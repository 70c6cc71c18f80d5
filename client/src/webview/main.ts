import type { Report, ReportPage } from '../../../server/src/protocol';
import { checkView } from './checkView';
import { keepControls } from './controls';
import { isInEditor, tellEditor } from './editor';
import { graphView } from './graph/graphView';
import { l10n } from './l10n';
import { measureView } from './measure/measureView';
import { scanView } from './scanView';
import { verifyView } from './verifyView';
import type { View } from './view';

function show({ language, texts, report }: ReportPage): void {
  l10n.use(texts, language);
  document.documentElement.lang = language;
  const view = viewOf(report);
  document.title = view.title;
  const restore = keepControls(document.body);
  document.body.replaceChildren(view.body);
  restore(document.body);
}

function viewOf(report: Report): View {
  if (report.kind === 'measure') return measureView(report);
  if (report.kind === 'verify') return verifyView(report);
  if (report.kind === 'graph') return graphView(report);
  return report.kind === 'scan' ? scanView(report) : checkView(report);
}

if (isInEditor) {
  addEventListener('message', ({ data }: MessageEvent<ReportPage>) => show(data));
  tellEditor({ type: 'ready' });
} else {
  addEventListener('DOMContentLoaded', () => {
    const data = document.getElementById('report')?.textContent;
    if (data) show(JSON.parse(data));
  });
}
