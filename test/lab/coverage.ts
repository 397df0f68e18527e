/**
 * Checks that the lab does not show in both lights, with the reason. Everything else has a domain where it passes and one where it
 * fails (or warns, where the check knows nothing worse).
 */
export const notShown: Readonly<Record<string, string>> = {
  'web-latency': 'its samples do not count while our own loop is late, as in four audits at once; loss.lab.test.ts shows it alone',
  'route-origin': 'the routing data of the lab are in order; the unit tests of the check show the rest',
  'route-prefix': 'the routing data of the lab are in order; the unit tests of the check show the rest',
};
