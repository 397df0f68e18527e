const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?$/;

/** `https://host/` for a name that is a host name (lower-case A-labels, at most 253 octets, no address), else ''. */
export function hostLink(host: string): string {
  const labels = host.length > 253 ? [] : host.split('.');
  const isName = labels.length > 1 && labels.every((part) => label.test(part)) && !/^[0-9]+$/.test(labels.at(-1) ?? '');
  return isName ? `https://${host}/` : '';
}
