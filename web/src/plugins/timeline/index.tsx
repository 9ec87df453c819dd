import { useEffect, useMemo, useRef } from 'react';
import { boolean, type InferOutput, nullable, object, string } from 'valibot';
import { entityShape } from '../../answer/entity-shape';
import { type Entity, graphOf } from '../../answer/graph';
import { useIdentification } from '../../answer/use-identified';
import { Unread } from '../../parts/answer-panel';
import { EntityPicker } from '../../parts/entity-picker';
import { Empty, Panel, Problem } from '../../parts/panel';
import { Spoken } from '../../parts/spoken';
import { ToldStatement } from '../../parts/told-statement';
import { useLoaded } from '../../parts/use-loaded';
import { usePanelState } from '../../question/panel-state';
import { Chart } from './chart';
import { dayOf } from './dates';
import { type LawPositions, positionsOn } from './load';
import { type Mark, rowsOf } from './rows';
import { PositionsTable } from './table';
import './timeline.css';

/** What a permalink keeps of it. */
const shape = object({
  /** `null`: the first law of the last answer. */
  law: nullable(entityShape),
  withVersions: boolean(),
  /** The day of the stances: `null` for today, until something is shown; empty for whenever they were taken. */
  on: nullable(string()),
  isTable: boolean(),
  /** The key of the mark whose statements are shown. */
  selected: nullable(string()),
});
type TimelineState = InferOutput<typeof shape>;

const INITIAL: TimelineState = { law: null, withVersions: false, on: null, isTable: false, selected: null };

/** A bill of the built-in corpora, with several sides and a substitute. */
const EXAMPLE: Entity = {
  id: 'law/wa-2025-26-sb-6287',
  kind: 'LAW',
  name: 'SB 6287 (Washington, 2025-26): Kratom products',
};

/** Positions on a law over time. */
export default function Timeline() {
  const [state, setState] = usePanelState('timeline', shape, INITIAL);
  const { withVersions, isTable } = state;
  const { identified, problem: unread, retry } = useIdentification();
  const answered = useMemo(() => firstLawIn(identified?.data), [identified]);
  const law = state.law ?? answered;
  const on = state.on ?? dayOf(new Date());

  const lawId = law?.id;
  const load = useMemo(
    () =>
      lawId === undefined
        ? null
        : async (signal: AbortSignal) => ({
            ...(await positionsOn(lawId, { withVersions, on: on === '' ? null : on }, signal)),
            on,
          }),
    [lawId, withVersions, on],
  );
  const { data: loaded, problem, isLoading } = useLoaded(load);
  const change = (changed: Partial<TimelineState>) => setState({ ...state, ...changed });
  const shownOn = loaded?.on;
  useEffect(() => {
    // From now on it is this day, so that a link shows the same on any other.
    if (state.on === null && shownOn !== undefined) {
      setState({ ...state, on: shownOn });
    }
  }, [state, setState, shownOn]);

  return (
    <Panel
      title="Timeline"
      actions={
        loaded && (
          <button type="button" className="panel-button" onClick={() => change({ isTable: !isTable })}>
            {isTable ? 'Show as picture' : 'Show as table'}
          </button>
        )
      }
    >
      <div className="panel-controls">
        <EntityPicker
          label="Law"
          kinds={LAWS}
          value={law}
          onChange={(picked) => change({ law: picked, selected: null })}
        />
        <label>
          Stance on
          <input type="date" value={on} onChange={({ target }) => change({ on: target.value })} />
        </label>
        <label className="timeline-checkbox">
          <input
            type="checkbox"
            checked={withVersions}
            onChange={({ target }) => change({ withVersions: target.checked })}
          />
          With its versions
        </label>
        {state.law && answered && answered.id !== state.law.id && (
          <button type="button" className="panel-button" onClick={() => change({ law: null, selected: null })}>
            Take the law of the last answer
          </button>
        )}
      </div>
      {problem && <Problem>{problem}</Problem>}
      {unread !== null && state.law === null && <Unread problem={unread} retry={retry} />}
      {!law && <Invitation onExample={() => change({ law: EXAMPLE, withVersions: true, selected: null })} />}
      {isLoading && !loaded && <Empty>Loading positions …</Empty>}
      {loaded && loaded.nLeftOut > 0 && (
        <p className="timeline-caption">
          Shown are {loaded.laws.length} versions; there {loaded.nLeftOut === 1 ? 'is' : 'are'} at least{' '}
          {loaded.nLeftOut} more. Pick one of those as the law to see what is near it.
        </p>
      )}
      {loaded && (
        <Positions
          laws={loaded.laws}
          isTable={isTable}
          isLoading={isLoading}
          stanceHeading={loaded.on === '' ? 'Stance, whenever taken' : `Stance on ${loaded.on}`}
          selected={state.selected}
          onSelect={(selected) => change({ selected })}
        />
      )}
    </Panel>
  );
}

const LAWS = ['LAW'] as const;

function Invitation({ onExample }: { onExample: () => void }) {
  return (
    <>
      <Empty>
        This panel shows who stood where on a law, and when. Pick a law, run a question whose answer tells of one, or
        take an example.
      </Empty>
      <button type="button" className="panel-button" onClick={onExample}>
        Show SB 6287 of Washington
      </button>
    </>
  );
}

function Positions({
  laws,
  isTable,
  isLoading,
  stanceHeading,
  selected,
  onSelect,
}: {
  laws: readonly LawPositions[];
  isTable: boolean;
  isLoading: boolean;
  stanceHeading: string;
  selected: string | null;
  onSelect: (key: string | null) => void;
}) {
  const mark = useMemo(() => markWith(selected, laws), [selected, laws]);
  const container = useRef<HTMLDivElement>(null);
  const close = () => {
    // To the mark that opened it, which is the one that is pressed.
    container.current?.querySelector<HTMLElement | SVGElement>('[aria-pressed="true"]')?.focus();
    onSelect(null);
  };
  return (
    <div ref={container} className="timeline" aria-busy={isLoading}>
      {isTable ? (
        <PositionsTable laws={laws} stanceHeading={stanceHeading} selected={selected} onSelect={onSelect} />
      ) : (
        <Chart laws={laws} stanceHeading={stanceHeading} selected={selected} onSelect={onSelect} />
      )}
      <Spoken>
        {mark && `${mark.statements.length} ${mark.statements.length === 1 ? 'statement' : 'statements'} shown below.`}
      </Spoken>
      {mark && <Details mark={mark} onClose={close} />}
    </div>
  );
}

/** The statements of a mark, with what they cite. */
function Details({ mark, onClose }: { mark: Mark; onClose: () => void }) {
  const section = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mark is another reason to come into sight
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [mark.key]);
  return (
    <section ref={section} className="timeline-details" aria-label="What was said">
      <header>
        <h3>{mark.name}</h3>
        <button type="button" className="panel-button" onClick={onClose}>
          Close
        </button>
      </header>
      {mark.statements.map((statement) => (
        <ToldStatement key={statement.id} statement={statement} />
      ))}
    </section>
  );
}

function firstLawIn(data: unknown): Entity | null {
  return [...graphOf(data).entities.values()].find(({ kind }) => kind === 'LAW') ?? null;
}

function markWith(key: string | null, laws: readonly LawPositions[]): Mark | null {
  const marks = laws.flatMap(rowsOf).flatMap(({ undated, dated }) => [undated, ...dated]);
  return marks.find((mark) => mark?.key === key) ?? null;
}
