import { type KeyboardEvent, useMemo, useRef, useState } from 'react';

import { useSize } from '../../parts/use-size';
import { GroupHeading } from './group-heading';
import {
  type Layout,
  LINE_HEIGHT,
  layoutOf,
  type PlacedEvent,
  type PlacedGroup,
  type PlacedMark,
  type PlacedRow,
  SIGN,
} from './layout';
import type { LawPositions } from './load';
import { Legend, Sign } from './sign';
import { useTextMeasure } from './use-text-measure';

import { reachedBy } from './walk';

const AXIS_HEIGHT = 42;

/** The picture: an axis that stays in sight, and below it the versions of the law with their rows. */
export function Chart({
  laws,
  stanceHeading,
  selected,
  onSelect,
}: {
  laws: readonly LawPositions[];
  /** What the last column tells. */
  stanceHeading: string;
  /** The key of the mark whose statements are shown. */
  selected: string | null;
  onSelect: (key: string | null) => void;
}) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const { width } = useSize(element);
  const measure = useTextMeasure(element);
  const layout = useMemo(() => (width > 0 ? layoutOf(laws, width, measure) : null), [laws, width, measure]);
  return (
    <>
      <Legend
        hasHeld={laws.some(({ positions }) => positions.some(({ from, until }) => from !== null || until !== null))}
      />
      {layout?.isNarrow && <p className="timeline-caption">{stanceHeading} is told below each name.</p>}
      <div ref={setElement} className="timeline-scroll">
        {layout && <Drawn layout={layout} stanceHeading={stanceHeading} selected={selected} onSelect={onSelect} />}
      </div>
    </>
  );
}

function Drawn({
  layout,
  stanceHeading,
  selected,
  onSelect,
}: {
  layout: Layout;
  stanceHeading: string;
  selected: string | null;
  onSelect: (key: string | null) => void;
}) {
  const [visited, setVisited] = useState<string | null>(null);
  const marks = useRef(new Map<string, SVGGElement>());
  const rows = layout.groups.flatMap((group) =>
    group.rows.map((row) => row.marks.map(({ mark, x }) => ({ key: mark.key, x }))),
  );
  const keys = rows.flat().map(({ key }) => key);
  // One mark is in the order of Tab: the one that was visited last, else the one that is open, else the first.
  const tabbed = [visited, selected].find((key) => key !== null && keys.includes(key)) ?? keys[0] ?? null;

  function onKeyDown(event: KeyboardEvent, key: string) {
    const next = reachedBy(event.key, key, rows);
    if (next !== null) {
      marks.current.get(next)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      onSelect(key === selected ? null : key);
    } else if (event.key === 'Escape') {
      onSelect(null);
    }
    if (next !== null || ['Enter', ' '].includes(event.key) || event.key.startsWith('Arrow')) {
      event.preventDefault();
    }
  }

  const markOf = (placed: PlacedMark) => (
    <MarkButton
      key={placed.mark.key}
      placed={placed}
      isSelected={placed.mark.key === selected}
      isTabbed={placed.mark.key === tabbed}
      reference={(element) => {
        if (element) {
          marks.current.set(placed.mark.key, element);
        } else {
          marks.current.delete(placed.mark.key);
        }
      }}
      onFocus={() => setVisited(placed.mark.key)}
      onClick={() => onSelect(placed.mark.key === selected ? null : placed.mark.key)}
      onKeyDown={(event) => onKeyDown(event, placed.mark.key)}
    />
  );

  return (
    <>
      <Axis layout={layout} stanceHeading={stanceHeading} />
      {layout.groups.map((group) => (
        <section
          key={group.of.law.id}
          aria-label={`Positions on ${group.of.law.name}: ${group.rows.length} organizations`}
        >
          <GroupHeading of={group.of} />
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: the section is named, and so is each mark; a title would pop up everywhere */}
          <svg className="timeline-group" width={layout.width} height={group.height}>
            <Grid layout={layout} group={group} />
            {group.rows.map((placed) => (
              <g key={placed.row.organization.id} transform={`translate(0 ${placed.y})`}>
                <RowText placed={placed} layout={layout} />
                {placed.marks.map(markOf)}
              </g>
            ))}
          </svg>
        </section>
      ))}
    </>
  );
}

