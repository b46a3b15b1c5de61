import { type ContentCarrier, noContent } from './content-carrier.js';

/** What Braintrust reads from spans that are sent to it, and applications write for it. */
export const braintrust: ContentCarrier = {
  id: 'braintrust',
  source: 'the documentation of @braintrust/otel@1.0.1',
  markers: ['braintrust.parent'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'braintrust.context_json',
      'braintrust.expected',
      'braintrust.input',
      'braintrust.input_json',
      'braintrust.output',
      'braintrust.output_json',
    ],
  },
};
