import { Refused } from '../../domain/commands.ts';
import type { FileFault } from '../../domain/imports/faults.ts';
import { isLoopback } from '../loopback.ts';

/** Where files may be fetched from. */
export type FileHosts = {
  /** Local mode: this machine's own addresses too, whatever their protocol. */
  readonly loopback: boolean;
  /** Hosts, with port, that count as Teams' file store besides the real one. */
  readonly others: readonly string[];
};

export type FetchFile = (url: string) => AsyncGenerator<Uint8Array, void>;

const MOST_BYTES = 50 * 1024 * 1024;
/** Waiting for the database counts too: reading 50 MB into it takes a minute. */
const WITHIN_MS = 600_000;
const MOST_REDIRECTS = 3;

const refuse = (code: 'file.refused' | 'file.unreachable' | 'file.tooLarge'): never => {
  throw new Refused<FileFault>({ code });
};

/**
 * Teams keeps what is sent in a chat in the sender's OneDrive. The address comes with the message, so whoever can write
 * one could have Claimdesk fetch anything that Claimdesk can reach: nothing else is ever asked for.
 */
export const mayFetch = (url: URL, { loopback, others }: FileHosts): boolean => {
  if (url.username !== '' || url.password !== '') return false;
  if (others.includes(url.host) || (loopback && isLoopback(url.hostname))) return /^https?:$/.test(url.protocol);
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.sharepoint.com');
};

const ask = async (address: string, hosts: FileHosts, signal: AbortSignal): Promise<Response> => {
  let url = URL.parse(address);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (url === null || !mayFetch(url, hosts)) return refuse('file.refused');
    const response = await fetch(url, { redirect: 'manual', signal });
    if (response.status < 300 || response.status > 399) return response;
    await response.body?.cancel();
    url = URL.parse(response.headers.get('location') ?? '', url.href);
  }
  return refuse('file.refused');
};

/** A file that was sent in a chat, as it comes in. Throws Refused<FileFault> for every other end. */
export const fileFetcher = (hosts: FileHosts, mostBytes = MOST_BYTES, withinMs = WITHIN_MS): FetchFile =>
  async function* (address) {
    const signal = AbortSignal.timeout(withinMs);
    try {
      const response = await ask(address, hosts, signal);
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        refuse('file.unreachable');
      }
      if (Number(response.headers.get('content-length') ?? 0) > mostBytes) {
        await response.body?.cancel();
        refuse('file.tooLarge');
      }
      let bytes = 0;
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        if (bytes > mostBytes) refuse('file.tooLarge');
        yield chunk;
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
      // Whatever the network says, to the person it is one thing: the file did not come.
      refuse('file.unreachable');
    }
  };
