import { setTimeout as sleep } from 'node:timers/promises';
import { type OtlpReceiver, startOtlpReceiver } from '@llm-otel/testing';
import { expect } from 'chai';
import { RemoteExporter } from './remote-exporter.js';
import { expectBalance } from './support.js';

/** With so little time the stock exporter does not retry by itself: its own first pause is a second. */
const REQUEST_TIMEOUT_MILLIS = 900;
const retry = { initialIntervalMillis: 100, maxIntervalMillis: 200 };

for (const path of ['OtlpBatchingSpanExporter', 'BatchingSpanExporter'] as const)
  describe(`${path} in a process that is frozen between invocations`, () => {
    let receiver: OtlpReceiver;
    let exporter: RemoteExporter | undefined;
    /** All that was handed over. */
    let handedOver: string[];
    const arrived: string[] = [];
    beforeEach(async () => {
      receiver = await startOtlpReceiver();
      handedOver = [];
      arrived.length = 0;
    });
    afterEach(async () => {
      await exporter?.stop();
      await receiver.close();
    });

    const start = async (timeoutMillis = 20_000): Promise<RemoteExporter> => {
      const { url } = receiver;
      exporter = await RemoteExporter.start({
        path,
        url,
        requestTimeoutMillis: REQUEST_TIMEOUT_MILLIS,
        options: { retry, timeoutMillis },
      });
      return exporter;
    };

    /** Spans of one invocation. @returns what became of the flush at its end */
    const invoke = async (remote: RemoteExporter, count: number, contentBytes = 100): Promise<string> => {
      handedOver.push(...(await remote.call('handOver', count, contentBytes)));
      return remote.call('forceFlush');
    };

    const expectAllOnce = async (remote: RemoteExporter): Promise<void> => {
      const total = handedOver.length;
      const ids = [...arrived, ...receiver.spanIds];
      const unique = new Set(ids);
      expect({
        missing: handedOver.filter((id) => !unique.has(id)).length,
        twice: ids.length - unique.size,
        received: ids.length,
      }).to.deep.equal({ missing: 0, twice: 0, received: total });
      expect(await remote.call('stats')).to.include({ accepted: total, exported: total });
    };

    /** The backend closes all its connections and forgets them. */
    const restartBackend = async (): Promise<void> => {
      arrived.push(...receiver.spanIds);
      await receiver.close();
      receiver = await startOtlpReceiver({ port: Number(new URL(receiver.url).port) });
    };

    it('has the spans of each invocation delivered when its forceFlush resolves, each once', async () => {
      const remote = await start();
      for (let invocation = 0; invocation < 12; invocation++) {
        expect(await invoke(remote, 50)).to.equal('delivered');
        await expectAllOnce(remote);
        const freeze = remote.freeze(invocation === 5 ? 3_000 : 100);
        // Connections that were kept are gone when the process goes on.
        if (invocation % 3 === 2) await restartBackend();
        await freeze;
      }
    }).timeout(30_000);

    it('loses and doubles nothing when it is frozen at any moment of a flush, whatever the backend answers', async () => {
      const remote = await start();
      for (let invocation = 0; invocation < 25; invocation++) {
        if (invocation % 3 === 0) receiver.answer({ status: 503 });
        if (invocation % 4 === 0) receiver.answer({ close: 'mid-body' });
        const flushed = invoke(remote, 200, 5_000);
        await sleep(invocation);
        await remote.freeze(60);
        expect(await flushed).to.equal('delivered');
        expectBalance(await remote.call('stats'));
      }
      await expectAllOnce(remote);
    }).timeout(30_000);

    it('rejects a flush that was frozen beyond its deadline, and delivers its spans with the next', async () => {
      const remote = await start(1_000);
      receiver.answerAlways({ status: 503 });
      const flushed = invoke(remote, 50);
      while (receiver.requests.length === 0) await sleep(5);
      await remote.freeze(1_500);
      expect(await flushed).to.contain('50 of 50 spans were not delivered (50 still waiting after 1000 ms).');
      receiver.answerAlways(undefined);
      expect(await invoke(remote, 50)).to.equal('delivered');
      await expectAllOnce(remote);
    }).timeout(20_000);

    it('comes through a freeze in the middle of a request, longer than that may last', async () => {
      const remote = await start();
      receiver.answer({ delayMillis: 300 });
      const flushed = invoke(remote, 50);
      while (receiver.requests.length === 0) await sleep(5);
      await remote.freeze(2_000);
      expect(await flushed).to.equal('delivered');
      expect(new Set(receiver.spanIds)).to.deep.equal(new Set(handedOver));
      // The stock exporter does not look whether there is an answer before it gives a request up.
      if (path === 'OtlpBatchingSpanExporter') await expectAllOnce(remote);
    }).timeout(20_000);

    it('repeats a request whose connection the backend closed meanwhile', async () => {
      const remote = await start();
      receiver.answer({ status: 503, hang: true });
      const flushed = invoke(remote, 50);
      while (receiver.requests.length === 0) await sleep(5);
      const freeze = remote.freeze(2_000);
      await restartBackend();
      await freeze;
      expect(await flushed).to.equal('delivered');
      await expectAllOnce(remote);
    }).timeout(20_000);
  });
