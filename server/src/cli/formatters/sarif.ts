import { createFindingsSarif } from '../../engine/findingsSarif';
import { fingerprintsOf } from './fingerprint';
import type { CreateReporter } from './reporter';
import { printSarif, sarifUri } from './sarifLog';

export const sarifReporter: CreateReporter = (session) => {
  const sarif = createFindingsSarif(session.engine);
  return {
    file(file) {
      sarif.add({ ...file, uri: sarifUri(file.path), fingerprints: fingerprintsOf(file) });
    },
    end() {
      printSarif(session, sarif);
    },
  };
};
