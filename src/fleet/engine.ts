import type { JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { pause } from '../net/pause.ts';
import { streams } from './names.ts';

/** How to reach the engine. Connections only go outward. */
export interface EngineOptions {
  /** `nats://host:4222` or `tls://host:4222`. */
  url: string;
  /** A credentials file (JWT and seed) or a file with an nkey seed. */
  credentials: Uint8Array | null;
  /** PEM of the authority that signed the engine's certificate. */
  authority: string | null;
  name: string;
  /** Prefix of the subjects on which answers come; a worker has its own (`inboxOf`). */
  inbox?: string;
}

/** The engine, connected. */
export interface Engine {
  connection: NatsConnection;
  jetstream: JetStreamClient;
  manager: JetStreamManager;
  /** Why nothing more will come of it: the engine refuses us, or what we asked of it. Null otherwise, and while a cut lasts. */
  lost(): EngineError | null;
  close(): Promise<void>;
}

/** The engine cannot be used; the message says why. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly kind: 'unreachable' | 'refused' | 'no-streams';

  constructor(kind: EngineError['kind'], detail: string) {
    super(detail);
    this.kind = kind;
  }
}

const connectTimeoutMs = 10_000;
const reconnectMs = 2_000;
/** What failed is tried again so soon, and what fails again and again so late. */
const retryMs = { first: 100, last: 1_000 };

/** Connects, and goes on connecting after a cut for as long as it is open. Throws `EngineError`. Loads the client only now. */
export async function connectEngine({ url, credentials, authority, name, inbox }: EngineOptions): Promise<Engine> {
  const { connect, credsAuthenticator, nkeyAuthenticator } = await import('@nats-io/transport-node');
  const { jetstream, jetstreamManager } = await import('@nats-io/jetstream');
  const text = credentials === null ? '' : Buffer.from(credentials).toString();
  const authenticator =
    credentials === null
      ? null
      : text.includes('BEGIN NATS USER JWT')
        ? credsAuthenticator(credentials)
        : nkeyAuthenticator(Buffer.from(text.trim()));
  try {
    const connection = await connect({
      servers: url.replace(/^tls:\/\//, 'nats://'),
      name,
      timeout: connectTimeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: reconnectMs,
      // A half-open connection is noticed within two unanswered pings.
      pingInterval: 10_000,
      maxPingOut: 2,
      ...(inbox === undefined ? {} : { inboxPrefix: inbox }),
      ...(authenticator === null ? {} : { authenticator }),
      ...(url.startsWith('tls://') || authority !== null ? { tls: authority === null ? {} : { ca: authority } } : {}),
    });
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: connectTimeoutMs });
    let lost: EngineError | null = null;
    void connection.closed().then((error) => {
      lost ??= asEngineError(error ?? new Error('the connection was closed'));
    });
    void listenForRefusals(connection, (error) => {
      lost ??= asEngineError(error);
    });
    const client = jetstream(connection, { timeout: connectTimeoutMs });
    return { connection, manager, jetstream: client, lost: () => lost, close: () => closeSoon(connection) };
  } catch (error) {
    throw asEngineError(error);
  }
}

/** A right that is missing is said apart from what was asked, if nobody waits for an answer to that. */
async function listenForRefusals(connection: NatsConnection, tell: (error: Error) => void): Promise<void> {
  for await (const event of connection.status()) if (event.type === 'error' && isRefusal(event.error)) tell(event.error);
}

export const isRefusal = (error: unknown): boolean => error instanceof Error && /permission/i.test(error.message);

export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new EngineError(/auth|permission|nkey|jwt/i.test(detail) ? 'refused' : 'unreachable', detail);
}

/** What is still to be sent goes out first, if the engine is there. */
async function closeSoon(connection: NatsConnection): Promise<void> {
  const flushed = connection.drain().catch(() => undefined);
  const late = new Promise<void>((resolve) => setTimeout(resolve, 2_000).unref());
  await Promise.race([flushed, late]);
  await connection.close().catch(() => undefined);
}

/** Limits of the streams; what does not fit is refused to the sender, who waits. */
export interface StreamLimits {
  /** Of one run waiting for one vantage. */
  jobs: number;
  /**
   * Results, or parts of long ones, that wait to be collected. Not in bytes: near such a limit nats-server 2.9 takes a new message and
   * throws away the oldest, though it is told to refuse. Bytes are limited by `max_file_store` of the server, which refuses.
   */
  evidence: number;
}
export const defaultLimits: StreamLimits = { jobs: 20_000, evidence: 100_000 };

const nanosPerMs = 1_000_000;
/** Within this time the same job or result sent again is dropped by the engine. */
const duplicateWindowMs = 10 * 60_000;
const monthMs = 30 * 24 * 60 * 60_000;

