import type { AskOptions } from '../iteration/exchange.ts';
import { dnsRequest, exchange } from '../iteration/exchange.ts';
import type { Iteration, ServerQuestion } from '../iteration/types.ts';
import { ourFailures } from '../model/failure.ts';
import type { ObservationOf, Round } from '../model/observation.ts';
import type { Settings } from '../model/settings.ts';
import type { Network } from '../net/network.ts';

type DnsObservation = ObservationOf<'dns-query'>;

export interface AskSettings {
  settings: Settings;
  recursionDesired?: boolean;
  checkingDisabled?: boolean;
  dnssecOk?: boolean;
  /** Default '1'. */
  round?: Round;
}

export interface Asked {
  /** The exchange that decides: the TCP one after TC, the one without EDNS after FORMERR. */
  settled: DnsObservation;
  /** Everything that was performed, in order. */
  all: DnsObservation[];
}

function optionsOf(asking: AskSettings): AskOptions {
  const { settings, recursionDesired, checkingDisabled, dnssecOk, round } = asking;
  return { udpPayloadBytes: settings.dns.udpPayloadBytes, recursionDesired, checkingDisabled, dnssecOk, round };
}

/** One question to one server over UDP, repeated over TCP or without EDNS where the answer calls for it (faults D3, D4, D5). */
export async function askServer(network: Network, question: ServerQuestion & AskSettings): Promise<Asked> {
  const all: DnsObservation[] = [];
  const first = dnsRequest(question, optionsOf(question));
  const steps = exchange(first);
  let state = steps.next();
  while (state.done !== true) {
    const observation = await network.perform({ op: 'dns-query', request: state.value });
    all.push(observation);
    state = steps.next(observation);
  }
  const settled = state.value ?? all.at(-1);
  if (settled === undefined) throw new Error('an exchange ended without a request');
  return { settled, all };
}

/** One question over TCP alone. */
export async function askOverTcp(network: Network, question: ServerQuestion & AskSettings): Promise<DnsObservation> {
  return network.perform({ op: 'dns-query', request: { ...dnsRequest(question, optionsOf(question)), transport: 'tcp' } });
}

/** How questions were settled, by question: of one agency, and of iterations that ask with the same settings. */
export type KnownAnswers = Map<string, DnsObservation>;

/** Runs an iteration over the network: the questions of each step side by side. What is known already is not asked. */
export async function drive<Result>(
  network: Network,
  iteration: Iteration<Result>,
  { known = new Map(), ...asking }: AskSettings & { known?: KnownAnswers },
): Promise<Result> {
  // The first `next` of a generator takes no value.
  let state = iteration.next([]);
  while (state.done !== true) {
    const answers = state.value.map((question) => known.get(questionText(question)));
    // Without a wait: a walk down to an agency's zone mostly meets what an earlier one has met.
    const all = answers.flatMap((answer) => answer ?? []);
    state = iteration.next(all.length === answers.length ? all : await Promise.all(state.value.map((question) => learn(question))));
  }
  return state.value;

  async function learn(question: ServerQuestion): Promise<DnsObservation> {
    const { settled, all } = await askServer(network, { ...asking, ...question });
    // A trouble of our own is no answer; the network says whether it is asked again.
    if (!all.some(({ failure }) => failure !== null && ourFailures.has(failure.code))) known.set(questionText(question), settled);
    return settled;
  }
}

const questionText = ({ address, type, name }: ServerQuestion): string => `${address} ${type} ${name}`;
