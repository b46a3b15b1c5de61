import { type ContentCarrier, noContent } from './content-carrier.js';

/** Axiom's instrumentation, and its evaluations. */
export const axiom: ContentCarrier = {
  id: 'axiom',
  source: 'axiom@0.52.2',
  markers: ['axiom.gen_ai.sdk.name'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'eval.case.expected',
      'eval.case.input',
      'eval.case.output',
      'eval.task.output',
      'eval.trial.error',
      'gen_ai.tool.arguments',
    ],
  },
};
