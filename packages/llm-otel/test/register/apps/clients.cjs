// An application that takes its clients from submodules and from the packages for platforms, as CommonJS.
const { makeCalls } = require('./make-client-calls.cjs');

makeCalls({
  openai: require('openai'),
  'openai/client': require('openai/client'),
  'openai/azure': require('openai/azure'),
  'openai/bedrock': require('openai/bedrock'),
  'openai/providers/bedrock': require('openai/providers/bedrock'),
  '@anthropic-ai/sdk/client': require('@anthropic-ai/sdk/client'),
  '@anthropic-ai/aws-sdk': require('@anthropic-ai/aws-sdk'),
  '@anthropic-ai/bedrock-sdk': require('@anthropic-ai/bedrock-sdk'),
  '@anthropic-ai/foundry-sdk': require('@anthropic-ai/foundry-sdk'),
  '@anthropic-ai/vertex-sdk': require('@anthropic-ai/vertex-sdk'),
}).then((result) => console.log(JSON.stringify(result)));
