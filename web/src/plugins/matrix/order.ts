import type { Entity } from '../../answer/graph';

/** How the rows and columns are ordered. */
export type Order = 'picked' | 'name' | 'grouped';

/** How alike two organizations are, from 0 to 1; `null` when they have nothing in common. */
export type Score = (a: string, b: string) => number | null;

/** The organizations in an order. Equal ones stay as they come. */
export function ordered(organizations: readonly Entity[], order: Order, score: Score): readonly Entity[] {
  switch (order) {
    case 'picked':
      return organizations;
    case 'name':
      return [...organizations].sort((a, b) => a.name.localeCompare(b.name, 'en'));
    case 'grouped':
      return grouped(organizations, score);
  }
}

/**
 * Those that agree stand together: clusters by average linkage (UPGMA, Sokal and Michener 1958), and of two that are
 * joined, each is turned so that its most alike ends meet (Gruvaeus and Wainer 1972). Having nothing in common is
 * taken for neither alike nor differing. O(n³), for some dozens.
 */
function grouped(organizations: readonly Entity[], score: Score): readonly Entity[] {
  const alike = (a: Entity, b: Entity) => score(a.id, b.id) ?? 0.5;
  let clusters: (readonly Entity[])[] = organizations.map((organization) => [organization]);
  while (clusters.length > 1) {
    let closest = { a: 0, b: 1, linkage: Number.NEGATIVE_INFINITY };
    for (const [a, one] of clusters.entries()) {
      for (const [b, other] of clusters.entries()) {
        const linkage = a < b ? average(one, other, alike) : Number.NEGATIVE_INFINITY;
        if (linkage > closest.linkage) {
          closest = { a, b, linkage };
        }
      }
    }
    const { a, b } = closest;
    const joint = joined(clusters[a] ?? [], clusters[b] ?? [], alike);
    clusters = clusters.flatMap((cluster, i) => (i === a ? [joint] : i === b ? [] : [cluster]));
  }
  return clusters[0] ?? [];
}

type Alike = (a: Entity, b: Entity) => number;

function average(one: readonly Entity[], other: readonly Entity[], alike: Alike): number {
  const sum = one.reduce((total, a) => total + other.reduce((subtotal, b) => subtotal + alike(a, b), 0), 0);
  return sum / (one.length * other.length);
}

function joined(one: readonly Entity[], other: readonly Entity[], alike: Alike): readonly Entity[] {
  const turned = [one, [...one].reverse()].flatMap((left) =>
    [other, [...other].reverse()].map((right) => ({ left, right })),
  );
  const meeting = ({ left, right }: { left: readonly Entity[]; right: readonly Entity[] }) => {
    const [last, first] = [left.at(-1), right[0]];
    return last && first ? alike(last, first) : 0;
  };
  const best = turned.reduce((a, b) => (meeting(b) > meeting(a) ? b : a));
  return [...best.left, ...best.right];
}
