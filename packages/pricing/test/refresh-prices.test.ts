import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Provider, waitForUpdate } from '@pydantic/genai-prices';
import { expect } from 'chai';
import sinon from 'sinon';
import { originOfPrices, replacePrices } from '../src/genai-prices.js';
import { keepPricesFresh, PriceCatalog, refreshPrices } from '../src/index.js';

const usage = { inputTokens: 1_000_000, outputTokens: 0 };

describe('refreshPrices', () => {
  let bundled: Provider[];
  let server: Server;
  let url: string;
  let answer: RequestListener;
  const origin = originOfPrices();
  const catalog = new PriceCatalog();
  const usd = (model: string, provider = 'openai') => catalog.quote({ provider, model, usage })?.totalUsd;

  /** The bundled data, with another price for gpt-4o. */
  const newer = () =>
    JSON.stringify(bundled, (key, value) =>
      key === '' || value?.id !== 'gpt-4o' ? value : { ...value, prices: { input_mtok: 7, output_mtok: 70 } },
    );
  const serve = (status: number, body: string) => {
    answer = (_request, response) => response.writeHead(status).end(body);
  };
  const rejection = async (promise: Promise<unknown>): Promise<Error> => {
    try {
      await promise;
    } catch (error) {
      return error as Error;
    }
    throw new Error('It did not fail.');
  };

  before(async () => {
    bundled = (await waitForUpdate()) ?? [];
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.json`;
  });
  afterEach(() => {
    // The data is shared by the whole process, and other tests need the bundled data.
    replacePrices(bundled, origin);
    sinon.restore();
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('gives new prices to catalogues that have quoted the old ones', async () => {
    expect(usd('gpt-4o')).to.equal(2.5);
    serve(200, newer());
    expect(await refreshPrices({ url })).to.deep.equal({
      from: url,
      checked: new Date().toISOString().slice(0, 10),
    });
    expect(usd('gpt-4o')).to.equal(7);
    expect(catalog.explain({ model: 'gpt-4o', usage })?.origin.from).to.equal(url);
    expect(usd('o3')).to.equal(2);
  });

  it('leaves corrections and overrides in force', async () => {
    serve(200, newer());
    await refreshPrices({ url });
    expect(usd('mistral-large-latest', 'mistral')).to.equal(0.5);
    const overridden = new PriceCatalog({
      overrides: [{ model: 'gpt-4o', inputPerMTok: 1, outputPerMTok: 1 }],
    });
    expect(overridden.quote({ model: 'gpt-4o', usage })?.totalUsd).to.equal(1);
  });

  it('prefers a newer price to a correction of the bundled one, and a correction of the past to both', async () => {
    const changed = JSON.stringify(bundled, (key, value) =>
      key === '' || !['mistral-large-latest', 'mistral-large', 'gpt-4o'].includes(value?.id)
        ? value
        : { ...value, prices: { input_mtok: 9, output_mtok: 90 } },
    );
    serve(200, changed);
    await refreshPrices({ url });
    expect(usd('mistral-large-latest', 'mistral')).to.equal(9);
    expect(usd('gpt-4o')).to.equal(9);
    const past = { provider: 'openai', model: 'gpt-4o', usage, at: new Date('2024-09-01') };
    expect(catalog.quote(past)?.totalUsd).to.equal(5);
  });

  it('uses the newer price of a model that only a correction knows', async () => {
    const model = 'claude-sonnet-5-5';
    expect(catalog.explain({ model, usage })?.origin.from).not.to.equal(url);
    const added = bundled.map((provider) =>
      provider.id !== 'anthropic'
        ? provider
        : {
            ...provider,
            models: [
              { id: model, match: { equals: model }, prices: { input_mtok: 8, output_mtok: 80 } },
              ...provider.models,
            ],
          },
    );
    serve(200, JSON.stringify(added));
    await refreshPrices({ url });
    expect(usd(model, 'anthropic')).to.equal(8);
    expect(catalog.explain({ model, usage })?.origin.from).to.equal(url);
  });

  for (const [what, status, body, message] of [
    ['an error', 500, 'no', 'HTTP 500'],
    ['a page', 200, '<html></html>', 'the response is not JSON'],
    ['half of the data', 200, '[{"id":"openai","models":[', 'the response is not JSON'],
    ['another JSON', 200, '{"providers":[]}', 'the response is not a list of providers'],
    ['an empty list', 200, '[]', 'the data has no price for gpt-4o of openai'],
    ['a list of nothing', 200, '[null]', 'the data has no price for gpt-4o of openai'],
    [
      'a price of nothing',
      200,
      '[{"id":"openai","models":[{"id":"gpt-4o","match":{"equals":"gpt-4o"},"prices":{"input_mtok":0}}]}]',
      'the data has no price for gpt-4o of openai',
    ],
    [
      'a negative price',
      200,
      '[{"id":"openai","models":[{"id":"gpt-4o","match":{"equals":"gpt-4o"},"prices":{"input_mtok":-1}}]}]',
      'the data has no price for gpt-4o of openai',
    ],
  ] as const)
    it(`keeps the prices in force when it gets ${what}`, async () => {
      serve(status, body);
      expect((await rejection(refreshPrices({ url }))).message).to.equal(
        `No prices from ${url}: ${message}${message.endsWith('.') ? '' : '.'}`,
      );
      expect(usd('gpt-4o')).to.equal(2.5);
    });

  for (const [what, factor, total] of [
    ['per token', 1e-6, '0.0000125'],
    ['per billion tokens', 1e3, '12500'],
  ] as const)
    it(`keeps the prices in force when it gets prices ${what}`, async () => {
      const scaled = JSON.stringify(bundled, (key, value) =>
        key.endsWith('_mtok') && typeof value === 'number' ? value * factor : value,
      );
      serve(200, scaled);
      expect((await rejection(refreshPrices({ url }))).message).to.equal(
        `No prices from ${url}: the data has an implausible price for gpt-4o of openai, ` +
          `${total} USD for a million tokens of input and of output.`,
      );
      expect(usd('gpt-4o')).to.equal(2.5);
    });

  it('says where the data came from that the package refuses', async () => {
    const broken = [...bundled, { id: 'acme' }, null];
    serve(200, JSON.stringify(broken));
    const error = await rejection(refreshPrices({ url }));
    expect(error).not.to.be.instanceOf(TypeError);
    expect(error.message).to.match(new RegExp(`^No prices from ${url}: the data can't be used: `));
    expect(error.cause).to.be.instanceOf(TypeError);
    expect(usd('gpt-4o')).to.equal(2.5);
  });

  it('refuses a URL with credentials, which fetch does not accept, and shows none', async () => {
    for (const secretive of [
      'https://me:secret@prices.corp/data.json',
      'ftp://me:secret@prices.corp/data.json',
    ]) {
      const error = await rejection(refreshPrices({ url: secretive }));
      expect(error).to.be.instanceOf(TypeError);
      expect(error.message).to.equal(
        'refreshPrices: option "url" must be an http(s) URL without user name and password, got "…@prices.corp/data.json".',
      );
      expect(() => keepPricesFresh({ url: secretive })).to.throw(TypeError, 'keepPricesFresh: option "url"');
    }
  });

  it('joins characters that arrive in two pieces', async () => {
    const named = Buffer.from(newer().replaceAll('"id":"gpt-4o"', '"id":"gpt-4ö"'));
    const middle = named.indexOf('ö') + 1;
    answer = (_request, response) => {
      response.write(named.subarray(0, middle), () =>
        setTimeout(() => response.end(named.subarray(middle)), 20),
      );
    };
    await refreshPrices({ url });
    expect(catalog.quote({ provider: 'openai', model: 'gpt-4o-2024-08-06', usage })?.model).to.equal(
      'gpt-4ö',
    );
  });

  it('gives up on a response that does not end', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, ' ');
    answer = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(megabyte));
        response.once('drain', more);
      };
      more();
    };
    expect((await rejection(refreshPrices({ url }))).message).to.equal(
      `No prices from ${url}: more than 33554432 bytes.`,
    );
  });

  it('ends the connection of a response with an error status, whose body may never end', async () => {
    let closed: Promise<unknown> | undefined;
    answer = (_request, response) => {
      closed = once(response, 'close', { signal: AbortSignal.timeout(2_000) });
      response.writeHead(503).write('a body without an end');
    };
    expect((await rejection(refreshPrices({ url }))).message).to.equal(`No prices from ${url}: HTTP 503.`);
    await closed;
  });

  it('gives up at its deadline, even if bytes keep arriving', async () => {
    answer = (_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    const startedAt = Date.now();
    expect((await rejection(refreshPrices({ url, timeoutMillis: 200 }))).name).to.equal('TimeoutError');
    expect(Date.now() - startedAt).to.be.lessThan(2_000);
    expect(usd('gpt-4o')).to.equal(2.5);
  });

  for (const [option, value] of [
    ['url', 'prices.json'],
    ['url', 'file:///etc/prices.json'],
    ['url', 'file:///etc/http://prices.json'],
    ['url', 42],
    ['timeoutMillis', 2_147_483_648],
    ['timeoutMillis', 0],
    ['timeoutMillis', 'soon'],
  ] as const)
    it(`refuses ${option}: ${value}`, async () => {
      const error = await rejection(refreshPrices({ [option]: value } as never));
      expect(error).to.be.instanceOf(TypeError);
      expect(error.message).to.match(
        new RegExp(`^refreshPrices: option "${option}" must be .*, got .*${value}`),
      );
      expect(() => keepPricesFresh({ [option]: value } as never)).to.throw(
        TypeError,
        'keepPricesFresh: option',
      );
    });

  describe('keepPricesFresh', () => {
    it('fetches at once and at each interval, reports failures, and stops on request', async () => {
      let requests = 0;
      let told = 0;
      const requested = () =>
        new Promise<void>((resolve) => {
          answer = (_request, response) => {
            requests += 1;
            response.writeHead(503).end();
            response.on('close', () => resolve());
          };
        });
      const clock = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const first = requested();
      const stop = keepPricesFresh({
        url,
        intervalMillis: 60_000,
        onError: () => {
          told += 1;
          throw new Error('the application’s');
        },
      });
      await first;
      const second = requested();
      clock.tick(60_000);
      await second;
      while (told < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      stop();
      clock.tick(600_000);
      clock.restore();
      expect({ requests, told }).to.deep.equal({ requests: 2, told: 2 });
    });

    it('ends a request that is under way when it is stopped: it neither keeps the process alive nor changes prices', async () => {
      const errors: Error[] = [];
      const arrived = new Promise<() => void>((resolve) => {
        answer = (_request, response) => {
          response.writeHead(200).write('[');
          resolve(() => response.end());
          response.on('close', () => errors.push(new Error('closed')));
        };
      });
      const stop = keepPricesFresh({ url, onError: (error) => errors.push(error) });
      const end = await arrived;
      stop();
      while (errors.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      end();
      expect(errors.map(({ message }) => message)).to.deep.equal(['closed']);
    });

    it('refuses options that are not an object, an unknown option, and an onError that is not a function', async () => {
      const refused = 'unknown option "interval". The options are: url, timeoutMillis';
      expect(() => keepPricesFresh({ interval: 60_000 } as never)).to.throw(
        TypeError,
        `keepPricesFresh: ${refused}, intervalMillis, onError.`,
      );
      expect(() => keepPricesFresh({ onError: 'log' } as never)).to.throw(
        TypeError,
        'keepPricesFresh: option "onError" must be a function, got log.',
      );
      expect(() => keepPricesFresh(null as never)).to.throw(
        TypeError,
        'keepPricesFresh: expected an options object, got null.',
      );
      const error = await rejection(refreshPrices({ interval: 60_000 } as never));
      expect([error.name, error.message]).to.deep.equal(['TypeError', `refreshPrices: ${refused}.`]);
    });

    it('refuses an interval that is too short', () => {
      expect(() => keepPricesFresh({ intervalMillis: 1_000 })).to.throw(
        TypeError,
        'keepPricesFresh: option "intervalMillis" must be a number from 60000 to 2147483647, got 1000.',
      );
      expect(() => keepPricesFresh({ intervalMillis: 2_147_483_648 })).to.throw(TypeError, 'got 2147483648.');
    });
  });
});
