const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a host name, as URL spells it, is this machine's own. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.has(hostname);
