import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** What went through a proxy. */
export interface Counts {
  readonly requests: number;
  /** Requests whose body is said to be gzip, and is. */
  readonly zippedRequests: number;
  readonly bytes: number;
  /** What the bodies were before they were compressed. */
  readonly unzippedBytes: number;
}

export interface CountingProxy {
  readonly url: string;
  readonly counts: Counts;
  close(): Promise<void>;
}

/** Hands requests on to `target` as they came, and looks whether they are compressed. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const counts = { requests: 0, zippedRequests: 0, bytes: 0, unzippedBytes: 0 };
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    counts.requests++;
    counts.bytes += body.length;
    const unzipped =
      incoming.headers['content-encoding'] === 'gzip' && (await unzip(body).catch(() => undefined));
    if (unzipped) counts.zippedRequests++;
    counts.unzippedBytes += unzipped ? unzipped.length : body.length;
    const onward = request(target, { method: incoming.method, headers: incoming.headers });
    onward.end(body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${new URL(target).pathname}`,
    counts,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
