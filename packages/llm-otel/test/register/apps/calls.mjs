// An application that knows nothing of OpenTelemetry, as an ES module.
import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { OpenAI as Named } from 'openai';
import { makeCalls } from './make-calls.cjs';

console.log(JSON.stringify({ ...(await makeCalls(OpenAI, Anthropic)), sameClass: OpenAI === Named }));
