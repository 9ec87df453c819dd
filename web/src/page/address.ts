import { hashOf, type Permalink } from './permalink';

/** Browsers refuse to write addresses many times a second, and nobody reads them that fast. */
const WRITTEN_AFTER_MS = 400;

/** The part of the address after `#`, which the page writes, and so does whoever pastes a link into the open page. */
export interface Address {
  /** Whether there stands what the page has written or taken, and not a link that somebody has put there since. */
  readonly isOwn: () => boolean;
  /** From now on what stands there is the page's own. What was to be written is given up. */
  readonly take: () => void;
  /**
   * Has it lead to this in a moment; to nothing when it is `null`. Does nothing if a link of somebody else stands there by
   * then. Returns a function that gives it up.
   */
  readonly write: (link: Permalink | null) => () => void;
}

/** @param own - What the page has taken from there already. */
export function addressFrom(own: string, pack: (link: Permalink) => Promise<string> = hashOf): Address {
  let ownHash = own;
  let giveUpLast = () => {};
  const isOwn = () => location.hash === ownHash;
  return {
    isOwn,
    take() {
      giveUpLast();
      ownHash = location.hash;
    },
    write(link) {
      let isWanted = true;
      const timer = setTimeout(async () => {
        const hash = link ? await pack(link) : '';
        if (isWanted && isOwn() && hash !== ownHash) {
          history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`);
          ownHash = hash;
        }
      }, WRITTEN_AFTER_MS);
      const giveUp = () => {
        isWanted = false;
        clearTimeout(timer);
      };
      giveUpLast();
      giveUpLast = giveUp;
      return giveUp;
    },
  };
}
