import { expect } from 'chai';
import { startFakeProvider } from '../../src/index.js';
import { chatRequest, messagesRequest, rejection, useClients } from './clients.js';

describe('fake provider', () => {
  const clients = useClients({
    reply: ({ headers }) => (headers['x-tenant'] ? { text: `for ${headers['x-tenant']}` } : undefined),
  });
  const text = async (headers: Record<string, string> = {}) =>
    (await clients().openai.chat.completions.create(chatRequest, { headers })).choices[0]?.message.content;

  it('records each request with its headers and parsed body', async () => {
    const { provider, anthropic } = clients();
    await anthropic.messages.create(messagesRequest);
    const [request] = provider.requests;
    expect(request).to.deep.include({ method: 'POST', path: '/v1/messages', body: messagesRequest });
    expect(request?.headers).to.include({ authorization: 'Bearer test', 'content-type': 'application/json' });
    expect(request?.receivedAt).to.be.closeTo(Date.now(), 5_000);
    expect(request?.aborted).to.equal(false);
  });

  it('replies in the order enqueued, then with replyAlways, then with its function, then by default', async () => {
    const { provider } = clients();
    provider.replyAlways({ text: 'always' });
    provider.enqueue({ text: 'first' }, { text: 'second' });
    expect([await text(), await text(), await text()]).to.deep.equal(['first', 'second', 'always']);
    provider.replyAlways(undefined);
    expect(await text({ 'x-tenant': 'acme' })).to.equal('for acme');
    expect(await text()).to.equal('Hello from the fake provider.');
  });

  it('separates path and query', async () => {
    const { provider } = clients();
    await fetch(`${provider.url}/openai/deployments/d/chat/completions?api-version=2025-01-01`, {
      method: 'POST',
    });
    expect(provider.requests[0]).to.deep.include({
      path: '/openai/deployments/d/chat/completions',
      query: { 'api-version': '2025-01-01' },
    });
  });

  it('refuses a request that the API would refuse, and keeps the reply for the next one', async () => {
    const { provider } = clients();
    provider.enqueue({ text: 'kept' });
    const post = (path: string, body: string) => fetch(provider.url + path, { method: 'POST', body });
    expect((await post('/v1/unknown', '{}')).status).to.equal(404);
    expect((await fetch(`${provider.url}/v1/responses`)).status).to.equal(404);
    expect((await post('/v1/messages', '{"messages":[]}')).status).to.equal(400);
    expect((await post('/v1/messages', 'not json')).status).to.equal(400);
    expect(await text()).to.equal('kept');
    expect(provider.requests.map(({ body }) => body)).to.include('not json');
  });

  it('rejects if its port is taken', async () => {
    const port = Number(new URL(clients().provider.url).port);
    expect(await rejection(startFakeProvider({ port }))).to.include({ code: 'EADDRINUSE' });
  });
});
