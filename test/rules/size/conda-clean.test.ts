import rule from '../../../server/src/rules/size/conda-clean';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nRUN conda install -y numpy\nFROM c\nCOPY --from=b /x /x\n',
    'FROM a\nRUN conda install -y b && conda clean -afy\n',
    'FROM a\nRUN conda install -y b && conda clean --all --yes\n',
    'FROM a\nRUN --mount=type=cache,target=/opt/conda/pkgs conda install -y b\n',
    'FROM a\nRUN conda list\n',
    'FROM a\nRUN mamba install -y b && mamba clean --all -f -y\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN micromamba install -y b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM a\nRUN micromamba install -y b && micromamba clean -afy\n',
    },
    {
      code: 'FROM a\nRUN conda install -y b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM a\nRUN conda install -y b && conda clean -afy\n',
    },
    {
      // its folder may not be in PATH
      code: 'FROM a\nRUN /opt/conda/bin/conda install -y b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM a\nRUN /opt/conda/bin/conda install -y b && /opt/conda/bin/conda clean -afy\n',
    },
    {
      code: 'FROM a\nRUN conda env create -f b.yml\n',
      findings: [{ messageId: 'missing', at: 'env' }],
      output: 'FROM a\nRUN conda env create -f b.yml && conda clean -afy\n',
    },
  ],
});
