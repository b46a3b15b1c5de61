// The same application, as CommonJS.
const Anthropic = require('@anthropic-ai/sdk');
const OpenAI = require('openai');
const { makeCalls } = require('./make-calls.cjs');

makeCalls(OpenAI, Anthropic).then((result) => {
  console.log(JSON.stringify({ ...result, sameClass: OpenAI.default === OpenAI.OpenAI }));
});
