import { type AddressPolicy, addressScope } from '../model/address-registry.ts';
import type { Failure } from '../model/failure.ts';

/** What decides whether an address may be contacted. */
export interface AddressGateOptions {
  policy: AddressPolicy;
  /** True for an address whose operator does not want to be measured (opt-out file). */
  optedOut(address: string): boolean;
}

/**
 * The gate before every connect, asked with the address that is really used, so that rebinding and redirects have no gap
 * (faults A3, A4). Returns why the address may not be contacted, or null. The detail names the block, not the address.
 */
export function createAddressGate({ policy, optedOut }: AddressGateOptions): (address: string) => Failure | null {
  return (address) => {
    const { usable, scope } = addressScope(address, policy);
    if (!usable) return { code: 'address-refused', step: 'gate', synchronous: false, detail: scope };
    if (optedOut(address)) return { code: 'opted-out', step: 'gate', synchronous: false, detail: 'opt-out file' };
    return null;
  };
}
