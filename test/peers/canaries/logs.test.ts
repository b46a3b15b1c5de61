import { expect } from 'chai';
import {
  type OtlpLogReceiver,
  type ReceivedLogRecord,
  startOtlpLogReceiver,
} from '../../../packages/testing/dist/index.js';
import { allScenariosOf, record } from '../record.js';
import { findCanaries } from '../scenarios/canaries.mjs';
import { textOf } from './find-leaks.js';

const peer = 'otel-openai';
const policies: Readonly<Record<string, object>> = {
  'by default': {},
  masking: { content: 'mask' },
  'by the strict preset': { preset: 'strict', hmacKey: 'key' },
};
/** The only keys of these log records that are content, in attributes and in bodies. By hand. */
const content = new Set([
  'content',
  'message',
  'tool_calls',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
]);
/** What redaction adds. */
const inPlaceOfContent = new Set([
  'llm.prompt.message_count',
  'llm.prompt.system_length',
  'llm.response.length',
]);

describe(`canaries in the log records of ${peer}`, () => {
  const receivers = new Map<string, OtlpLogReceiver>();
  let control: OtlpLogReceiver;
  let planted: ReadonlySet<string>;

  before(async function () {
    this.timeout(120_000);
    control = await startOtlpLogReceiver();
    for (const name of Object.keys(policies)) receivers.set(name, await startOtlpLogReceiver());
    const module = new URL('log-exporters.mjs', import.meta.url);
    const views = [...receivers].map(([name, { url }]) => ({ url, policy: policies[name] }));
    module.searchParams.set('config', JSON.stringify([{ url: control.url }, ...views]));
    const recordings = await record(peer, await allScenariosOf(peer), { processors: module.href });
    planted = new Set(recordings.flatMap(({ canaries }) => canaries));
  });
  after(() => Promise.all([control, ...receivers.values()].map((receiver) => receiver.close())));

  it('are there without redaction, in the bodies and the attributes', () => {
    const { records } = control;
    expect(records).to.have.length.above(100);
    for (const part of ['body', 'attributes'] as const)
      expect(findCanaries(textOf(records.map((each) => each[part]))), part).to.include.members([
        'CanaryUserZq',
        'CanaryReplyZq',
      ]);
    for (const found of canariesIn(control))
      if (found.startsWith('Canary')) expect(planted).to.include(found);
  });

  for (const name of Object.keys(policies))
    it(`are not there ${name}, and everything else is`, () => {
      const receiver = receivers.get(name);
      if (receiver === undefined) throw new Error('no receiver');
      expect(canariesIn(receiver)).to.deep.equal([]);
      for (const [index, arrived] of receiver.records.entries()) {
        const sent = control.records[index];
        expect(safeOf(arrived)).to.deep.equal(sent && safeOf(sent));
      }
      expect(receiver.records).to.have.length(control.records.length);
    });
});

/** In the decoded log records, or in the bytes as they came. */
function canariesIn({ records, bodies }: OtlpLogReceiver): string[] {
  return findCanaries(`${textOf(records)} ${Buffer.concat([...bodies]).toString('latin1')}`);
}

/** What must arrive. */
function safeOf({ body, attributes, ...others }: ReceivedLogRecord): object {
  return { ...others, body: without(body), attributes: without(attributes) };
}

function without(map: unknown): object {
  return Object.fromEntries(
    Object.entries(map ?? {}).filter(([key]) => !content.has(key) && !inPlaceOfContent.has(key)),
  );
}
