/** How an address is classified; see the table's date in this file. */
export interface AddressScope {
  /** Global unicast inside allocated space: the only addresses that are dialled or counted as published. */
  usable: boolean;
  /** 'global', or the block's name: 'loopback', 'link-local', 'unique-local', 'documentation', 'nat64', '6to4', 'teredo', 'mapped'… */
  scope: string;
}

export type AddressPolicy = 'public' | 'documentation-is-global' | 'allow-private';

/** Classifies a literal IPv4 or IPv6 address (must pass `net.isIP`; anything else is `{usable: false, scope: 'not-an-address'}`). */
export declare function addressScope(address: string, policy: AddressPolicy): AddressScope;
