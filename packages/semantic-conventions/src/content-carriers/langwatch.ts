import { type ContentCarrier, noContent } from './content-carrier.js';

/** LangWatch. */
export const langWatch: ContentCarrier = {
  id: 'langwatch',
  source: 'langwatch@0.16.1',
  markers: ['langwatch.span.type'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'langwatch.contexts',
      'langwatch.input',
      'langwatch.langchain.run.extra_params',
      // LangChain's own, as elsewhere.
      'langwatch.langchain.run.metadata.ls_stop',
      'langwatch.langchain.run.metadata.ls_invocation_params',
      'langwatch.output',
      'langwatch.prompt.variables',
    ],
    prefixes: ['langwatch.langchain.run.extra_params.'],
    mixedJsonKeys: ['langwatch.params'],
  },
};
