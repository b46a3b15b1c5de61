const OpenAI = require('openai');
const { makeOpenAiCalls } = require('./make-openai-calls.cjs');

makeOpenAiCalls([OpenAI, OpenAI.OpenAI]).then((texts) => console.log(JSON.stringify(texts)));
