import { useMemo, useState } from 'react';

import { type Added, idsOf } from './additions';
import type { Addition } from './drawing';

/** The paths that were found last, until the reader closes them, and which of them is singled out. */
export function useWays(additions: readonly Addition[], added: readonly Added[]) {
  const i = additions.map((addition, at) => addition.type === 'paths' && added[at] !== undefined).lastIndexOf(true);
  const [closed, setClosed] = useState<Addition | null>(null);
  const [singled, setSingled] = useState<{ of: Addition; way: number } | null>(null);

  const addition = additions[i];
  const isOpen = addition?.type === 'paths' && closed !== addition;
  const ways = isOpen ? added[i]?.ways : undefined;
  const way = singled !== null && singled.of === addition ? singled.way : null;
  const ids = useMemo(() => idsOf((ways ?? []).filter((_, at) => way === null || at === way)), [ways, way]);
  return {
    found: isOpen && ways ? { from: addition.from, to: addition.to, ways } : null,
    ids,
    singled: way,
    single: (at: number | null) => setSingled(addition && at !== null ? { of: addition, way: at } : null),
    close: () => addition && setClosed(addition),
    reopen: () => setClosed(null),
  };
}
