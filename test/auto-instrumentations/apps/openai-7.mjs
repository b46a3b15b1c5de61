import OpenAI, { OpenAI as Named } from 'openai';
import { makeOpenAiCalls } from './make-openai-calls.cjs';

console.log(JSON.stringify(await makeOpenAiCalls([OpenAI, Named])));
