import { useEffect, useMemo, useRef } from 'react';

import type { Entity } from '../../answer/graph';
import { Empty, Problem } from '../../parts/panel';
import { ToldStatement } from '../../parts/told-statement';
import { useLoaded } from '../../parts/use-loaded';
import { agreementOf, type Shared } from './load';

/** What two organizations both spoke on, and what each said of it. */
export function Details({
  a,
  b,
  on,
  onShown,
  onClose,
}: {
  a: Entity;
  b: Entity;
  on: string;
  /** Called when it is there, with the number of matters. */
  onShown: (nMatters: number) => void;
  onClose: () => void;
}) {
  const section = useRef<HTMLElement>(null);
  const load = useMemo(
    () => (signal: AbortSignal) => agreementOf(a.id, b.id, on === '' ? null : on, signal),
    [a.id, b.id, on],
  );
  const { data: agreement, problem, isLoading } = useLoaded(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is another reason to come into sight
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
    if (agreement) {
      onShown(agreement.nAlike + agreement.nDiffering + agreement.nNeither);
    }
  }, [agreement]);
  return (
    <section ref={section} className="matrix-details" aria-label="What both spoke on" aria-busy={isLoading}>
      <header>
        <h3>
          {a.name} and {b.name}
        </h3>
        <button type="button" className="panel-button" onClick={onClose}>
          Close
        </button>
      </header>
      {problem && <Problem>{problem}</Problem>}
      {isLoading && !agreement && <Empty>Loading what both said …</Empty>}
      {agreement && (
        <>
          {agreement.nAlike + agreement.nDiffering === 0 && (
            <Empty>There is no matter on which both take a side{on === '' ? '' : ` by ${on}`}.</Empty>
          )}
          <Matters heading="They differ on" n={agreement.nDiffering} matters={agreement.differing} between={[a, b]} />
          <Matters heading="They are alike on" n={agreement.nAlike} matters={agreement.alike} between={[a, b]} />
          <Matters
            heading="Both spoke, without both taking a side, on"
            n={agreement.nNeither}
            matters={agreement.neither}
            between={[a, b]}
          />
        </>
      )}
    </section>
  );
}

function Matters({
  heading,
  n,
  matters,
  between: [a, b],
}: {
  heading: string;
  n: number;
  matters: readonly Shared[];
  between: readonly [Entity, Entity];
}) {
  if (n === 0) {
    return null;
  }
  return (
    <>
      <h4>
        {heading} {n} {n === 1 ? 'matter' : 'matters'}
      </h4>
      {matters.map((matter) => (
        <details key={`${matter.about.id} ${matter.aspect?.id}`} className="matrix-matter">
          <summary>
            <strong>{matter.about.name}</strong>
            {matter.aspect && ` (as to ${matter.aspect.name})`}
            <span className="matrix-stances">
              {a.name} {stood(matter, matter.a.stance)}; {b.name} {stood(matter, matter.b.stance)}
            </span>
          </summary>
          {[...matter.a.why.statements, ...matter.b.why.statements].map((statement) => (
            <ToldStatement key={statement.id} statement={statement} />
          ))}
        </details>
      ))}
      {matters.length < n && <p>Shown are the first {matters.length}.</p>}
    </>
  );
}

const VERBS = {
  SUPPORT: 'supports it',
  OPPOSE: 'opposes it',
  NEUTRAL: 'is neutral',
  MIXED: 'is on both sides',
} as const;
const VERBS_OF_CLAIM = { ...VERBS, SUPPORT: 'asserts it', OPPOSE: 'disputes it' } as const;

/** One supports a law or a cause, but asserts a claim. */
function stood({ about }: Shared, stance: Shared['a']['stance']): string {
  return about.kind === 'CLAIM' ? VERBS_OF_CLAIM[stance] : VERBS[stance];
}
