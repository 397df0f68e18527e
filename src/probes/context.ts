import type { Agency } from '../model/agency.ts';
import type { ResolutionMode } from '../model/run.ts';
import type { Settings } from '../model/settings.ts';
import type { Network } from '../net/network.ts';

/** What every probe gets. The network records what it performs; probes return what the next probe needs, never verdicts. */
export interface ProbeContext {
  network: Network;
  agency: Agency;
  /** With the host it seeds every order that must vary (which family first), so that replay is exact (R8). */
  runId: string;
  resolution: ResolutionMode;
  settings: Settings;
  /** Usable as a target under the run's address policy (the gate refuses the others anyway; probes skip them). */
  isUsable(address: string): boolean;
  servicesOverride: 'active' | 'listed';
  /** Waits `ms` milliseconds between looks that are meant to see another moment; left out where nothing need be waited for. */
  pause?(ms: number): Promise<void>;
}
