import type { ImageReference } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { copiedImages } from '../shared/copiedImages';

export default defineRule({
  meta: {
    id: 'no-eol-base',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      ended: '{what} has had no security fixes since {date}',
      move: 'Move to a newer version, and test with it',
    },
    docs: {
      description: 'Base images on versions that still get security fixes',
      rationale:
        'When a distribution or a runtime reaches its end of life, vulnerabilities that are found in it stay unfixed. Rebuilding the image does not help: there are no newer packages.\n\nThe dates are those of endoflife.date: of Debian the end of its long-term support, of Ubuntu that of its standard support. A version that is not in the data is not reported, and neither is anything where no clock is known.',
      fixSafety: 'Explained only: another version may behave differently, and which one suits is for you to say.',
      bad: ['FROM python:3.8-slim\n', 'FROM node:20-buster\n', 'FROM ubuntu:18.04\n'],
      good: ['FROM python:3.13-slim\n', 'FROM debian:bookworm-slim\n'],
      references: ['https://endoflife.date/'],
    },
  },
  create: ({ dockerfile, report, knowledge, settings: { contexts } }) => {
    const check = (image: ImageReference): void => {
      if (knowledge.today === undefined) return;
      const facts = knowledge.image(image);
      // What is withdrawn as a whole is said by no-deprecated-image.
      if (!facts?.endOfLife || facts.deprecated || facts.endOfLife.date >= knowledge.today) return;
      const { what, date } = facts.endOfLife;
      report(image.span, 'ended', {
        data: { what, date },
        fix: { title: 'move', safety: 'manual' },
      });
    };
    const imagesOf = copiedImages(dockerfile, knowledge, contexts);
    return {
      instruction(node) {
        for (const image of imagesOf(node)) check(image);
      },
      stage({ base }) {
        if (base.kind === 'image') check(base.image);
      },
    };
  },
});
