/** Something that has a place in a row. */
interface Placed {
  readonly key: string;
  readonly x: number;
}

/**
 * Where an arrow key leads from a mark: along its row, to the nearest mark of the next row that has one, or with Home
 * and End to the first and last of all. `null` when the key leads nowhere.
 */
export function reachedBy(key: string, from: string, rows: readonly (readonly Placed[])[]): string | null {
  const filled = rows.filter((row) => row.length > 0);
  const r = filled.findIndex((row) => row.some((mark) => mark.key === from));
  const row = filled[r];
  const i = row?.findIndex((mark) => mark.key === from) ?? -1;
  const mark = row?.[i];
  if (!row || !mark) {
    return null;
  }
  switch (key) {
    case 'ArrowLeft':
      return row[i - 1]?.key ?? null;
    case 'ArrowRight':
      return row[i + 1]?.key ?? null;
    case 'ArrowUp':
      return nearest(filled[r - 1], mark.x);
    case 'ArrowDown':
      return nearest(filled[r + 1], mark.x);
    case 'Home':
      return filled[0]?.[0]?.key ?? null;
    case 'End':
      return filled.at(-1)?.at(-1)?.key ?? null;
    default:
      return null;
  }
}

function nearest(row: readonly Placed[] | undefined, x: number): string | null {
  const [closest] = [...(row ?? [])].sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
  return closest?.key ?? null;
}
