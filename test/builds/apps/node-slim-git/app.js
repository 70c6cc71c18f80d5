// Makes a repository with the git of the image.
const { mkdtempSync } = require('node:fs');
const { simpleGit } = require('simple-git');

const git = simpleGit(mkdtempSync('/tmp/a-'));
git.init().then(() => git.checkIsRepo()).then((is) => console.log(is));
