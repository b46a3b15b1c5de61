import type { Attributes, HrTime, SpanContext } from '@opentelemetry/api';
import type { LimitedLogRecord } from '../span/value-limit.js';
import type { LogRecord } from './log-record.js';

/**
 * A log record of any SDK whose parts can be replaced. It has the parts as plain fields and nothing else: an exporter can't
 * reach anything more that the SDK's log record holds, such as its private fields.
 */
export class LogRecordView implements LogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly severityNumber: number | undefined;
  readonly droppedAttributesCount: number;
  spanContext: SpanContext | undefined;
  severityText: string | undefined;
  body: unknown;
  attributes: Attributes;
  resource: object;
  instrumentationScope: LogRecord['instrumentationScope'];
  declare eventName?: string | undefined;
  readonly #limits: LimitedLogRecord['_logRecordLimits'];

  constructor(record: LogRecord & LimitedLogRecord) {
    this.#limits = record._logRecordLimits;
    this.hrTime = record.hrTime;
    this.hrTimeObserved = record.hrTimeObserved;
    this.severityNumber = record.severityNumber;
    this.droppedAttributesCount = record.droppedAttributesCount;
    this.spanContext = record.spanContext;
    this.severityText = record.severityText;
    this.body = record.body;
    this.attributes = record.attributes as Attributes;
    this.resource = record.resource;
    this.instrumentationScope = record.instrumentationScope;
    // Lines that lack it keep lacking it.
    if ('eventName' in record) this.eventName = record.eventName;
  }

  /** For a view of this view, which needs them to recognise values that the SDK has cut. */
  get _logRecordLimits(): LimitedLogRecord['_logRecordLimits'] {
    return this.#limits;
  }
}
