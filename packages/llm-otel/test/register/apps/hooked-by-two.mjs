// Imports a module that another SDK hooks, and a client's.
import 'chai';
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.env.FAKE_OPENAI, apiKey: 'key' });
await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] });
