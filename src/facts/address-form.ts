import { addressBytes } from '../model/address-bytes.ts';
import type { Cause } from '../model/cause.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known } from './fact.ts';
import { addressSet } from './lookup.ts';

/** How many addresses a host has, and how its IPv6 addresses are formed. */
export interface AddressForm {
  host: string;
  ipv6: string[];
  /** Usable A records; null: could not be looked up, `cause` says why. */
  ipv4: string[] | null;
  /** Interface identifier made from a hardware address: ff:fe in its middle (RFC 4291 appendix A). */
  hardware: string[];
  /** Interface identifier zero: the subnet-router anycast address (RFC 4291 §2.6.1). */
  zeroInterface: string[];
  cause: Cause | null;
}

export function addressFormOf(context: AgencyContext, host: string): Fact<AddressForm> {
  const ipv6 = addressSet(context, host, 6);
  if (!ipv6.known) return ipv6;
  const ipv4 = addressSet(context, host, 4);
  const { usable } = ipv6.value;
  const value: AddressForm = {
    host,
    ipv6: usable,
    ipv4: ipv4.known ? ipv4.value.usable : null,
    hardware: usable.filter((address) => {
      const bytes = addressBytes(address);
      return bytes?.[11] === 0xff && bytes[12] === 0xfe;
    }),
    zeroInterface: usable.filter(
      (address) =>
        addressBytes(address)
          ?.subarray(8)
          .every((byte) => byte === 0) === true,
    ),
    cause: ipv4.known ? null : ipv4.cause,
  };
  return known(value, [...ipv6.observations, ...ipv4.observations]);
}
