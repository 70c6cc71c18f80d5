import rule from '../../../server/src/rules/size/no-chown-layer';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN chown -R b /d\n',
    'FROM a\nCOPY c /e\nRUN chown -R b /d\n',
    'FROM a\nCOPY c /d\nRUN chown -R $B /d\n',
    'FROM a AS x\nCOPY c /d\nRUN chown -R b /d\nFROM e\n',
    'FROM a\nCOPY c /dd\nRUN chown -R b /d\n',
    // another owner on purpose
    'FROM a\nCOPY --chown=c c /d\nRUN chown -R b /d\n',
    // the folder alone is no file
    'FROM a\nWORKDIR /d\nCOPY c /d\nRUN chown b /d\n',
  ],
  invalid: [
    {
      // WORKDIR made the folder for root: it is still given away
      code: 'FROM a\nWORKDIR /app\nCOPY . .\nRUN chown -R b:b /app\nCMD c\n',
      findings: [{ messageId: 'twice', at: 'chown -R b:b /app' }],
      output: 'FROM a\nWORKDIR /app\nRUN chown b:b /app\nCOPY --chown=b:b . .\nCMD c\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY c /opt\nRUN chown -R b /opt\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /opt' }],
      output: 'FROM a\nRUN chown b /opt\nCOPY --chown=b c /opt\n',
      onbuild: false,
    },
    {
      // COPY makes it for the owner that it names
      code: 'FROM a\nCOPY --from=x c /d/e/\nCOPY f /d/\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nCOPY --chown=b --from=x c /d/e/\nCOPY --chown=b f /d/\n',
      onbuild: false,
    },
    {
      // a linked copy knows no names
      code: 'FROM a\nCOPY --link f /d/\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nCOPY --chown=b f /d/\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY --link f /d/\nRUN chown -R 1000:1000 /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R 1000:1000 /d' }],
      output: 'FROM a\nCOPY --chown=1000:1000 --link f /d/\n',
      onbuild: false,
    },
    {
      // node_modules would stay root's
      code: 'FROM a\nWORKDIR /d\nCOPY c .\nRUN npm ci\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // a file that a RUN writes would stay root's
      code: 'FROM a\nWORKDIR /d\nCOPY c .\nRUN touch x && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // the folders that were made would stay root's
      code: 'FROM a\nRUN useradd b\nWORKDIR /d\nRUN mkdir -p /d/data/x \\\n  /d/logs\nCOPY c /d/c\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output:
        'FROM a\nRUN useradd b\nWORKDIR /d\nRUN mkdir -p /d/data/x \\\n  /d/logs\nRUN chown b /d /d/data /d/data/x /d/logs\nCOPY --chown=b c /d/c\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nWORKDIR /d/src\nCOPY c .\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nWORKDIR /d/src\nRUN chown b /d /d/src\nCOPY --chown=b c .\n',
      onbuild: false,
    },
    {
      // the user is created above
      code: 'FROM a\nCOPY c /d\nRUN useradd b\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nRUN useradd b\nCOPY --chown=b c /d\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY c /d/e\nRUN useradd b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nRUN useradd b\nCOPY --chown=b c /d/e\n',
      onbuild: false,
    },
    {
      // with its comment, and away from the comment of the COPY
      code: 'FROM a\nWORKDIR /d\n\n# Sources\nCOPY . .\n\n# User\nRUN addgroup -S g && adduser -S b -G g && \\\n    chown -R b:g /d\nUSER b\n',
      findings: [{ messageId: 'twice', at: 'chown -R b:g /d' }],
      output:
        'FROM a\nWORKDIR /d\n\n# User\nRUN addgroup -S g && adduser -S b -G g && \\\n    chown b:g /d\n\n# Sources\nCOPY --chown=b:g . .\n\nUSER b\n',
      onbuild: false,
    },
    {
      // what looks at the files stays; `b:` is b with its group
      code: 'FROM a\nWORKDIR /d\nCOPY . .\nRUN chmod +x run.sh && useradd b && chown -R b: /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b: /d' }],
      output: 'FROM a\nWORKDIR /d\nRUN useradd b \\\n    && chown b /d\nCOPY --chown=b . .\nRUN chmod +x run.sh\n',
      onbuild: false,
    },
    {
      // new folders are empty: the recursion costs nothing
      code: 'FROM a\nWORKDIR /d\nCOPY . .\nRUN useradd -m b && mkdir /var/x && chown -R b /d /var/x /home/b\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d /var/x /home/b' }],
      output:
        'FROM a\nWORKDIR /d\nRUN useradd -m b && mkdir /var/x && chown -R b /d /var/x /home/b\nCOPY --chown=b . .\n',
      onbuild: false,
    },
    {
      // a parent stage created the directory
      code: 'FROM a AS base\nWORKDIR /d\nFROM base\nCOPY . .\nRUN useradd b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a AS base\nWORKDIR /d\nFROM base\nRUN useradd b && chown b /d\nCOPY --chown=b . .\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nADD . /d\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nADD --chown=b . /d\n',
      onbuild: false,
    },
    {
      // an archive names the owners of its files
      code: 'FROM a\nCOPY x /d/\nADD y.tar.gz /d/\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // usermod, and the user that it changes, come with packages
      code: 'FROM a\nCOPY . /d\nRUN apk add ${DEPS}\nRUN adduser -S b && usermod -aG b nginx && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY . /d\nRUN apk add nginx\nRUN adduser -S b && addgroup nginx b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // COPY may create the directory
      code: 'FROM a\nRUN useradd b\nCOPY x /etc/y/\nRUN chown -R b /etc/y\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /etc/y' }],
      output: 'FROM a\nRUN useradd b\nCOPY --chown=b x /etc/y/\nRUN chown b /etc/y\n',
      onbuild: false,
    },
    {
      // what is written elsewhere does not matter
      code: 'FROM php:8.2-apache\nRUN docker-php-ext-install pdo && a2enmod rewrite\nRUN sed -ri "s/a/b/" /etc/apache2/apache2.conf && echo x > /etc/y\nCOPY . /var/www/html\nRUN chown -R www-data:www-data /var/www/html\n',
      findings: [{ messageId: 'twice', at: 'chown -R www-data:www-data /var/www/html' }],
      output:
        'FROM php:8.2-apache\nRUN docker-php-ext-install pdo && a2enmod rewrite\nRUN sed -ri "s/a/b/" /etc/apache2/apache2.conf && echo x > /etc/y\nRUN chown www-data:www-data /var/www/html\nCOPY --chown=www-data:www-data . /var/www/html\n',
      onbuild: false,
    },
    {
      // but what is written there does
      code: 'FROM a\nRUN useradd b\nCOPY . /d\nRUN cp /x /d/y && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN useradd b\nCOPY . /d\nRUN echo x > y\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // the directories have their owner already
      code: 'FROM a\nWORKDIR /d\nRUN mkdir x && chown -R b .\nCOPY . .\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nWORKDIR /d\nRUN mkdir x && chown -R b .\nCOPY --chown=b . .\n',
      onbuild: false,
    },
    {
      // the files have their owner already
      code: 'FROM a\nRUN useradd b\nWORKDIR /d\nCOPY --chown=b:b . .\nRUN mkdir -p /d/logs tmp && chown -R b:b /d\nUSER b\n',
      findings: [{ messageId: 'twice', at: 'chown -R b:b /d' }],
      output:
        'FROM a\nRUN useradd b\nWORKDIR /d\nCOPY --chown=b:b . .\nRUN mkdir -p /d/logs tmp && chown b:b /d /d/logs /d/tmp\nUSER b\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY --chown=b c /d\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nCOPY --chown=b c /d\n',
      onbuild: false,
    },
    {
      // a directory that is filled elsewhere
      code: 'FROM a\nCOPY . /d\nRUN useradd b && chown -R b /d /e\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d /e' }],
      output: null,
      onbuild: false,
    },
    {
      // the WORKDIR may move above the COPY: its directory would belong to root
      code: 'FROM a\nCOPY . /d\nWORKDIR /d\nRUN useradd b && mkdir /d/x && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nRUN useradd b\nCOPY --chown=b . /d\nWORKDIR /d\nRUN mkdir /d/x && chown b /d /d/x\n',
      onbuild: false,
    },
    {
      // the uid is set in between
      code: 'FROM a\nCOPY . /d\nARG UID=1000\nRUN useradd -u ${UID} b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // a package brings useradd, or the group
      code: 'FROM a\nCOPY . /d\nRUN apk add shadow\nRUN useradd b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY . /d\nRUN apt-get install -y x\nRUN useradd -G x,audio b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // a package may create the owner
      code: 'FROM a\nCOPY . /opt/d\nRUN apt-get install -y nginx\nRUN chown -R www-data /opt\n',
      findings: [{ messageId: 'twice', at: 'chown -R www-data /opt' }],
      output: 'FROM a\nCOPY --chown=www-data . /opt/d\nRUN apt-get install -y nginx\nRUN chown www-data /opt\n',
      onbuild: false,
    },
    {
      // whether the user exists is not certain
      code: 'FROM a\nCOPY . /d\nRUN useradd b || true; chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
  ],
});
