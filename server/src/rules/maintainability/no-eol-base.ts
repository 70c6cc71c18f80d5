import { parseImageReference } from '../../dockerfile/imageReference';
import type { ImageReference } from '../../dockerfile/model';
import { copiedImages } from '../../engine/copiedImages';
import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-eol-base',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:ruby/eol-ruby-version'],
    fixable: 'manual',
    messages: {
      ended: '{what} has had no security fixes since {date}',
      move: 'Switch to a newer version, and test with it',
      moveTo: 'Switch to a newer version, such as {newest}, and test with it',
    },
    docs: {
      description: 'Use a base image version that still receives security fixes',
      rationale:
        'When a distribution or a runtime reaches its end of life, new vulnerabilities in it stay unfixed. Rebuilding the image does not help, because there are no newer packages.\n\nThe dates are from endoflife.date: for Debian the end of long-term support, for Ubuntu the end of standard support. The rule does not report versions that are missing from this data, and reports nothing if the current date is unknown. It treats a version of Node.js from NodeSource or nvm like the base image `node`.',
      fixSafety: { manual: 'another version may behave differently, and the choice is yours.' },
      bad: [
        'FROM python:3.8-slim\n',
        'FROM node:20-buster\n',
        'FROM ubuntu:18.04\n',
        'FROM debian:12\nRUN curl -fsSL https://deb.nodesource.com/setup_16.x | bash -\n',
      ],
      good: ['FROM python:3.13-slim\n', 'FROM debian:bookworm-slim\n'],
      references: ['https://endoflife.date/'],
    },
  },
  create: ({ dockerfile, report, knowledge, settings: { contexts } }) => {
    const check = (image: ImageReference): void => {
      if (knowledge.today === undefined) return;
      const facts = knowledge.image(image);
      // no-deprecated-image reports images that are withdrawn as a whole.
      if (!facts?.endOfLife || facts.deprecated || facts.endOfLife.date >= knowledge.today) return;
      const { what, date, longest } = facts.endOfLife;
      const isNewer = longest.date >= knowledge.today;
      report(image.span, 'ended', {
        data: { what, date },
        fix: { title: isNewer ? 'moveTo' : 'move', data: { newest: longest.what }, safety: 'manual' },
      });
    };
    const checkNode = ({ span }: Word, version: string | undefined): void => {
      const image = version && parseImageReference(`node:${version}`, span, true);
      if (image) check(image);
    };
    const imagesOf = copiedImages(dockerfile, knowledge, contexts);
    return {
      instruction(node) {
        for (const image of imagesOf(node)) check(image);
      },
      command({ name, words: [, first, second], words }, on) {
        if (on.keyword !== 'RUN') return;
        if (name === 'nvm' && first?.value === 'install' && second)
          checkNode(second, /^v?(\d+)/.exec(second.value)?.[1]);
        for (const word of words)
          checkNode(word, /^https:\/\/(?:deb|rpm)\.nodesource\.com\/(?:setup|node)_(\d+)\.x/.exec(word.value)?.[1]);
      },
      stage({ base }) {
        if (base.kind === 'image') check(base.image);
      },
    };
  },
});
