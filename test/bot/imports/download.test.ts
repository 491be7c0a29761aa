import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileFetcher, mayFetch } from '../../../bot/imports/download.ts';
import { orRefused } from '../../../domain/commands.ts';
import { type FileHost, promising, startFileHost } from '../../support/file-host.ts';

const allowed = (url: string, loopback = false) => mayFetch(new URL(url), { loopback, others: [] });

describe('where files may be fetched from', () => {
  test.each(['https://contoso.sharepoint.com/a', 'https://contoso-my.sharepoint.com/personal/x/a.csv?tempauth=1'])(
    '%s',
    (url) => expect(allowed(url)).toBe(true),
  );

  test.each([
    'http://contoso.sharepoint.com/a',
    'https://sharepoint.com/a',
    'https://evilsharepoint.com/a',
    'https://contoso.sharepoint.com.evil.example/a',
    'https://contoso.sharepoint.com./a',
    'https://contoso.sharepoint.com:444/a',
    'https://user@contoso.sharepoint.com/a',
    'https://169.254.169.254/latest',
    'http://localhost/a',
    'ftp://contoso.sharepoint.com/a',
  ])('not %s', (url) => expect(allowed(url)).toBe(false));

  test('in local mode this machine too, and nothing else', () => {
    expect(allowed('http://127.0.0.1:4000/a.csv', true)).toBe(true);
    expect(allowed('http://10.0.0.1:4000/a.csv', true)).toBe(false);
    expect(allowed('file://localhost/etc/passwd', true)).toBe(false);
  });
});

describe('a file that is fetched', () => {
  let files: FileHost;
  beforeAll(async () => {
    files = await startFileHost();
  });
  afterAll(() => files?.stop());

  const fetched = (url: string, mostBytes = 1_000, withinMs = 5_000): Promise<unknown> =>
    orRefused<unknown>(
      (async () => {
        let bytes = 0;
        const hosts = { loopback: false, others: [files.host] };
        for await (const chunk of fileFetcher(hosts, mostBytes, withinMs)(url)) bytes += chunk.length;
        return bytes;
      })(),
    );

  test('comes whole up to its largest size', async () => {
    expect(await fetched(files.put('fits', 'x'.repeat(1_000)))).toBe(1_000);
  });

  test('is given up as soon as it is larger, whatever it said of its size', async () => {
    const endless = files.put('endless', (response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      const more = () => response.write('x'.repeat(600), () => response.destroyed || setImmediate(more));
      more();
    });
    expect(await fetched(endless)).toEqual({ code: 'file.tooLarge' });
  });

  test('is given up at once when it says that it is larger', async () => {
    const large = files.put('large', promising(2_000));
    expect(await fetched(large)).toEqual({ code: 'file.tooLarge' });
  });

  test('that breaks off did not come', async () => {
    const broken = files.put('broken', (response) => response.write('x', () => response.destroy()));
    expect(await fetched(broken)).toEqual({ code: 'file.unreachable' });
  });

  test('is given up when it does not come in time', async () => {
    const silent = files.put('silent', promising(10));
    expect(await fetched(silent, 1_000, 50)).toEqual({ code: 'file.unreachable' });
  });
});
