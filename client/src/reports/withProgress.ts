import { type CancellationToken, type Progress, ProgressLocation, window } from 'vscode';

type Work = (token: CancellationToken, progress: Progress<{ message?: string; increment?: number }>) => Promise<void>;

/** Shows progress in a notification that can cancel the work. */
export async function withProgress(title: string, work: Work): Promise<void> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    try {
      await work(token, progress);
    } catch (error) {
      // A cancelled request also ends with an error.
      if (!token.isCancellationRequested) throw error;
    }
  });
}
