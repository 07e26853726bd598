// The upstream of an old release that was a pull-through cache: what its URL says. It may hold a password, so that
// no remark shows more of it than its host.
import { DOCKER_HUB, isUpstream, OTHERWISE_DOCKER_HUB } from '../caches/upstream';
import { isFilledIn } from './placeholders';
import { Translation } from './translation';

/** The upstream. */
export interface OldUpstream {
  /** As image names begin with it. */
  readonly host: string;
  /** Where it is not `https://` and the host. */
  readonly url?: string;
  readonly encrypted: boolean;
}

/** Reads the URL; reports what it can't be used for. */
export function upstreamOf(translation: Translation, key: string, given: string): OldUpstream | undefined {
  const refuse = (why: string) => {
    translation.lost(key, `${why}. No cache is made: add caches: [{ upstream: ... }] by hand`);
    return undefined;
  };
  if (isFilledIn(given))
    return refuse('is filled in later, but a cache is named after the host of its upstream');
  const text = given.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = parsed(hasScheme ? text : `https://${text}`);
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    return refuse('is not the URL of a registry, and is not shown here since it may have a password');
  // Go resolves names of images against the URL, so that what follows the last "/" never counted.
  if (!/^\/[^/]*$/.test(url.pathname))
    return refuse(`has a path, and a cache fetches from the root of its upstream (${url.host})`);
  if (!hasScheme)
    translation.guessed(key, `${url.host}, without https://: the old release could fetch nothing from it`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    translation.different(key, `what follows ${url.host} in it did nothing, and is left out`);
  if (url.username !== '' || url.password !== '')
    translation.lost(
      key,
      'has a login, which is not shown here: put it into a Secret, and name that by login.existingSecret of the cache',
    );
  const mirror = mirrorOfDockerHub(url);
  if (mirror)
    translation.guessed(
      key,
      `${url.host} is a mirror of Docker Hub, so that images are named ${DOCKER_HUB}/...`,
    );
  return (
    dockerHub(url) ??
    mirror ??
    other(url) ??
    refuse(`${url.host} is not a host that images can be named after`)
  );
}

function dockerHub({ host }: URL): OldUpstream | undefined {
  const isHub = host === DOCKER_HUB || OTHERWISE_DOCKER_HUB.includes(host);
  // It sends those who come by http to https.
  return isHub ? { host: DOCKER_HUB, encrypted: true } : undefined;
}

/** Nodes ask for the images of Docker Hub there, and for those of no other registry. */
function mirrorOfDockerHub({ host, origin, protocol }: URL): OldUpstream | undefined {
  if (!/^(mirror\.gcr\.io|[a-z0-9-]+\.mirror\.aliyuncs\.com)$/.test(host)) return undefined;
  return { host: DOCKER_HUB, url: origin, encrypted: protocol === 'https:' };
}

function other({ host, origin, protocol, port }: URL): OldUpstream | undefined {
  const encrypted = protocol === 'https:';
  // A name without a dot would be one of Docker Hub's users.
  const named = /[.:]/.test(host) ? host : `${host}:${port || (encrypted ? 443 : 80)}`;
  if (!isUpstream(named)) return undefined;
  return { host: named, ...(origin !== `https://${named}` && { url: origin }), encrypted };
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
