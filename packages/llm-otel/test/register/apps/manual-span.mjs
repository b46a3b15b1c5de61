// An application with spans of its own, around the calls.
import { trace } from '@opentelemetry/api';
import OpenAI from 'openai';

const openai = new OpenAI({ apiKey: 'key', baseURL: process.env.FAKE_OPENAI });
await trace.getTracer('app').startActiveSpan('request', async (span) => {
  await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] });
  span.end();
});
