import { serialize } from 'node:v8';
import type { RedactionOptions } from '@llm-otel/redaction-span-processor';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect } from 'chai';
import fc from 'fast-check';
import { namesOfContentEvents } from '../../src/keys/content-events.js';
import { emitted, viewer } from '../support/log-lines.js';
import { CANARY, randomSpan, seeded } from '../support/random-spans.js';

const RECORDS = Number(process.env.REDACTION_SPANS ?? 5_000);
const SEED = Number(process.env.REDACTION_SEED ?? 1);
const contentEvents = namesOfContentEvents();
/** Of what is known to be content, of metadata beside it, and of others. */
const keys = [
  ...[
    'gen_ai.prompt',
    'gen_ai.input.messages',
    'llm.invocation_parameters',
    'input',
    'content',
    'error.message',
  ],
  ...['llm.model', 'id', 'role', 'index', 'metadata', 'user.id', 'url.full', 'http.request.body', 'body'],
  ...['event.name', 'exception.message', 'gen_ai', 'prompt', 'app.note'],
];

const policies: Record<string, RedactionOptions> = {
  'content removed': {},
  'content masked': { content: 'mask', summary: 'keys' },
  'content hashed': { content: 'hash', hmacKey: 'key' },
};

describe(`${RECORDS} random log records`, function () {
  this.timeout(300_000);
  let template: ReadableLogRecord;
  before(async () => {
    template = await emitted({ severityText: 'INFO', eventName: 'app' });
  });

  /** The log record of an LLM call in which everything except `kept` has a canary. */
  const randomRecord = (seed: number) => {
    const { span, kept } = randomSpan(seeded(seed));
    const [first, second] = span.events;
    const bodies = [second?.attributes, `${CANARY} ${seed}`, [CANARY, { a: CANARY }], { a: { b: CANARY } }];
    const { name: eventName } = first ?? {};
    const old = seed % 3 === 0 && eventName !== undefined;
    const { eventName: _app, ...others } = template;
    const record: ReadableLogRecord = {
      ...others,
      ...(!old && eventName !== undefined && { eventName }),
      attributes: { ...span.attributes, ...(old && { 'event.name': eventName }) },
      body: bodies[seed % bodies.length] as ReadableLogRecord['body'],
    };
    const isContent = contentEvents.some((name) => eventName?.startsWith(name));
    return { record, kept: isContent ? {} : kept };
  };
  const once = (record: ReadableLogRecord, view: ReturnType<typeof viewer>) => {
    const before = serialize([record.attributes, record.body]);
    const [redacted] = view([record]);
    if (redacted === undefined) throw new Error('nothing was exported');
    if (!serialize([record.attributes, record.body]).equals(before)) throw new Error('it was changed');
    return redacted;
  };

  for (const [name, options] of Object.entries(policies))
    it(`lose every canary and nothing else, and nothing more when redacted again: ${name}`, () => {
      const view = viewer(options);
      for (let seed = SEED; seed < SEED + RECORDS / 3; seed++) {
        const { record, kept } = randomRecord(seed);
        if (!JSON.stringify(record).includes(CANARY)) continue;
        const redacted = once(record, view);
        const text = JSON.stringify(redacted);
        if (text.includes(CANARY)) expect.fail(`seed ${seed}: ${text}`);
        for (const [key, value] of Object.entries(kept))
          if (redacted.attributes[key] !== value) expect.fail(`seed ${seed}: ${key} is gone`);
        if (view([redacted])[0] !== redacted) expect.fail(`seed ${seed}: ${text} changes again`);
      }
    });

  it('of any values are exported, the same when redacted again', () => {
    const anything = fc.anything({ withDate: true, withMap: true, withBigInt: true, withTypedArray: true });
    const text = fc.constantFrom(
      'words',
      'bob@example.com',
      'of bob@example.com, in many words that say much more',
    );
    const map = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom(...keys)),
      fc.oneof({ weight: 3, arbitrary: text }, anything, fc.dictionary(fc.constantFrom(...keys), text)),
    );
    const ofEvent = map.map((attributes) => ({ ...attributes, 'event.name': 'gen_ai.choice' }));
    const some = fc.record({
      body: fc.oneof(map, text, anything),
      attributes: fc.oneof(map, ofEvent),
      eventName: fc.oneof(fc.constantFrom(undefined, 'app', 'gen_ai.choice'), text),
    });
    const each: RedactionOptions[] = [
      {},
      { content: 'mask' },
      { preset: 'strict' },
      { mode: 'allow', allowKeys: [/./] },
      { mode: 'allow', allowKeys: [/^(?:id|role|app)/] },
      { blockKeys: ['event.name'] },
      { rules: [{ match: 'event.name', action: 'mask' }] },
      { summary: 'keys' },
      { rules: [{ match: { group: 'content' }, action: 'truncate', maxLength: 8 }] },
      { blockKeys: ['body'] },
    ];
    const policy = fc.constantFrom(...each.map((options) => ({ options, view: viewer(options) })));
    fc.assert(
      fc.property(some, policy, (parts, { view }) => {
        const redacted = once({ ...template, ...parts } as ReadableLogRecord, view);
        expect(view([redacted])[0]).to.equal(redacted);
      }),
      { numRuns: RECORDS / 5 },
    );
  });
});
