import { type ContentCarrier, noContent } from './content-carrier.js';

/** LiveKit's agents. */
export const liveKit: ContentCarrier = {
  id: 'livekit',
  source: '@livekit/agents@1.9.0, and 1.4.0, which has no `pii` in its names',
  markers: ['lk.agent_label', 'lk.generation_id', 'lk.speech_id'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'lk.amd.transcript',
      'lk.chat_ctx',
      'lk.function_tool.arguments',
      'lk.function_tool.output',
      'lk.input_text',
      'lk.instructions',
      'lk.response.function_calls',
      'lk.response.text',
      'lk.user_input',
      'lk.user_transcript',
    ],
    prefixes: ['lk.pii.'],
  },
};