/** Vantages times runs whose jobs may wait in full length. */
const mostQueues = 100;

/** Makes the streams where they are not there yet. Needs the rights of the coordinator. Throws `EngineError`. */
export async function ensureStreams(engine: Engine, limits: StreamLimits = defaultLimits): Promise<void> {
  try {
    await addStreams(engine, limits);
  } catch (error) {
    if (isRefusal(error) || (error instanceof Error && /timeout|closed|disconnect/i.test(error.message))) throw asEngineError(error);
    throw new EngineError('no-streams', error instanceof Error ? error.message : String(error));
  }
}

async function addStreams({ manager }: Engine, { jobs, evidence }: StreamLimits): Promise<void> {
  const { DiscardPolicy, RetentionPolicy, StorageType } = await import('@nats-io/jetstream');
  const shared = {
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_age: monthMs * nanosPerMs,
    duplicate_window: duplicateWindowMs * nanosPerMs,
  };
  const wanted = [
    { ...shared, name: streams.runs, subjects: ['ipv6gov.run.*'], max_msgs: 1_000, discard: DiscardPolicy.Old },
    {
      ...shared,
      name: streams.jobs,
      subjects: ['ipv6gov.job.*.*'],
      retention: RetentionPolicy.Workqueue,
      // By vantage and run: the jobs of a vantage that is absent leave room for those of the others.
      max_msgs_per_subject: jobs,
      discard_new_per_subject: true,
      max_msgs: jobs * mostQueues,
    },
    {
      ...shared,
      name: streams.evidence,
      subjects: ['ipv6gov.evidence.*.*'],
      retention: RetentionPolicy.Workqueue,
      max_msgs: evidence,
    },
  ];
  const known = new Set<string>();
  for await (const name of manager.streams.names()) known.add(name);
  for (const config of wanted) if (!known.has(config.name)) await manager.streams.add(config);
}

/** A durable consumer that hands each message to one reader until it is acknowledged; made where it is not there. */
export async function ensureConsumer(
  { manager }: Engine,
  { stream, name, filter, ackWaitMs, most }: { stream: string; name: string; filter: string; ackWaitMs: number; most: number },
): Promise<void> {
  const { AckPolicy, DeliverPolicy, ReplayPolicy } = await import('@nats-io/jetstream');
  await manager.consumers.add(stream, {
    durable_name: name,
    filter_subject: filter,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: ackWaitMs * nanosPerMs,
    max_deliver: -1,
    max_ack_pending: most,
  });
}

const sendTries = 1_000_000;

/**
 * Publishes until the engine has it; a full stream or a cut is waited for, up to the end of `signal`. Returns false when that came first.
 * Throws `EngineError` when it may not, or when there will be no connection again.
 */
export async function publishSafely(
  engine: Engine,
  message: { subject: string; data: Uint8Array; id: string; headers?: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<boolean> {
  const { headers } = await import('@nats-io/transport-node');
  const extra = headers();
  for (const [key, value] of Object.entries(message.headers ?? {})) extra.set(key, value);
  for (let tries = 0; tries < sendTries && !signal.aborted; tries += 1) {
    try {
      await engine.jetstream.publish(message.subject, message.data, { msgID: message.id, headers: extra });
      return true;
    } catch (error) {
      if (isRefusal(error)) throw asEngineError(error);
      const lost = engine.lost();
      if (lost !== null) throw lost;
      await pause(Math.min(retryMs.last, retryMs.first * 2 ** Math.min(tries, 10)), signal);
    }
  }
  return false;
}

/**
 * Up to `most` messages of a durable consumer, each as it comes, within `waitMs`. A cut, or a consumer that is not there yet, gives none
 * after a pause, so that who asks again and again asks gently. Throws `EngineError` when it may not ask, or will never be connected again.
 * `onlyNew`: no more than were never given out. What comes again is given out before them, so ask for one without this first.
 */
export async function* fetchSome(
  engine: Engine,
  from: { stream: string; consumer: string; most: number; waitMs: number; signal: AbortSignal; onlyNew?: boolean },
): AsyncGenerator<JsMsg, void, undefined> {
  const lost = engine.lost();
  if (lost !== null) throw lost;
  try {
    const consumer = await engine.jetstream.consumers.get(from.stream, from.consumer);
    const most = from.onlyNew === true ? Math.min(from.most, (await consumer.info(true)).num_pending) : from.most;
    if (most <= 0) return;
    const messages = await consumer.fetch({ max_messages: most, expires: from.waitMs });
    const stop = (): void => messages.stop();
    from.signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const message of messages) yield message;
    } finally {
      from.signal.removeEventListener('abort', stop);
    }
  } catch (error) {
    if (isRefusal(error)) throw asEngineError(error);
    await pause(retryMs.last, from.signal);
  }
}
