import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { resolveOtlpOptions } from '../../src/otlp/options.js';
import { handOver, makeSpans, rejection, summary } from '../support.js';
import { exporterTo } from './setups.js';

const file = (name: string) => join(__dirname, '..', 'fixtures', 'tls', name);
const pem = (name: string) => readFileSync(file(name));

describe('OtlpBatchingSpanExporter over TLS', () => {
  let server: Server;
  const clients: unknown[] = [];
  beforeEach(async () => {
    clients.length = 0;
    server = createServer(
      { key: pem('server-key.pem'), cert: pem('server.pem'), ca: pem('ca.pem'), requestCert: true },
      (request, response) => {
        clients.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN);
        request.resume().on('end', () => response.end());
      },
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = () => `https://localhost:${(server.address() as AddressInfo).port}/v1/traces`;

  it('trusts and presents the certificates that the variables name', async () => {
    const { agentOptions } = resolveOtlpOptions(
      'Example',
      {},
      {
        OTEL_EXPORTER_OTLP_CERTIFICATE: file('ca.pem'),
        OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: file('client.pem'),
        OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: file('client-key.pem'),
      },
    );
    const exporter = exporterTo(url(), { httpAgentOptions: agentOptions });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(clients).to.deep.equal(['localhost']);
    expect(summary(exporter)).to.deep.include({ exported: 10 });
    await exporter.shutdown();
  });

  it('refuses CA certificates that Node.js would silently leave out, and then trust nobody', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'https://collector:4318';
    const ca = pem('ca.pem');
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_CERTIFICATE: file('client-key.pem') };
    expect(() => resolveOtlpOptions('Example', {}, env)).to.throw(
      TypeError,
      'Example: OTEL_EXPORTER_OTLP_CERTIFICATE and option "httpAgentOptions.ca" must be certificates in PEM ' +
        '(-----BEGIN CERTIFICATE-----), and Node.js can not read one of them.',
    );
    const refused = [Buffer.alloc(0), 'a certificate', new X509Certificate(ca).raw, ca.subarray(0, 300)];
    for (const each of refused)
      for (const given of [each, [ca, each]])
        expect(() =>
          resolveOtlpOptions('Example', { httpAgentOptions: { ca: given } }, { OTEL_EXPORTER_OTLP_ENDPOINT }),
        ).to.throw(TypeError, 'must be certificates in PEM');
    for (const given of [ca, `# Acme\r\n${ca}${pem('client.pem')}`, [ca, `${pem('server.pem')}`]])
      resolveOtlpOptions('Example', { httpAgentOptions: { ca: given } }, { OTEL_EXPORTER_OTLP_ENDPOINT });
  });

  it('takes CA certificates as Node.js does: as any bytes, and an empty text as none', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'https://collector:4318';
    for (const ca of [new Uint8Array(Buffer.from(pem('ca.pem'))), ''])
      resolveOtlpOptions(
        'Example',
        { httpAgentOptions: { ca: ca as string | Buffer } },
        { OTEL_EXPORTER_OTLP_ENDPOINT },
      );
  });

  it('sends nothing to a server that it has no reason to trust', async () => {
    const exporter = exporterTo(url(), { timeoutMillis: 300 });
    handOver(exporter, makeSpans(10));
    await rejection(exporter.forceFlush());
    expect(clients).to.deep.equal([]);
    expect(summary(exporter)).to.deep.include({ exported: 0 });
    await exporter.shutdown();
  });
});
