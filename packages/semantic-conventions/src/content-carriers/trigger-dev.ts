import { type ContentCarrier, noContent } from './content-carrier.js';

/** Trigger.dev, whose tasks record what they are given and what they return, and whose chats what the user wrote. */
export const triggerDev: ContentCarrier = {
  id: 'trigger_dev',
  source: '@trigger.dev/core and sdk @4.8.3',
  markers: [],
  // Tasks need not have anything to do with LLMs.
  contentMarks: false,
  content: {
    ...noContent,
    keys: [
      '$output',
      '$payload',
      // The variables of a prompt, as the AI SDK's metadata.
      'ai.telemetry.metadata.prompt.input',
      'chat.action',
      'chat.client_data',
      'chat.user_message',
      'pending.messages',
      'prompt.input',
      'prompt.template',
      'prompt.text',
    ],
    // What others write below these names.
    safeKeys: [
      'pending.messages.count',
      'prompt.template.id',
      'prompt.template.name',
      'prompt.template.version',
    ],
    mixedJsonKeys: ['prompt.config'],
  },
};
