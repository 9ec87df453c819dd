import type { Sign as SignOf } from './layout';
import { SIGN } from './layout';

const LOOKS = {
  SUPPORTS: { letter: 'S', y: 4, outline: `M0 ${-SIGN} L${SIGN} ${SIGN} H${-SIGN} Z` },
  OPPOSES: { letter: 'O', y: -1, outline: `M0 ${SIGN} L${-SIGN} ${-SIGN} H${SIGN} Z` },
  NEUTRAL_ON: { letter: 'N', y: 1, outline: `M0 ${-SIGN - 1} L${SIGN} 0 L0 ${SIGN + 1} L${-SIGN} 0 Z` },
} as const;

/** A stance as a shape with its first letter in it: it is filled only when the organization itself is known to say so. */
export function Sign({ stance, isOwn, x = 0, y = 0 }: SignOf & { x?: number; y?: number }) {
  const { letter, outline, y: letterY } = LOOKS[stance];
  return (
    <g transform={`translate(${x} ${y})`} className="timeline-sign" data-stance={stance} data-own={isOwn}>
      <path d={outline} />
      <text y={letterY}>{letter}</text>
    </g>
  );
}

const MEANINGS = [
  { stance: 'SUPPORTS', isOwn: true, meaning: 'supports' },
  { stance: 'OPPOSES', isOwn: true, meaning: 'opposes' },
  { stance: 'NEUTRAL_ON', isOwn: true, meaning: 'neutral' },
  { stance: 'SUPPORTS', isOwn: false, meaning: 'hollow: inferred, or a member’s word' },
] as const;

/** What the signs and lines of the picture mean. */
export function Legend({ hasHeld }: { hasHeld: boolean }) {
  return (
    <ul className="timeline-legend" aria-label="Legend">
      {MEANINGS.map(({ meaning, ...sign }) => (
        <li key={meaning}>
          <svg width={2 * SIGN + 4} height={2 * SIGN + 4} aria-hidden="true">
            <Sign {...sign} x={SIGN + 2} y={SIGN + 2} />
          </svg>
          {meaning}
        </li>
      ))}
      <li>
        <svg width="34" height={2 * SIGN + 4} aria-hidden="true">
          <rect className="timeline-period" x="1" y="2" width="32" height={2 * SIGN} />
        </svg>
        some day of this month or year
      </li>
      <li>
        <svg width="8" height={2 * SIGN + 4} aria-hidden="true">
          <line className="timeline-event-line" data-latest="true" x1="4" x2="4" y1="0" y2={2 * SIGN + 4} />
        </svg>
        happened by then, or before
      </li>
      {hasHeld && (
        <li>
          <svg width="44" height={2 * SIGN + 4} aria-hidden="true">
            <g className="timeline-held">
              <line x1="2" x2="24" y1={SIGN + 2} y2={SIGN + 2} />
              <line x1="24" x2="44" y1={SIGN + 2} y2={SIGN + 2} data-open="true" />
              <line x1="2" x2="2" y1="2" y2={2 * SIGN + 2} />
            </g>
          </svg>
          while it held; dashed: for how long is not told
        </li>
      )}
    </ul>
  );
}
