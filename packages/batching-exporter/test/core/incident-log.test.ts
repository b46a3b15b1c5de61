import { type DiagRecorder, recordDiag } from '@llm-otel/testing';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { IncidentLog } from '../../src/core/incident-log.js';
import { fakeTimers } from '../support.js';

describe('IncidentLog', () => {
  let recorder: DiagRecorder;
  let clock: SinonFakeTimers;
  const lines = () => recorder.messages.map(({ level, message }) => `${level} ${message}`);
  beforeEach(() => {
    recorder = recordDiag(DiagLogLevel.INFO);
    clock = fakeTimers();
  });
  afterEach(() => {
    recorder.stop();
    clock.restore();
  });

  it('tells one line when an outage begins and one, with counts, when it is over', () => {
    const log = new IncidentLog('Example');
    log.delivered(0);
    log.failing('Error ECONNREFUSED', 40);
    clock.tick(2_000);
    log.failing('Error ECONNREFUSED', 900);
    clock.tick(1_500);
    log.delivered(880);
    log.delivered(0);
    expect(lines()).to.deep.equal([
      'warn Example: export failed (Error ECONNREFUSED) and will be retried; 40 spans waiting.',
      'info Example: export works again after 3.5 s; 880 spans waiting, dropped meanwhile: none.',
    ]);
  });

  it('tells after an outage how many spans were dropped in it, by reason', () => {
    const log = new IncidentLog('Example');
    log.dropped(1_000, 'queue_full');
    log.failing('Error', 1);
    log.dropped(3, 'queue_full');
    log.dropped(512, 'retry_exhausted', 'Error');
    log.dropped(4, 'queue_full');
    log.delivered(1);
    expect(lines().at(-1)).to.equal(
      'info Example: export works again after 0.0 s; 1 span waiting, dropped meanwhile: 7 queue_full, 512 retry_exhausted.',
    );
  });

  it('tells of drops when they begin, for each reason, and again only after a quiet minute', () => {
    const log = new IncidentLog('Example');
    for (let i = 0; i < 1_000; i++) {
      log.dropped(1, 'queue_full');
      clock.tick(1_000);
    }
    log.dropped(5, 'rejected', 'OTLPExporterError 401');
    clock.tick(60_000);
    log.dropped(1, 'queue_full');
    expect(lines()).to.deep.equal([
      'warn Example: spans are being dropped: queue_full; see stats() for the counts.',
      'warn Example: spans are being dropped: rejected (OTLPExporterError 401); see stats() for the counts.',
      'warn Example: spans are being dropped: queue_full; see stats() for the counts.',
    ]);
  });

  it('tells of drops again after an outage, whose end said what was dropped', () => {
    const log = new IncidentLog('Example');
    log.failing('Error', 1);
    log.dropped(1, 'queue_full');
    log.delivered(0);
    log.dropped(1, 'queue_full');
    expect(lines().at(-1)).to.equal(
      'warn Example: spans are being dropped: queue_full; see stats() for the counts.',
    );
  });

  it('survives a logger that throws', () => {
    const fail = () => {
      throw new Error('logger');
    };
    diag.setLogger(
      { error: fail, warn: fail, info: fail, debug: fail, verbose: fail },
      { suppressOverrideMessage: true },
    );
    expect(() => new IncidentLog('Example').failing('Error', 1)).not.to.throw();
  });
});
