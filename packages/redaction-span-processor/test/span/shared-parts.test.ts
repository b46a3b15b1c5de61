import { LlmRedactionSpanProcessor, redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, recordingProvider, sdkLines } from '@llm-otel/testing';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { call } from '../support/parts.js';

function firstOf(spans: readonly ReadableSpan[]): ReadableSpan {
  const [span] = spans;
  if (span === undefined) throw new Error('no span ended');
  return span;
}

const email = 'bob@example.com';

for (const sdk of sdkLines) {
  describe(`the resource and scope of a span on SDK ${sdk.name}`, () => {
    const resource = { 'service.name': 'app', 'llm.prompt': 'secret', 'process.owner': email };

    it('are redacted, and the resource stays one object for all spans', () => {
      const provider = recordingProvider([new LlmRedactionSpanProcessor()], { sdk, resource });
      for (const name of ['a', 'b']) provider.tracer.startSpan(name).end();
      const [first, second] = provider.spans;
      expect(first?.resource.attributes).to.include({ 'service.name': 'app', 'process.owner': '[REDACTED]' });
      expect(first?.resource.attributes).not.to.have.property('llm.prompt');
      expect(first?.resource).to.equal(second?.resource);
    });

    it("still identify the service with mode: 'allow'", () => {
      const policy = { mode: 'allow', allowKeys: ['app.a'] } as const;
      const given = { ...resource, 'service.version': '1', 'app.a': 'x', 'app.b': 'x', 'host.name': 'h' };
      const provider = recordingProvider([new LlmRedactionSpanProcessor(policy)], { sdk, resource: given });
      provider.tracer.startSpan('a').end();
      const { attributes } = provider.spans[0]?.resource ?? {};
      expect(attributes).to.include({ 'service.name': 'app', 'service.version': '1', 'app.a': 'x' });
      expect(attributes).not.to.have.any.keys('app.b', 'host.name', 'llm.prompt', 'process.owner');
    });

    it('stay the same objects if there is nothing to redact', () => {
      const provider = recordingProvider([], { sdk, resource: { 'service.name': 'app' } });
      provider.tracer.startSpan('a', { attributes: call }).end();
      const [span] = provider.spans;
      const before = [span?.resource, span?.instrumentationScope];
      if (span) new LlmRedactionSpanProcessor().onEnd(span);
      expect([span?.resource, span?.instrumentationScope]).to.deep.equal(before);
      expect(span?.resource).to.equal(before[0]);
    });

    it('are not treated as cut, whenever an exporter reads them', () => {
      const processor = new LlmRedactionSpanProcessor();
      const resources = ['release build 4512345', 'release build 5123456'].map((build) => {
        const provider = recordingProvider([processor], {
          sdk,
          resource: { ...resource, 'app.build': build },
        });
        provider.tracer.startSpan('a').end();
        return provider.spans[0]?.resource;
      });
      expect(resources[0]?.attributes['app.build']).to.equal('release build 4512345');
      expect(resources[1]?.attributes['app.build']).to.equal('release build 5123456');
    });

    it('are redacted for one destination, while the span keeps them', () => {
      const provider = recordingProvider([], { sdk, resource });
      provider.tracer.startSpan('a', { attributes: call }).end();
      const exporter = new FakeSpanExporter();
      redactingSpanExporter(exporter).export([...provider.spans], () => undefined);
      expect(exporter.spans[0]?.resource.attributes).not.to.have.property('llm.prompt');
      expect(provider.spans[0]?.resource.attributes).to.include(resource);
    });
  });
}

describe('the attributes of an instrumentation scope', () => {
  it('are redacted, in one object for all spans of the scope', () => {
    const instrumentationScope = { name: 'scope', attributes: { 'llm.prompt': 'secret', note: email, a: 1 } };
    const spans = ['a', 'b'].map((name) => {
      const provider = recordingProvider();
      provider.tracer.startSpan(name).end();
      return Object.assign(firstOf(provider.spans), { instrumentationScope });
    });
    const processor = new LlmRedactionSpanProcessor();
    for (const span of spans) processor.onEnd(span);
    expect(spans[0]?.instrumentationScope).to.deep.equal({
      name: 'scope',
      attributes: { note: '[REDACTED]', a: 1 },
    });
    expect(spans[0]?.instrumentationScope).to.equal(spans[1]?.instrumentationScope);
  });

  it('belong to the right scope when spans of several scopes alternate', () => {
    const processor = new LlmRedactionSpanProcessor();
    const scopes = [
      { name: 'a', attributes: { 'llm.prompt': 'secret', a: 1 } },
      { name: 'b', attributes: { b: 1 } },
      { name: 'c' },
    ];
    const seen = [...scopes, ...scopes].map((instrumentationScope) => {
      const provider = recordingProvider([]);
      provider.tracer.startSpan('x').end();
      const span = Object.assign(firstOf(provider.spans), { instrumentationScope });
      processor.onEnding(span);
      processor.onEnd(span);
      return span.instrumentationScope;
    });
    expect(seen).to.deep.equal(
      [...Array(2)].flatMap(() => [{ name: 'a', attributes: { a: 1 } }, scopes[1], scopes[2]]),
    );
    expect(seen[3]).to.equal(seen[0]);
  });
});

describe('a resource with asynchronous attributes', () => {
  it('is redacted once they are available', async () => {
    let settled = {};
    const resource = {
      get attributes() {
        return settled;
      },
      asyncAttributesPending: true,
      schemaUrl: 'https://opentelemetry.io/schemas/1.38.0',
      waitForAsyncAttributes: async () => {
        settled = { 'service.name': 'app', 'process.owner': email };
      },
      merge: () => resource,
      getRawAttributes: () => Object.entries(settled),
    };
    const provider = recordingProvider();
    provider.tracer.startSpan('a').end();
    const span: ReadableSpan = Object.assign(firstOf(provider.spans), { resource });
    new LlmRedactionSpanProcessor().onEnd(span);
    await span.resource.waitForAsyncAttributes?.();
    expect(span.resource.attributes).to.deep.equal({ 'service.name': 'app', 'process.owner': '[REDACTED]' });
    expect(span.resource.getRawAttributes()).to.deep.include(['process.owner', '[REDACTED]']);
    expect(span.resource.asyncAttributesPending).to.equal(true);
    expect(span.resource.schemaUrl).to.equal('https://opentelemetry.io/schemas/1.38.0');
  });
});