function Axis({ layout: { width, columns, ticks }, stanceHeading }: { layout: Layout; stanceHeading: string }) {
  const stanceWords = stanceHeading.split(' ');
  return (
    <svg className="timeline-axis" width={width} height={AXIS_HEIGHT} aria-hidden="true">
      {columns.undated && (
        <text x={(columns.undated.start + columns.undated.end) / 2} y={AXIS_HEIGHT - 12} textAnchor="middle">
          undated
        </text>
      )}
      {ticks.map(({ x, label }) => (
        <g key={label} transform={`translate(${x} ${AXIS_HEIGHT})`}>
          <line y1={-6} />
          <text y={-12} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      {columns.stance && (
        <text y={AXIS_HEIGHT - 12 - LINE_HEIGHT}>
          <tspan x={columns.stance.start}>{stanceWords.slice(0, -1).join(' ')}</tspan>
          <tspan x={columns.stance.start} dy={LINE_HEIGHT}>
            {stanceWords.at(-1)}
          </tspan>
        </text>
      )}
      <line x1={0} x2={width} y1={AXIS_HEIGHT - 0.5} y2={AXIS_HEIGHT - 0.5} />
    </svg>
  );
}

/** All that stands behind the marks. */
function Grid({ layout, group }: { layout: Layout; group: PlacedGroup }) {
  const { columns, ticks, width } = layout;
  const top = group.rows[0]?.y ?? group.height;
  return (
    <>
      {columns.undated && (
        <rect
          className="timeline-undated"
          x={columns.undated.start}
          width={columns.undated.end - columns.undated.start}
          y={top}
          height={group.height - top}
        />
      )}
      {ticks.map(({ x, label }) => (
        <line key={label} className="timeline-tick" x1={x} x2={x} y1={top} y2={group.height} />
      ))}
      {group.rows.map(({ y, height, row }) => (
        <line key={row.organization.id} className="timeline-rule" x2={width} y1={y + height} y2={y + height} />
      ))}
      {group.events.map((event) => (
        <EventLine key={`${event.label} ${event.labelY}`} event={event} height={group.height} />
      ))}
      {group.events.map(({ label, labelX, labelY }) => (
        <text key={`${label} ${labelY}`} className="timeline-event-label" x={labelX} y={labelY - 4}>
          {label}
        </text>
      ))}
    </>
  );
}

function EventLine({ event: { x, period, isLatest, labelY }, height }: { event: PlacedEvent; height: number }) {
  const y = labelY - LINE_HEIGHT + 3;
  // A month or a year has no moment at which a line could stand.
  return period ? (
    <rect
      className="timeline-event-period"
      x={period.start}
      width={Math.max(2, period.end - period.start)}
      y={y}
      height={height - y}
    />
  ) : (
    <line className="timeline-event-line" data-latest={isLatest} x1={x} x2={x} y1={y} y2={height} />
  );
}

function RowText({ placed, layout }: { placed: PlacedRow; layout: Layout }) {
  const { row, nameLines, stanceLines, textY, stanceY } = placed;
  const lines = (texts: readonly string[], x: number, y: number) =>
    texts.map((text, i) => {
      const baseline = y + (i + 0.75) * LINE_HEIGHT;
      return (
        <tspan key={baseline} x={x} y={baseline}>
          {/* The space parts the words where lines are read as one. */}
          {`${text} `}
        </tspan>
      );
    });
  return (
    <>
      <text className="timeline-name">
        <title>{row.organization.name}</title>
        {lines(nameLines, 0, textY)}
      </text>
      <text className="timeline-stance">{lines(stanceLines, layout.columns.stance?.start ?? 0, stanceY)}</text>
    </>
  );
}

function MarkButton({
  placed: { mark, signs, x, y, width, period, held },
  isSelected,
  isTabbed,
  reference,
  ...handlers
}: {
  placed: PlacedMark;
  isSelected: boolean;
  isTabbed: boolean;
  reference: (element: SVGGElement | null) => void;
  onFocus: () => void;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const half = SIGN + 4;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG has no button of its own
    <g
      ref={reference}
      className="timeline-mark"
      role="button"
      tabIndex={isTabbed ? 0 : -1}
      aria-label={mark.name}
      aria-pressed={isSelected}
      {...handlers}
    >
      <title>{mark.name}</title>
      {held && (
        <g className="timeline-held" data-stance={signs.length === 1 ? signs[0]?.stance : undefined}>
          {held.sure && <line x1={held.sure.start} x2={held.sure.end} y1={y} y2={y} />}
          {held.open.map(({ start, end }) => (
            <line key={start} x1={start} x2={end} y1={y} y2={y} data-open={true} />
          ))}
          {held.ends.map((end) => (
            <line key={end} x1={end} x2={end} y1={y - half} y2={y + half} />
          ))}
        </g>
      )}
      {[...(period ? [period] : []), ...(held?.periods ?? [])].map(({ start, end }, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: it may begin and end in the same year
          key={i}
          className="timeline-period"
          data-stance={signs.length === 1 ? signs[0]?.stance : undefined}
          x={start}
          width={Math.max(2, end - start)}
          y={y - half}
          height={2 * half}
        />
      ))}
      <rect className="timeline-hit" x={x - width / 2 - 4} y={y - half} width={width + 8} height={2 * half} rx={4} />
      {signs.map((sign, i) => (
        <Sign key={`${sign.stance} ${sign.isOwn}`} {...sign} x={x - width / 2 + SIGN + i * (2 * SIGN + 2)} y={y} />
      ))}
    </g>
  );
}
