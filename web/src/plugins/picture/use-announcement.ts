import { useEffect, useRef, useState } from 'react';

import type { Graph } from '../../answer/graph';
import type { Added } from './additions';
import type { Addition } from './drawing';
import { counted } from './elements';

/** What changed last, in words; what additions brought is told as soon as they are there. */
export function useAnnouncement(
  stages: readonly Graph[],
  additions: readonly Addition[],
  added: readonly Added[],
): [string, (text: string) => void] {
  const [said, setSaid] = useState('');
  const nTold = useRef(added.length);
  useEffect(() => {
    const i = added.length - 1;
    const [before, after, addition] = [stages[i], stages[i + 1], additions[i]];
    if (added.length > nTold.current && before && after && addition) {
      setSaid(tellOf(addition, added[i], before, after));
    }
    nTold.current = added.length;
  }, [stages, additions, added]);
  return [said, setSaid];
}

function tellOf(addition: Addition, added: Added | undefined, before: Graph, after: Graph): string {
  const more = `${counted(after.entities.size - before.entities.size, 'entity', 'entities')} and ${counted(
    after.statements.size - before.statements.size,
    'statement',
    'statements',
  )} more.`;
  const remark = added?.remark ? ` ${added.remark}` : '';
  switch (addition.type) {
    case 'neighbors':
      return `Neighbors of ${after.entities.get(addition.of)?.name}: ${more}${remark}`;
    case 'links':
      return `What links them: ${more}${remark}`;
    case 'paths':
      return `${counted(added?.ways.length ?? 0, 'path', 'paths')} found: ${more}`;
  }
}
