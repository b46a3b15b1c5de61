import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readBody, startLocalServer } from '../local-server.js';
import { type ExportLogsRequestMessage, ExportLogsServiceRequest } from './otlp-messages.js';
import { anyValue, attributes, hex, type ReceivedAttributes } from './received-span.js';

/** A log record as an OTLP backend gets it. The decoder is older than `event_name`. */
export interface ReceivedLogRecord {
  readonly traceId: string;
  readonly spanId: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: unknown;
  readonly attributes: ReceivedAttributes;
  readonly resource: ReceivedAttributes;
}

/** An OTLP/HTTP protobuf backend for log records on the loopback interface. It accepts everything. */
export interface OtlpLogReceiver {
  /** `http://127.0.0.1:<port>/v1/logs` */
  readonly url: string;
  readonly records: readonly ReceivedLogRecord[];
  /** Decompressed bodies of all requests. */
  readonly bodies: readonly Buffer[];
  close(): Promise<void>;
}

const unzip = promisify(gunzip);

/** Starts an OTLP/HTTP receiver of log records. */
export async function startOtlpLogReceiver(): Promise<OtlpLogReceiver> {
  const records: ReceivedLogRecord[] = [];
  const bodies: Buffer[] = [];
  const server = await startLocalServer(0, async (request, response) => {
    const raw = await readBody(request);
    const body = request.headers['content-encoding'] === 'gzip' ? await unzip(raw) : raw;
    bodies.push(body);
    records.push(...receivedLogRecords(ExportLogsServiceRequest.decode(body)));
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  return { url: `${server.origin}/v1/logs`, records, bodies, close: () => server.close() };
}

function receivedLogRecords({ resourceLogs }: ExportLogsRequestMessage): ReceivedLogRecord[] {
  return resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map((record) => ({
        traceId: hex(record.traceId),
        spanId: hex(record.spanId),
        severityNumber: record.severityNumber ?? 0,
        severityText: record.severityText ?? '',
        body: anyValue(record.body),
        attributes: attributes(record.attributes),
        resource: attributes(resource?.attributes),
      })),
    ),
  );
}
