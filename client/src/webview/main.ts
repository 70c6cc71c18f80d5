import type { ReportPage } from '../../../server/src/protocol';
import { isInEditor, tellEditor } from './editor';
import { l10n } from './l10n';
import { measureView } from './measure/measureView';

function show({ language, texts, report }: ReportPage): void {
  l10n.use(texts, language);
  document.documentElement.lang = language;
  const view = measureView(report);
  document.title = view.title;
  document.body.replaceChildren(view.body);
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
