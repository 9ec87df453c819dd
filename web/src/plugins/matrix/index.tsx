import { useMemo, useRef, useState } from 'react';
import { array, type InferOutput, maxLength, nullable, object, picklist, pipe, readonly, string, tuple } from 'valibot';
import { entityShape } from '../../answer/entity-shape';
import { type Entity, graphOf } from '../../answer/graph';
import { type Identified, useIdentification } from '../../answer/use-identified';
import { Unread } from '../../parts/answer-panel';
import { EntityPicker } from '../../parts/entity-picker';
import { Empty, Panel, Problem } from '../../parts/panel';
import { Spoken } from '../../parts/spoken';
import { useLoaded } from '../../parts/use-loaded';
import { usePanelState } from '../../question/panel-state';
import { Details } from './details';
import { Grid, Legend, type Pair } from './grid';
import { type Agreements, agreementsOf, choiceText, mostSharing, ORGANIZATIONS_MAX } from './load';
import './matrix.css';
import { type Order, ordered } from './order';

/** What a permalink keeps of it. */
const shape = object({
  /** `null`: those of the last answer. */
  organizations: nullable(pipe(array(entityShape), maxLength(ORGANIZATIONS_MAX), readonly())),
  /** The day up to which it is told; empty for whenever. */
  on: string(),
  order: picklist(['picked', 'name', 'grouped'] satisfies Order[]),
  selected: nullable(pipe(tuple([string(), string()]), readonly())),
});
type MatrixState = InferOutput<typeof shape>;

const INITIAL: MatrixState = { organizations: null, on: '', order: 'picked', selected: null };

/** Organizations of the built-in corpora that have much to agree and to differ on. */
const EXAMPLE: readonly Entity[] = [
  ['american-kratom-association', 'American Kratom Association'],
  ['us-food-and-drug-administration', 'U.S. Food and Drug Administration'],
  ['health-canada', 'Health Canada'],
  ['botanical-education-alliance', 'Botanical Education Alliance'],
  ['canadian-kratom-association', 'Canadian Kratom Association'],
  ['global-kratom-coalition', 'Global Kratom Coalition'],
].map(([slug, name = '']) => ({ id: `organization/${slug}`, kind: 'ORGANIZATION', name }));

/** Who agrees with whom. */
export default function Matrix() {
  const [state, setState] = usePanelState('matrix', shape, INITIAL);
  const { on } = state;
  const { identified, problem: unread, retry } = useIdentification();
  const preset = usePreset(identified, state.organizations === null);
  const organizations = state.organizations ?? preset.data?.organizations ?? NOBODY;
  const chosen = state.organizations === null && preset.data ? choiceText(preset.data) : null;
  const change = (changed: Partial<MatrixState>) => setState({ ...state, ...changed });

  const ids = organizations.map(({ id }) => id).join(' ');
  const load = useMemo(
    () =>
      ids.includes(' ')
        ? async (signal: AbortSignal) => ({
            agreements: await agreementsOf(ids.split(' '), on === '' ? null : on, signal),
            on,
          })
        : null,
    [ids, on],
  );
  const { data: loaded, problem, isLoading } = useLoaded(load);
  const isKnown = (id: string) => organizations.some((organization) => organization.id === id);

  return (
    <Panel title="Matrix">
      <div className="panel-controls">
        {organizations.length < ORGANIZATIONS_MAX ? (
          <EntityPicker
            label="Add an organization"
            kinds={ORGANIZATIONS}
            value={null}
            onChange={(picked) =>
              picked && !isKnown(picked.id) && change({ organizations: [...organizations, picked] })
            }
          />
        ) : (
          <p>No more than {ORGANIZATIONS_MAX} organizations are compared at once.</p>
        )}
        <label>
          As of
          <input type="date" value={on} onChange={({ target }) => change({ on: target.value })} />
        </label>
        <label>
          Order
          <select value={state.order} onChange={({ target }) => change({ order: target.value as Order })}>
            <option value="picked">as picked</option>
            <option value="name">by name</option>
            <option value="grouped">by agreement</option>
          </select>
        </label>
      </div>
      <Chips
        organizations={organizations}
        onRemove={(removed) =>
          change({ organizations: organizations.filter(({ id }) => id !== removed.id), selected: null })
        }
        onRemoveAll={() => change({ organizations: [], selected: null })}
      />
      {chosen && <p className="matrix-choice">{chosen}</p>}
      {state.organizations !== null && identified && (
        <p className="matrix-return">
          <button
            type="button"
            className="panel-button"
            onClick={() => change({ organizations: null, selected: null })}
          >
            Take those of the last answer
          </button>
        </p>
      )}
      {(problem ?? preset.problem) && <Problem>{problem ?? preset.problem}</Problem>}
      {unread !== null && state.organizations === null && <Unread problem={unread} retry={retry} />}
      {organizations.length < 2 && !preset.isLoading && (
        <Invitation n={organizations.length} onExample={() => change({ organizations: EXAMPLE, selected: null })} />
      )}
      {(preset.isLoading || isLoading) && !loaded && <Empty>Comparing …</Empty>}
      {loaded && organizations.length > 1 && (
        <Compared
          organizations={organizations}
          {...loaded}
          isLoading={isLoading}
          state={state}
          onSelect={(selected) => change({ selected })}
        />
      )}
    </Panel>
  );
}

