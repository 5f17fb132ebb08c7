/** The sidecar's metrics, in Prometheus' format. No label has a value that a client can choose. */
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { OperatorEvent } from '../../server/reporting/operator-event.js';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  countEvent(event: OperatorEvent): void;
  countResponse(status: number): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'coze_chat_token_requests_total',
    help: 'Requests for a token by outcome: issued, verified, or the reason of the refusal.',
    labelNames: ['outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'coze_chat_token_request_seconds',
    help: 'From a request for a token to its response.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const warnings = new Counter({
    name: 'coze_chat_warnings_total',
    help: 'Warnings about the set-up, by code.',
    labelNames: ['code'],
    registers,
  });
  const responses = new Counter({
    name: 'coze_chat_http_responses_total',
    help: 'All responses, by status.',
    labelNames: ['status'],
    registers,
  });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    countEvent(event) {
      if (event.type === 'warning') return warnings.inc({ code: event.code });
      requests.inc({ outcome: toOutcome(event) });
      durations.observe(event.durationMs / 1000);
    },
    countResponse: (status) => responses.inc({ status: String(status) }),
  };
}

function toOutcome(event: Exclude<OperatorEvent, { readonly type: 'warning' }>): string {
  switch (event.type) {
    case 'request_refused':
      return event.reason;
    case 'token_issued':
      return 'issued';
    case 'subject_verified':
      return 'verified';
    // Of a gateway, which this server does not have.
    case 'call_refused':
    case 'turn_ended':
      return event.type;
  }
}
