import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = string | Uint8Array | ((response: ServerResponse) => void);

// Statement by statement: restify, once it is loaded, leaves writeHead without anything to chain on.

/** Says where the file is instead. */
export const redirect = (location: string) => (response: ServerResponse) => {
  response.writeHead(302, { location });
  response.end();
};

/** Says how large the file is, and then nothing. */
export const promising = (bytes: number) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': bytes });
  response.flushHeaders();
};

export type FileHost = {
  /** Name and port, as an allow-list names them. */
  readonly host: string;
  /** Keeps a file there, or another way to answer; the address it is fetched from. */
  readonly put: (name: string, answer: Answer) => string;
  /** What was asked for, in order. */
  readonly asked: () => readonly string[];
  readonly stop: () => Promise<void>;
};

/** Where a chat keeps the files that are sent in it, over real HTTP. */
export const startFileHost = async (): Promise<FileHost> => {
  const files = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = files.get(path);
    if (typeof answer === 'function') return answer(response);
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    put: (name, answer) => {
      files.set(`/${name}`, answer);
      return `http://${host}/${name}`;
    },
    asked: () => asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