const ORGANIZATIONS = ['ORGANIZATION'] as const;
const NOBODY: readonly Entity[] = [];

/** The organizations of the last answer, while it is them that are wanted. */
function usePreset(identified: Identified | null, isWanted: boolean) {
  const load = useMemo(() => {
    const found = [...graphOf(identified?.data).entities.values()].filter(({ kind }) => kind === 'ORGANIZATION');
    return isWanted && found.length > 0 ? (signal: AbortSignal) => mostSharing(found, signal) : null;
  }, [identified, isWanted]);
  return useLoaded(load);
}

function Chips({
  organizations,
  onRemove,
  onRemoveAll,
}: {
  organizations: readonly Entity[];
  onRemove: (organization: Entity) => void;
  onRemoveAll: () => void;
}) {
  if (organizations.length === 0) {
    return null;
  }
  return (
    <details className="matrix-chosen" open={organizations.length < 4}>
      <summary>
        {organizations.length} {organizations.length === 1 ? 'organization' : 'organizations'}
      </summary>
      <ul className="matrix-chips" aria-label="Organizations">
        {organizations.map((organization) => (
          <li key={organization.id}>
            {organization.name}
            <button type="button" aria-label={`Remove ${organization.name}`} onClick={() => onRemove(organization)}>
              ×
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="panel-button" onClick={onRemoveAll}>
        Remove all
      </button>
    </details>
  );
}

function Invitation({ n, onExample }: { n: number; onExample: () => void }) {
  return (
    <>
      <Empty>
        {n === 1
          ? 'Add another organization to compare it with.'
          : 'This panel shows who agrees with whom. Add organizations, run a question whose answer tells of some, or take an example.'}
      </Empty>
      <button type="button" className="panel-button" onClick={onExample}>
        Compare six voices on kratom
      </button>
    </>
  );
}

function Compared({
  organizations,
  agreements,
  on,
  isLoading,
  state: { order, selected },
  onSelect,
}: {
  organizations: readonly Entity[];
  agreements: Agreements;
  /** The day of the agreements, which may not be that of the controls yet. */
  on: string;
  isLoading: boolean;
  state: MatrixState;
  onSelect: (selected: Pair | null) => void;
}) {
  const rows = useMemo(
    () => ordered(organizations, order, (a, b) => agreements.of(a, b)?.score ?? null),
    [organizations, order, agreements],
  );
  const [a, b] = (selected ?? []).map((id) => organizations.find((organization) => organization.id === id));
  const container = useRef<HTMLDivElement>(null);
  // Which details are there, and on how many matters.
  const [shown, setShown] = useState<{ key: string; nMatters: number } | null>(null);
  const key = a && b ? `${a.id} ${b.id} ${on}` : null;
  const close = () => {
    // To the cell that opened it, which is the one that is pressed.
    container.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    onSelect(null);
  };
  return (
    <div ref={container} aria-busy={isLoading}>
      <Legend />
      <Grid organizations={rows} agreements={agreements} selected={selected} onSelect={onSelect} />
      <Spoken>
        {key !== null &&
          shown?.key === key &&
          `What both said on ${shown.nMatters} ${shown.nMatters === 1 ? 'matter' : 'matters'} is shown below.`}
      </Spoken>
      {a && b && key !== null && (
        <Details key={key} a={a} b={b} on={on} onShown={(nMatters) => setShown({ key, nMatters })} onClose={close} />
      )}
    </div>
  );
}
