import type { EntityKind } from '../../graphql.generated';
import type { Attitude } from './elements';
import { LINES } from './looks';

/** The shapes of the canvas, for text beside it. */
const OUTLINES: Readonly<Record<EntityKind, string>> = {
  ORGANIZATION: 'M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1z',
  LAW: 'M3 1h10q2 0 2 2v10q0 2-2 2H3q-2 0-2-2V3q0-2 2-2z',
  CLAIM: 'M8 0l8 8-8 8-8-8z',
  STUDY: 'M4 1h8l4 7-4 7H4L0 8z',
  JURISDICTION: 'M8 1l8 14H0z',
  TOPIC: 'M0 1h11l5 7-5 7H0z',
};

export function KindSymbol({ kind }: { kind: EntityKind }) {
  return (
    <svg className="picture-symbol" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={OUTLINES[kind]} style={{ fill: `var(--picture-${kind.toLowerCase()})` }} />
    </svg>
  );
}

const DASHES = { solid: undefined, dashed: '6 3', dotted: '1.5 3' } as const;

const HEADS: Readonly<Record<string, string>> = {
  triangle: 'M36 1l10 5-10 5z',
  tee: 'M43 0h3v12h-3z',
  circle: 'M41 2a4 4 0 1 1 0 8 4 4 0 1 1 0-8z',
  vee: 'M36 1l10 5-10 5 3.5-5z',
};

const COLORS: Readonly<Record<Attitude, string>> = {
  for: 'var(--grounds-supported)',
  against: 'var(--grounds-opposed)',
  neither: 'var(--grounds-muted)',
  none: 'var(--grounds-undecided)',
};

export function ArrowSymbol({ attitude, isInferred = false }: { attitude: Attitude; isInferred?: boolean }) {
  const { line, head } = LINES[attitude];
  return (
    <svg
      className="picture-symbol"
      viewBox="0 0 46 12"
      width="46"
      height="12"
      aria-hidden="true"
      style={{ color: COLORS[attitude] }}
    >
      <path
        d={isInferred ? 'M8 6h30' : 'M0 6h38'}
        stroke="currentColor"
        strokeWidth={attitude === 'none' ? 1.5 : 2.5}
        strokeDasharray={DASHES[line]}
      />
      {isInferred && <circle cx="4" cy="6" r="3" fill="none" stroke="currentColor" strokeWidth="1.5" />}
      <path d={HEADS[head]} fill="currentColor" />
    </svg>
  );
}
