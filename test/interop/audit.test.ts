import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultSdkLine } from '@llm-otel/testing';
import { createTraceState, ROOT_CONTEXT, type Tracer, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { expect } from 'chai';
import { bin } from 'llm-otel/package.json';
import { type Collector, startCollector } from './collector.js';

const SECRET = 'CanaryOfTheAudit';
const EMAIL = 'bob@example.com';

const command = join(dirname(require.resolve('llm-otel/package.json')), bin['llm-otel']);
const audit = (...args: string[]) =>
  execFileSync(process.execPath, [command, 'audit', ...args], { encoding: 'utf8' });

/** A call that records content in each kind of place, below a request that has but an address. */
function endSpans(tracer: Tracer): void {
  const context = {
    traceId: '1'.repeat(32),
    spanId: '2'.repeat(16),
    traceFlags: 1,
    traceState: createTraceState(`app=${EMAIL}`),
  };
  const call = tracer.startSpan(
    'chat gpt-4o',
    {
      attributes: {
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.input.messages': JSON.stringify([{ role: 'user', content: SECRET }]),
        'gen_ai.request.stop_sequences': [SECRET, 'b'],
        'llm.invocation_parameters': JSON.stringify({ temperature: 0.5, system: SECRET }),
      },
      links: [{ context, attributes: { 'llm.prompt': SECRET } }],
    },
    trace.setSpanContext(ROOT_CONTEXT, context),
  );
  call.addEvent('gen_ai.choice', { content: SECRET, index: 0 });
  call.recordException(new Error(SECRET));
  call.setStatus({ code: 2, message: SECRET });
  call.end();
  tracer.startSpan('GET /', { attributes: { 'app.note': `to ${EMAIL}` } }).end();
}

describe('llm-otel audit of a file that the Collector wrote', () => {
  let collector: Collector;
  before(async () => {
    collector = await startCollector();
    const exporter = new OTLPTraceExporter({ url: collector.url });
    const provider = defaultSdkLine.createProvider({
      spanProcessors: [defaultSdkLine.simpleProcessor(exporter)],
      resource: { 'service.name': 'app', owner: EMAIL },
    });
    const tracer = provider.getTracer('app');
    // Two requests, and so two lines.
    for (let request = 0; request < 2; request++) {
      endSpans(tracer);
      await provider.forceFlush();
    }
    await provider.shutdown();
    await collector.stop();
  });
  after(() => collector.clean());

  it('lists what would be removed, by place, without showing it', () => {
    const [summary, ...lines] = audit(collector.output).split('\n');
    expect(summary).to.match(/^4 spans in .*; 4 of them would be changed\.$/);
    expect(lines).to.deep.equal([
      '',
      'Would be removed, with the number of spans:',
      '       2  attribute  gen_ai.input.messages',
      '       2  attribute  gen_ai.request.stop_sequences',
      '       2  event exception  exception.message',
      '       2  event exception  exception.stacktrace',
      '       2  event gen_ai.choice  content',
      '       2  link  llm.prompt',
      '       2  status  message',
      '',
      'Would be replaced, with the number of spans:',
      '       4  resource  owner',
      '       2  attribute  app.note',
      '       2  attribute  llm.invocation_parameters',
      '       2  link  trace state',
      '       2  trace state',
      '',
    ]);
    expect(lines.join('\n')).to.not.include(SECRET).and.not.to.include(EMAIL);
  });

  it('applies a policy', () => {
    const policy = join(dirname(collector.output), 'policy.json');
    writeFileSync(policy, JSON.stringify({ version: 1, content: 'keep', patterns: [] }));
    expect(audit(collector.output, '--policy', policy)).to.match(/; 0 of them would be changed\.$/m);
  });
});
