import ipaddr from 'ipaddr.js';

/** Longer than any address with a zone (RFC 4007) and a port; limits the cost of parsing. */
const MAX_ADDRESS_LENGTH = 100;

/**
 * Returns the part of a network address that identifies one customer of a network: an IPv4 address, or the first 64 bits of an IPv6 address, since a
 * customer usually has all addresses that share them (RFC 6177). An IPv4 address within an IPv6 address counts as the IPv4 address: the rest is the
 * same for all clients of a translator (NAT64, RFC 6052) or relay (Teredo, RFC 4380), or chosen by the client (6to4, RFC 3056).
 *
 * @param address one address, with or without the port that some proxies append; it changes with every connection
 * @returns `undefined` if it is not one address, such as a list
 */
export function toNetworkKey(address: string): string | undefined {
  const text = address.trim();
  if (text.length > MAX_ADDRESS_LENGTH) return undefined;
  const ipv4 = text.replace(/:\d+$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(ipv4)) return ipv4;
  const ipv6 = text.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^(::ffff:(?:\d+\.){3}\d+):\d+$/i, '$1');
  if (!ipaddr.IPv6.isValid(ipv6)) return undefined;
  const parsed = ipaddr.IPv6.parse(ipv6);
  const range = parsed.range();
  const bytes = parsed.toByteArray();
  const last = bytes.slice(12);
  if (range === '6to4') return bytes.slice(2, 6).join('.');
  if (/^(?:ipv4Mapped|rfc6052|rfc6145)$/.test(range)) return last.join('.');
  // The client's address with each bit inverted.
  if (range === 'teredo') return last.map((byte) => 255 - byte).join('.');
  return parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}

/**
 * Returns the key of the request's client. `undefined` without an address (a missing header is `null`): such a request is not counted, because
 * otherwise all unknown clients would share one limit.
 *
 * @param warn called if `clientAddress` throws, or does not return one address
 */
export function findClientNetwork<Context>(
  clientAddress: ((request: Request, context: Context) => string | null | undefined) | undefined,
  request: Request,
  context: Context,
  warn: () => void,
): string | undefined {
  try {
    const address: unknown = clientAddress?.(request, context);
    if (address === undefined || address === null || address === '') return undefined;
    if (typeof address !== 'string') {
      // An unhandled rejection of an async function would end the process.
      void Promise.resolve(address).catch(() => undefined);
      warn();
      return undefined;
    }
    const network = toNetworkKey(address);
    if (network === undefined) warn();
    return network;
  } catch {
    warn();
    return undefined;
  }
}
