import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OtlpReceiver, startOtlpReceiver } from '@llm-otel/testing';
import { expect } from 'chai';

function start(url: string, ending: string): { child: ChildProcess; output: () => string } {
  const fixture = join(__dirname, 'fixtures', 'flush-on-exit.ts');
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', fixture, url, ending]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return { child, output: () => output };
}

describe('flushOnExit', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  async function end(ending: string, signal?: NodeJS.Signals, url = receiver.url) {
    const { child, output } = start(url, ending);
    if (signal !== undefined) {
      while (!output().includes('ready')) await once(child.stdout ?? child, 'data');
      child.kill(signal);
    }
    const [code, endedBy] = await once(child, 'close');
    return { code, endedBy, output: output() };
  }

  it('delivers what is left when a process ends by itself, which without it would be lost', async () => {
    expect(await end('without')).to.include({ code: 0 });
    expect(receiver.spans).to.have.length(0);
    expect(await end('nothing')).to.include({ code: 0, output: '' });
    expect(receiver.spans).to.have.length(10);
  }).timeout(30_000);

  for (const host of ['127.0.0.1', 'localhost'])
    it(`is what it takes: without it a process is not held by a request that is not answered (${host})`, async () => {
      receiver.answerAlways({ hang: true });
      const start = performance.now();
      const url = receiver.url.replace('127.0.0.1', host);
      expect(await end('inFlight', undefined, url)).to.deep.include({ code: 0, output: '6 in flight\n' });
      expect(performance.now() - start).to.be.lessThan(15_000);
    }).timeout(30_000);

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`delivers what is left on ${signal}, of which the process then dies as it would have`, async () => {
      expect(await end(signal, signal)).to.include({ code: null, endedBy: signal });
      expect(receiver.spans).to.have.length(10);
    }).timeout(30_000);

  it('lets a process die at once of a signal that comes again', async () => {
    receiver.answerAlways({ hang: true });
    const { child, output } = start(receiver.url, 'SIGINT+patient');
    while (!output().includes('ready')) await once(child.stdout ?? child, 'data');
    child.kill('SIGINT');
    while (receiver.requests.length < 2) await sleep(20);
    child.kill('SIGINT');
    const killedAt = performance.now();
    expect((await once(child, 'close'))[1]).to.equal('SIGINT');
    expect(performance.now() - killedAt).to.be.lessThan(5_000);
  }).timeout(30_000);

  for (const handler of ['own', 'earlierOnce'])
    it(`leaves the end to the application's own handler of a signal (${handler})`, async () => {
      expect(await end(`SIGTERM+${handler}`, 'SIGTERM')).to.include({ code: 7 });
      expect(receiver.spans).to.have.length(10);
    }).timeout(30_000);

  it('delivers what is left in one exporter although another one has been shut down', async () => {
    expect(await end('oneShutDown')).to.include({ code: 0, output: '' });
    expect(receiver.spans).to.have.length(10);
  }).timeout(30_000);

  it('lets a process die of a signal although the package is loaded twice', async () => {
    expect(await end('SIGTERM+copies', 'SIGTERM')).to.include({ code: null, endedBy: 'SIGTERM' });
    expect(receiver.spans).to.have.length(10);
  }).timeout(30_000);

  it('goes on when the application raises the signal again to end the process', async () => {
    receiver.answer({ status: 503 }, { status: 503 });
    expect(await end('SIGTERM+raiseAgain', 'SIGTERM')).to.include({ code: null, endedBy: 'SIGTERM' });
    expect(receiver.spans).to.have.length(10);
  }).timeout(30_000);

  for (const library of ['signalExit', 'signalExit3'])
    it(`does not wait for a library that leaves the end to others in turn (${library})`, async () => {
      const { endedBy, output } = await end(`SIGTERM+${library}`, 'SIGTERM');
      expect([endedBy, output]).to.deep.equal(['SIGTERM', 'ready\ncleaned up\n']);
      expect(receiver.spans).to.have.length(10);
    }).timeout(30_000);

  it('ends the first process of a container too, which no signal ends by itself', async () => {
    expect(await end('SIGTERM+first', 'SIGTERM')).to.include({ code: 128 + 15 });
    expect(receiver.spans).to.have.length(10);
  }).timeout(30_000);

  it('gives up after the deadline, says so, and lets the process end', async () => {
    const { code, output } = await end('nothing', undefined, 'http://127.0.0.1:9/v1/traces');
    expect(code).to.equal(0);
    expect(output.match(/the process is ending; 5 spans could not be delivered\./g)).to.have.length(2);
  }).timeout(30_000);

  it('waits for a backend that fails for a few seconds only', async () => {
    const start = performance.now();
    expect(await end('nothing+patient', undefined, 'http://127.0.0.1:9/v1/traces')).to.include({ code: 0 });
    expect(performance.now() - start).to.be.lessThan(15_000);
  }).timeout(30_000);

  it('says what is lost when the process ends at once', async () => {
    for (const ending of ['exit', 'throw']) {
      const { code, output } = await end(ending);
      expect(code).to.equal(ending === 'exit' ? 3 : 1);
      expect(output.match(/the process is ending; 5 spans could not be delivered\./g)).to.have.length(2);
    }
    expect(await end('flushAndExit')).to.include({ code: 3, output: '' });
    expect(receiver.spans).to.have.length(10);
  }).timeout(30_000);

  it('leaves no listener behind after shutdown', async () => {
    expect((await end('shutdown')).output).to.equal('0 0\n');
  }).timeout(30_000);
});
