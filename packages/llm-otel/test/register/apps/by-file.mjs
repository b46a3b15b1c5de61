// Imports a client's package by its file, for which Turbopack has a name of its own.
const { OpenAI } = await import(import.meta.resolve('openai'));
const client = new OpenAI({ baseURL: process.env.FAKE_OPENAI, apiKey: 'key' });
await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] });
