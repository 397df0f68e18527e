import type { ObservationOf, OperationOf } from '../model/observation.ts';
import { dialTcp } from './dial.ts';
import type { LiveContext } from './live-context.ts';
import { observe } from './observe.ts';

/** Connects over TCP and closes again at once. */
export function tcpConnect(operation: OperationOf<'tcp-connect'>, context: LiveContext): Promise<ObservationOf<'tcp-connect'>> {
  const { address, family, port } = operation.request;
  return observe(operation, context, async () => {
    const dialled = await dialTcp({ address, family, port, timeoutMs: context.settings.tcp.connectTimeoutMs, context });
    if (dialled.failure !== null) return { response: null, failure: dialled.failure, peer: null };
    dialled.socket.destroy();
    return { response: { connectMs: dialled.connectMs }, failure: null, peer: { address, port } };
  });
}
