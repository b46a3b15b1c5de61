import type { LogRecordExporter } from './log-record/log-record.js';
import { redactedLogRecord } from './log-record/redacted-log-record.js';
import type { RedactionOptions } from './options.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import { RedactingExporter } from './redacting-exporter.js';

const OWNER = 'redactingLogRecordExporter';

/**
 * Wraps an exporter of log records so that it receives views of them without content. The log records themselves stay as
 * they are, so that another destination can receive what this one must not.
 *
 * @param exporter - any `LogRecordExporter` of `@opentelemetry/sdk-logs`, from 0.57 to 3.1
 * @param options - as of the span processor
 * @returns an exporter that redacts log records and passes them on
 * @throws TypeError if `exporter` is not an exporter, or an option is invalid
 */
export function redactingLogRecordExporter(
  exporter: LogRecordExporter,
  options?: RedactionOptions,
): Required<LogRecordExporter> {
  const policy = resolvePolicy(OWNER, options);
  return new RedactingExporter(OWNER, 'a LogRecordExporter', exporter, (record, reporter) =>
    redactedLogRecord(record, policy, reporter),
  );
}
