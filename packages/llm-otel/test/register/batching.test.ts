import { expect } from 'chai';
import { Services } from './services.js';

describe('the batches of llm-otel/register', function () {
  this.timeout(60_000);
  const services = Services.ofSuite();
  afterEach(() => services.receiver.answerAlways(undefined));

  /** Ten spans, and how many of them have arrived 2.5 s later, and how many when the process ends. */
  const runAndCount = async (environment: Record<string, string>) => {
    let soon: Promise<number> | undefined;
    const { stderr } = await services.run('many-spans.mjs', {
      environment,
      onOutput: (_, kill) => {
        soon = services.receiver.spanCount().finally(() => kill('SIGTERM'));
      },
    });
    return { soon: await soon, atTheEnd: await services.receiver.spanCount(), stderr };
  };

  it('wait for OTEL_BSP_SCHEDULE_DELAY, by default a second', async () => {
    expect(await runAndCount({})).to.deep.equal({ soon: 10, atTheEnd: 10, stderr: '' });
    await services.receiver.clear();
    const OTEL_BSP_SCHEDULE_DELAY = '30000';
    expect(await runAndCount({ OTEL_BSP_SCHEDULE_DELAY })).to.deep.equal({
      soon: 0,
      atTheEnd: 10,
      stderr: '',
    });
  });

  it('have at most OTEL_BSP_MAX_EXPORT_BATCH_SIZE spans', async () => {
    await runAndCount({ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '4' });
    expect(await services.receiver.spanCount()).to.equal(10);
    expect(await services.receiver.requests()).to.have.length(3);
  });

  it('come from a queue of OTEL_BSP_MAX_QUEUE_SIZE spans, and what it has no room for is reported', async () => {
    const { atTheEnd, stderr } = await runAndCount({ OTEL_BSP_MAX_QUEUE_SIZE: '6' });
    expect(atTheEnd).to.equal(6);
    expect(stderr).to.include('queue_full');
  });

  it('are waited for no longer than OTEL_BSP_EXPORT_TIMEOUT by a flush', async () => {
    await services.receiver.answerAlways({ hang: true });
    const { stdout } = await services.run('many-spans.mjs', {
      environment: { FLUSH: 'yes', OTEL_BSP_EXPORT_TIMEOUT: '700' },
    });
    const { failure, millis } = JSON.parse(stdout);
    expect(failure).to.include('still waiting after 700 ms');
    expect(millis).to.be.within(600, 5000);
  });

  it('are as usual if the variables contradict each other, which is reported', async () => {
    const environment = { OTEL_BSP_MAX_QUEUE_SIZE: '6', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '512' };
    const { atTheEnd, stderr } = await runAndCount(environment);
    expect(atTheEnd).to.equal(6);
    expect(stderr).to.include('OTEL_BSP_MAX_EXPORT_BATCH_SIZE must be an integer from 1 to 6, not "512"');
  });
});
