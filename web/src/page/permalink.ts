/** What a link to a question keeps. Never headers: they hold secrets. */
export interface Permalink {
  readonly query: string;
  /** As they stand in the editor, which may be no JSON (yet). */
  readonly variables: string;
  /** Which of several operations is asked. */
  readonly operationName: string | null;
  /** The title of the open panel. */
  readonly panel: string | null;
  /** What each panel wants to be found again, by the panel's name. Plain JSON. */
  readonly panelStates: Readonly<Record<string, unknown>>;
}

/** The key says how the rest is written: whoever changes that takes another key, and old links stay readable. */
const KEY = '#ask=';

/** Some programs through which links are sent cut longer ones. */
export const SENSIBLE_LINK_CHARS = 8_000;

/** A link that unpacks to more was not made by this page; it would only fill the memory. */
const UNPACKED_BYTES_MAX = 4 * 1024 * 1024;

/** The link leads to no question: it was cut, or this page did not make it. */
export class DamagedLink extends Error {
  override name = 'DamagedLink';
}

/** The part of an address after the page's own, `#` included. */
export async function hashOf(link: Permalink): Promise<string> {
  const { query, variables, operationName, panel, panelStates } = link;
  const text = JSON.stringify({ query, variables, operationName, panel, panelStates });
  const packing = new CompressionStream('deflate-raw');
  const packed = await throughStream(packing, new TextEncoder().encode(text), Number.POSITIVE_INFINITY);
  return KEY + toBase64Url(packed);
}

/** @throws {DamagedLink} when there is no question in it. */
export async function readHash(hash: string): Promise<Permalink> {
  if (!hash.startsWith(KEY)) {
    throw new DamagedLink('not a link of this page');
  }
  let found: unknown;
  try {
    const packed = fromBase64Url(hash.slice(KEY.length));
    const bytes = await throughStream(new DecompressionStream('deflate-raw'), packed, UNPACKED_BYTES_MAX);
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (problem) {
    throw new DamagedLink('the link cannot be unpacked', { cause: problem });
  }
  if (!isPermalink(found)) {
    throw new DamagedLink('the link holds something else than a question');
  }
  return found;
}

function isPermalink(found: unknown): found is Permalink {
  if (!isRecord(found)) {
    return false;
  }
  const { query, variables, operationName, panel, panelStates } = found;
  return (
    typeof query === 'string' &&
    typeof variables === 'string' &&
    (operationName === null || typeof operationName === 'string') &&
    (panel === null || typeof panel === 'string') &&
    isRecord(panelStates)
  );
}

function isRecord(found: unknown): found is Record<string, unknown> {
  return typeof found === 'object' && found !== null && !Array.isArray(found);
}

async function throughStream(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // A refused write also fails the reading below, which is where it is told.
  Promise.all([writer.write(bytes), writer.close()]).catch(() => {});

  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.readable.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (value) {
      chunks.push(value);
      size += value.length;
      if (size > maxBytes) {
        await reader.cancel();
        throw new RangeError(`unpacks to more than ${maxBytes} bytes`);
      }
    }
  }

  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** Base64 with the letters that an address may hold (RFC 4648, section 5), without padding. */
function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
