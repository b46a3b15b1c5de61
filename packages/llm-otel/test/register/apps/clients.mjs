// The same application, as an ES module.

import * as aws from '@anthropic-ai/aws-sdk';
import * as bedrock from '@anthropic-ai/bedrock-sdk';
import * as foundry from '@anthropic-ai/foundry-sdk';
import * as anthropicClient from '@anthropic-ai/sdk/client';
import * as vertex from '@anthropic-ai/vertex-sdk';
import * as openai from 'openai';
import * as openAiAzure from 'openai/azure';
import * as openAiBedrock from 'openai/bedrock';
import * as openAiClient from 'openai/client';
import * as openAiBedrockProvider from 'openai/providers/bedrock';
import { makeCalls } from './make-client-calls.cjs';

const result = await makeCalls({
  openai: openai,
  'openai/client': openAiClient,
  'openai/azure': openAiAzure,
  'openai/bedrock': openAiBedrock,
  'openai/providers/bedrock': openAiBedrockProvider,
  '@anthropic-ai/sdk/client': anthropicClient,
  '@anthropic-ai/aws-sdk': aws,
  '@anthropic-ai/bedrock-sdk': bedrock,
  '@anthropic-ai/foundry-sdk': foundry,
  '@anthropic-ai/vertex-sdk': vertex,
});
console.log(JSON.stringify(result));
