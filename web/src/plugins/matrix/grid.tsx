import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';

import type { Entity } from '../../answer/graph';
import { useSize } from '../../parts/use-size';
import type { Agreement, Agreements } from './load';
import { DARK, LIGHT, MEANINGS, shadeOf } from './palette';

/** Two organizations, the one of the row first. */
export type Pair = readonly [string, string];

/** A column that is narrower than this has no room for a name, even one that stands upright. */
const COLUMN_PX = 46;
const ROW_HEADER_PX = 240;
/** What the padding and the frame of a header take. */
const MARGIN_PX = 20;

/** Everybody with everybody, as a grid that one walks through with the arrow keys. */
export function Grid({
  organizations,
  agreements,
  selected,
  onSelect,
}: {
  organizations: readonly Entity[];
  agreements: Agreements;
  selected: Pair | null;
  onSelect: (pair: Pair | null) => void;
}) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const { width } = useSize(element);
  const [corner, setCorner] = useState<HTMLElement | null>(null);
  const headers = useSize(corner);
  const table = useRef<HTMLTableElement>(null);
  const [visited, setVisited] = useState({ row: 0, column: 1 });
  const last = organizations.length - 1;
  const tabbed = visited.row > last || visited.column > last ? { row: 0, column: 1 } : visited;
  const hasNames = width - ROW_HEADER_PX >= organizations.length * COLUMN_PX;

  function onKeyDown(event: KeyboardEvent, from: Cell) {
    const to = cellReachedBy(event, from, last);
    if (to) {
      event.preventDefault();
      const cell = table.current?.querySelector<HTMLElement>(`[data-cell="${to.row} ${to.column}"]`);
      // To be focused is not enough: browsers are content with a cell of which a part is in sight.
      cell?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  return (
    // The headers stay where they are, so a cell is in sight only beside and below them.
    <div
      ref={setElement}
      className="matrix-scroll"
      style={{ scrollPadding: `${headers.height + MARGIN_PX}px 4px 4px ${headers.width + MARGIN_PX}px` }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that one walks through is a grid */}
      <table ref={table} className="matrix" role="grid" aria-label="Agreement of organizations">
        <thead>
          <tr>
            <td ref={setCorner} className="matrix-corner">
              alike / shared
            </td>
            {organizations.map(({ id, name }, i) => (
              <th key={id} scope="col" aria-label={name} title={name} data-named={hasNames}>
                {hasNames && <span className="matrix-upright">{name}</span>}
                <span>{i + 1}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {organizations.map((a, row) => (
            <tr key={a.id}>
              <th scope="row">
                {row + 1}. {a.name}
              </th>
              {organizations.map((b, column) => {
                const isSelected = selected?.[0] === a.id && selected[1] === b.id;
                return row === column ? (
                  <td key={b.id} className="matrix-self" />
                ) : (
                  <td key={b.id}>
                    <CellButton
                      name={cellName(a, b, agreements.of(a.id, b.id))}
                      agreement={agreements.of(a.id, b.id)}
                      cell={{ row, column }}
                      isTabbed={tabbed.row === row && tabbed.column === column}
                      isSelected={isSelected}
                      onFocus={() => setVisited({ row, column })}
                      onClick={() => onSelect(isSelected ? null : [a.id, b.id])}
                      onKeyDown={(event) => onKeyDown(event, { row, column })}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellButton({
  name,
  agreement,
  cell,
  isTabbed,
  isSelected,
  ...handlers
}: {
  name: string;
  agreement: Agreement | undefined;
  cell: Cell;
  isTabbed: boolean;
  isSelected: boolean;
  onFocus: () => void;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  return (
    <button
      type="button"
      className="matrix-cell"
      data-cell={`${cell.row} ${cell.column}`}
      data-shade={agreement?.score == null ? undefined : shadeOf(agreement.score)}
      style={agreement?.score == null ? undefined : shadeStyle(shadeOf(agreement.score))}
      tabIndex={isTabbed ? 0 : -1}
      aria-label={name}
      aria-pressed={isSelected}
      title={name}
      {...handlers}
    >
      {cellText(agreement)}
    </button>
  );
}

/** An agreement that is not there yet is not the same as having nothing in common. */
function cellText(agreement: Agreement | undefined): string {
  if (!agreement) {
    return '…';
  }
  return agreement.nShared === 0 ? '–' : `${agreement.nAlike}/${agreement.nShared}`;
}

function cellName(a: Entity, b: Entity, agreement: Agreement | undefined): string {
  const who = `${a.name} and ${b.name}`;
  if (!agreement) {
    return `${who}: not compared yet`;
  }
  if (agreement.nShared === 0) {
    return `${who}: nothing in common${agreement.nNeither > 0 ? ' on which both take a side' : ''}`;
  }
  return `${who}: alike on ${agreement.nAlike} of ${agreement.nShared}`;
}

/** The style sheet takes those of the theme. */
function shadeStyle(shade: number): CSSProperties {
  return {
    '--ground-light': LIGHT[shade]?.ground,
    '--text-light': LIGHT[shade]?.text,
    '--ground-dark': DARK[shade]?.ground,
    '--text-dark': DARK[shade]?.text,
  } as CSSProperties;
}

/** What the colours mean. */
export function Legend() {
  return (
    <ul className="matrix-legend" aria-label="Legend">
      {MEANINGS.map((meaning, shade) => (
        <li key={meaning}>
          <span className="matrix-swatch" style={shadeStyle(shade)} aria-hidden="true" />
          {meaning}
        </li>
      ))}
      <li>
        <span className="matrix-swatch" aria-hidden="true">
          –
        </span>
        nothing in common
      </li>
    </ul>
  );
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell; the diagonal, which holds nothing, is stepped over. */
export function cellReachedBy(
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  { row, column }: Cell,
  last: number,
): Cell | null {
  const steps: Record<string, [number, number]> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  const isWithin = (cell: Cell) => [cell.row, cell.column].every((i) => i >= 0 && i <= last);
  const step = steps[key];
  if (step) {
    const [down, right] = step;
    const next = { row: row + down, column: column + right };
    const reached = next.row === next.column ? { row: next.row + down, column: next.column + right } : next;
    return isWithin(reached) ? reached : null;
  }
  if (key === 'Home') {
    const r = ctrlKey ? 0 : row;
    return { row: r, column: r === 0 ? 1 : 0 };
  }
  if (key === 'End') {
    const r = ctrlKey ? last : row;
    return { row: r, column: r === last ? last - 1 : last };
  }
  return null;
}
