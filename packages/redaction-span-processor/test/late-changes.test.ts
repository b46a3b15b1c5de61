import { LlmRedactionSpanProcessor, type RedactionOptions } from '@llm-otel/redaction-span-processor';
import { recordingProvider, sdkLines } from '@llm-otel/testing';
import type { Attributes, Span } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { call, link } from './support/parts.js';

// It has no quoting keys, so it stays unchanged if the span turns out to be an LLM call.
const route: Attributes = { 'http.request.method': 'GET', 'http.route': '/' };

type EndingSpan = Span & ReadableSpan;

/** The safe metadata in place of the response `secret`. */
const length = { 'llm.response.length': 'secret'.length };

/** What another processor may do between the first look, in `onEnding`, and the second, in `onEnd`. */
const late = (onEnding: (span: EndingSpan) => void): SpanProcessor =>
  Object.assign(new LlmRedactionSpanProcessor({ content: 'keep', patterns: [] }), { onEnding });

for (const sdk of sdkLines.filter(({ hasOnEnding }) => hasOnEnding)) {
  describe(`content added after onEnding on SDK ${sdk.name}`, () => {
    const ended = (
      attributes: Attributes,
      onEnding: (span: EndingSpan) => void,
      options?: RedactionOptions,
    ) => {
      const provider = recordingProvider([new LlmRedactionSpanProcessor(options), late(onEnding)], { sdk });
      provider.tracer.startSpan('chat', { attributes }).end();
      const span = provider.spans.at(-1);
      if (span === undefined) throw new Error('the span did not end');
      return span;
    };

    for (const [name, attributes] of Object.entries({
      'no LLM call': route,
      'an LLM call': call,
      'a call whose content was removed': { 'llm.prompt': 'secret', ...call },
    })) {
      const clean: Attributes = { ...attributes };
      delete clean['llm.prompt'];

      it(`is removed when it is a new key of ${name}`, () => {
        const span = ended(attributes, (late) => void late.setAttribute('llm.response', 'secret'));
        expect(span.attributes).to.deep.equal({ ...clean, ...length });
      });

      it(`is removed when it replaces a key of ${name}`, () => {
        const [first = '', ...others] = Object.keys(clean);
        const span = ended(attributes, ({ attributes: own }) => {
          own['llm.prompt'] = own[first];
          delete own[first];
        });
        expect(Object.keys(span.attributes)).to.deep.equal(others);
      });

      it(`is removed when it is a new event of ${name}`, () => {
        const span = ended(attributes, (late) => void late.addEvent('gen_ai.choice', { content: 'secret' }));
        expect(span.events[0]?.attributes).to.deep.equal({});
      });

      it(`is removed when a value of ${name} throws or becomes a map`, () => {
        const [first = '', second = ''] = Object.keys(clean);
        const span = ended(attributes, ({ attributes: own }) => {
          Object.assign(own, { [first]: { 'llm.prompt': 'secret' } });
          Object.defineProperty(own, second, {
            enumerable: true,
            get: () => {
              throw new Error('secret');
            },
          });
        });
        expect(span.attributes).to.deep.equal({ [first]: {} });
      });

      it(`is removed from ${name} when another span ended in between`, () => {
        const inner = new LlmRedactionSpanProcessor();
        const provider = recordingProvider(
          [
            inner,
            late((span) => {
              if (span.name !== 'outer') return;
              provider.tracer.startSpan('inner', { attributes: route }).end();
              span.setAttribute('llm.response', 'secret');
            }),
          ],
          { sdk },
        );
        provider.tracer.startSpan('outer', { attributes }).end();
        expect(provider.spans.map(({ attributes: own }) => own)).to.deep.equal([
          route,
          { ...clean, ...length },
        ]);
      });
    }

    it('is masked again when it overwrites a marker', () => {
      const span = ended(
        { ...call, 'llm.prompt': 'secret' },
        (late) => void late.setAttribute('llm.prompt', 'secret'),
        { content: 'mask' },
      );
      expect(span.attributes).to.deep.equal({ ...call, 'llm.prompt': '[REDACTED]' });
    });

    it('is removed when settings are overwritten', () => {
      const key = 'llm.invocation_parameters';
      const span = ended(
        { ...call, [key]: '{"n":1}' },
        (late) => void late.setAttribute(key, '{"n":1,"system":"secret"}'),
      );
      expect(span.attributes).to.deep.equal({ ...call, [key]: '{"n":1}' });
    });

    describe('in a span that needed a closer look', () => {
      /** Nothing is removed from it, but finding that out takes a closer look. */
      const attributes: Attributes = {
        ...call,
        'llm.invocation_parameters': '{"n":1}',
        'app.tags': ['a', 'b'],
      };
      const written = (...processors: SpanProcessor[]) => {
        const provider = recordingProvider(processors, { sdk });
        const span = provider.tracer.startSpan('chat', { attributes, links: [link({ 'app.note': 'a' })] });
        span.addEvent('app.event', { 'app.note': 'a' });
        span.setStatus({ code: 2, message: 'a' });
        span.end();
        return JSON.stringify(
          provider.spans.map((it) => [it.name, it.attributes, it.events, it.links, it.status]),
        );
      };
      const secret = 'bob@example.com';

      for (const [place, write] of Object.entries<(span: EndingSpan) => void>({
        'an attribute': (span) => void span.setAttribute('app.note', secret),
        'an item of a list': ({ attributes: own }) => void (own['app.tags'] as string[]).splice(1, 1, secret),
        'an attribute of an event': ({ events: [event] }) =>
          Object.assign(event?.attributes ?? {}, { 'app.note': secret }),
        'a new attribute of an event': ({ events: [event] }) =>
          Object.assign(event?.attributes ?? {}, { b: secret }),
        'the name of an event': ({ events: [event] }) => Object.assign(event ?? {}, { name: secret }),
        'an event': (span) => void span.addEvent(secret),
        'an attribute of a link': ({ links: [own] }) =>
          Object.assign(own?.attributes ?? {}, { 'app.note': secret }),
        'a link': (span) => Object.assign(span, { links: [...span.links, link({ b: secret })] }),
        'the status': (span) => void span.setStatus({ code: 2, message: secret }),
        'the status itself': ({ status }) => Object.assign(status, { message: secret }),
        'the name': (span) => void span.updateName(secret),
      }))
        it(`is masked when it is in ${place}`, () => {
          expect(written(new LlmRedactionSpanProcessor(), late(write))).to.not.include(secret);
          expect(written(late(write)), 'without redaction').to.include(secret);
        });
    });

    it('is removed when its key is a number, which is enumerated first', () => {
      const span = ended(route, (late) => void late.setAttribute('7', 'secret'), { blockKeys: [/^\d+$/] });
      expect(span.attributes).to.deep.equal(route);
    });

    it('is redacted as on a call when the span becomes one', () => {
      const span = ended({ ...route, 'url.query': 'q=words' }, (late) => {
        late.setAttribute('llm.model', 'm');
        late.setStatus({ code: 2, message: 'secret' });
      });
      expect(span.attributes).to.deep.equal({ ...route, 'llm.model': 'm' });
      expect(span.status).to.deep.equal({ code: 2 });
    });
  });
}
