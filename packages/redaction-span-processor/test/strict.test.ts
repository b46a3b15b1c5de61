import { expect } from 'chai';
import { attributesOf, call } from './support/parts.js';

const identifiers = {
  'session.id': 's1',
  'user.id': 'u1',
  'user.email': 'nobody',
  'enduser.id': 'e1',
  'client.address': 'somewhere',
  'network.peer.address': 'somewhere',
  'gen_ai.conversation.id': 'c1',
  'agent.principal.current.id': 'p1',
  'chat.id': 'c4',
  'agent.principal.initiator.id': 'p2',
  'gen_ai.memory.owners': 'o1',
  'keywordsai.customer_params.customer_identifier': 'k1',
  'keywordsai.threads.thread_identifier': 't1',
  'langfuse.user.id': 'l1',
  'microsoft.gen_ai.main_agent.conversation_id': 'c3',
  'openai.agents.trace.group_id': 'g1',
  userId: 'u2',
  conversation_id: 'c2',
};
const metadata = {
  metadata: '{"team":"a"}',
  'metadata.team': 'a',
  'tag.tags': ['a'],
  'ai.telemetry.metadata.team': 'a',
  'langfuse.trace.metadata.team': 'a',
  'langfuse.observation.metadata.team': 'a',
  'traceloop.association.properties.team': 'a',
  'langsmith.metadata.team': 'a',
  'keywordsai.metadata.team': 'a',
  'trace.metadata.team': 'a',
};
const safe = {
  ...call,
  'gen_ai.prompt.name': 'greeting',
  'http.response.status_code': 200,
  'app.plan': 'pro',
};

describe("preset: 'strict'", () => {
  it('removes identifiers and metadata if there is no hmacKey', () => {
    expect(attributesOf({ ...safe, ...identifiers, ...metadata }, { preset: 'strict' })).to.deep.equal(safe);
  });

  it('hashes identifiers with hmacKey, so that equal ones stay equal', () => {
    const strict = attributesOf(
      { ...safe, ...identifiers, ...metadata },
      { preset: 'strict', hmacKey: 'key' },
    );
    expect(Object.keys(strict ?? {}).sort()).to.deep.equal(Object.keys({ ...safe, ...identifiers }).sort());
    for (const key of Object.keys(identifiers)) expect(strict?.[key]).to.match(/^hmac-sha256:[0-9a-f]{64}$/);
    const other = attributesOf({ 'app.user': 1, 'user.id': 'u1' }, { preset: 'strict', hmacKey: 'key' });
    expect(other?.['user.id']).to.equal(strict?.['user.id']);
  });

  it('recognises identifiers in other spellings', () => {
    const others = {
      'User.Id': 'u',
      USER_ID: 'u',
      userID: 'u',
      'session\u200b.id': 's',
      'Metadata.Team': 'a',
      'ＴＡＧ.tags': ['a'],
    };
    expect(attributesOf({ ...safe, ...others }, { preset: 'strict' })).to.deep.equal(safe);
  });

  it('gives the same result when applied twice', () => {
    const options = { preset: 'strict', hmacKey: 'key' } as const;
    const once = attributesOf({ ...safe, ...identifiers }, options);
    expect(attributesOf({ ...once }, options)).to.equal(undefined);
  });

  it('is overridden by allowKeys and by rules', () => {
    expect(
      attributesOf(identifiers, {
        preset: 'strict',
        allowKeys: ['session.id'],
        rules: [{ match: 'user.id', action: 'mask' }],
      }),
    ).to.deep.equal({ 'session.id': 's1', 'user.id': '[REDACTED]' });
  });

  it('is opt-in: by default, identifiers and metadata stay', () => {
    expect(attributesOf({ ...safe, ...identifiers, ...metadata })).to.equal(undefined);
  });
});
