// A server, so to speak: makes a call, says so, and goes on. With HANDLE it ends itself on SIGTERM and SIGINT.
import OpenAI from 'openai';

if (process.env.HANDLE !== undefined)
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => {
      console.log(`handling ${signal}`);
      setTimeout(() => process.exit(7), 1500);
    });

const openai = new OpenAI({ apiKey: 'key', baseURL: process.env.FAKE_OPENAI });
await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] });
console.log('ready');
setInterval(() => undefined, 1000);
