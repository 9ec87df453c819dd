import { type ReactNode, useId } from 'react';

import type { Entity } from '../../answer/graph';
import { EntityPicker } from '../../parts/entity-picker';
import { words } from '../../words';
import type { Entry } from './entry';
import { KIND_NAMES } from './kind-names';
import { remember, useDocuments, useEntities } from './names';
import type { Choice, Control, Variable } from './variables';

/** More choices than these are folded away behind those that are chosen. */
const N_CHOICES_SHOWN = 8;

/** A help that is longer is folded away but for its beginning. */
const N_LETTERS_SHOWN = 120;

/** The control of one variable, with what it is and what is wrong with what stands in it. */
export function Field({
  variable,
  entry,
  problem,
  onChange,
}: {
  variable: Variable;
  entry: Entry;
  problem: string | null;
  onChange: (entry: Entry) => void;
}) {
  const id = useId();
  const [gist, more] = parted(variable.help);
  return (
    <div className="question-field" data-variable={variable.name}>
      {/* Above, where no list of suggestions covers it. */}
      <p className="question-problem" id={`${id}-problem`} role={problem ? 'alert' : undefined}>
        {problem}
      </p>
      <ControlOf
        variable={variable}
        entry={entry}
        onChange={onChange}
        isInvalid={problem !== null}
        describedBy={`${id}-problem ${id}-help`}
      />
      <div className="question-help" id={`${id}-help`}>
        {gist && <p>{gist}</p>}
      </div>
      {more && (
        <details className="question-help">
          <summary>More on “{variable.label}”</summary>
          <p>{more}</p>
        </details>
      )}
    </div>
  );
}

/** A long help as its first sentence, or the first part of it, and the rest. */
function parted(help: string): [string, string] {
  if (help.length <= N_LETTERS_SHOWN) {
    return [help, ''];
  }
  const [, gist, more] = /^(.+?[.;])\s+(.+)$/.exec(help) ?? [];
  return gist && more ? [gist.replace(/;$/, '.'), more.slice(0, 1).toUpperCase() + more.slice(1)] : [help, ''];
}

interface ControlProps<Value extends Entry> {
  label: string;
  entry: Value;
  onChange: (entry: Value) => void;
  isInvalid: boolean;
  describedBy: string;
}

function ControlOf({
  variable: { control, label, isRequired },
  entry,
  ...rest
}: { variable: Variable } & Omit<ControlProps<Entry>, 'label'>) {
  const text = { ...rest, label, entry: String(entry) };
  switch (control.is) {
    case 'entity':
      return <OneEntity {...text} {...control} />;
    case 'entities':
      return <Entities {...rest} label={label} entry={listOf(entry)} kinds={control.kinds} />;
    case 'document':
      return <OneDocument {...text} by={control.by} isRequired={isRequired} />;
    case 'choice':
      return <OneChoice {...text} choices={control.choices} isRequired={isRequired} />;
    case 'choices':
      return <Choices {...rest} label={label} entry={listOf(entry)} choices={control.choices} />;
    case 'yes or no':
      return <YesOrNo {...rest} label={label} entry={entry === true} />;
    case 'number':
      return <Text {...text} inputMode="numeric" placeholder={isRequired ? '' : 'As many as usual'} />;
    case 'date':
      return <Text {...text} inputMode="text" placeholder="2026, 2026-01 or 2026-01-27" />;
    case 'text':
      return <Text {...text} inputMode="search" placeholder="" />;
  }
}

function listOf(entry: Entry): readonly string[] {
  return typeof entry === 'object' ? entry : [];
}

function Text({
  label,
  entry,
  onChange,
  isInvalid,
  describedBy,
  ...input
}: ControlProps<string> & { inputMode: 'numeric' | 'search' | 'text'; placeholder: string }) {
  return (
    <Labelled label={label}>
      <input
        {...input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={entry}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        onChange={({ target }) => onChange(target.value)}
      />
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label>
      <span>{label}</span>
      {children}
    </label>
  );
}

function YesOrNo({ label, entry, onChange, describedBy }: ControlProps<boolean>) {
  return (
    <label className="question-check">
      <input
        type="checkbox"
        checked={entry}
        aria-describedby={describedBy}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

function OneEntity({ entry, onChange, kinds, by, ...rest }: ControlProps<string> & Extract<Control, { is: 'entity' }>) {
  // Where a slug is wanted, it is of one kind.
  const prefix = by === 'slug' ? `${kinds[0]?.toLowerCase()}/` : '';
  const id = prefix + entry;
  const entities = useEntities(entry === '' ? [] : [id]);
  return (
    <EntityPicker
      label={rest.label}
      describedBy={rest.describedBy}
      isInvalid={rest.isInvalid}
      kinds={kinds}
      value={(entry !== '' && entities.get(id)) || null}
      onChange={(picked) => {
        if (picked) {
          remember(picked);
        }
        onChange(picked ? picked.id.slice(prefix.length) : '');
      }}
    />
  );
}

function Entities({
  label,
  entry,
  onChange,
  isInvalid,
  describedBy,
  kinds,
}: ControlProps<readonly string[]> & { kinds: Extract<Control, { is: 'entities' }>['kinds'] }) {
  const entities = useEntities(entry);
  const add = (picked: Entity | null) => {
    if (picked && !entry.includes(picked.id)) {
      remember(picked);
      onChange([...entry, picked.id]);
    }
  };
  const [kind] = kinds;
  return (
    <fieldset>
      <legend>{label}</legend>
      <ul className="question-chips">
        {entry.map((id) => {
          const name = entities.get(id)?.name ?? id;
          return (
            <li key={id}>
              <span>{name}</span>
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={() => onChange(entry.filter((other) => other !== id))}
              >
                ×
              </button>
            </li>
          );
        })}
      </ul>
      <EntityPicker
        label={`Add ${kinds.length === 1 && kind ? KIND_NAMES[kind].one : 'one'}`}
        describedBy={describedBy}
        isInvalid={isInvalid}
        kinds={kinds}
        value={null}
        onChange={add}
      />
    </fieldset>
  );
}

function OneDocument({
  label,
  entry,
  onChange,
  isInvalid,
  describedBy,
  by,
  isRequired,
}: ControlProps<string> & { by: 'id' | 'slug'; isRequired: boolean }) {
  const documents = useDocuments();
  const chosen = documents.find((document) => document[by] === entry);
  return (
    <>
      <Labelled label={label}>
        <select
          value={entry}
          aria-invalid={isInvalid || undefined}
          aria-describedby={describedBy}
          onChange={({ target }) => onChange(target.value)}
        >
          {(!isRequired || entry === '') && <option value="">{isRequired ? '' : 'Any'}</option>}
          {!documents.some((document) => document[by] === entry) && entry !== '' && (
            <option value={entry}>{entry}</option>
          )}
          {documents.map((document) => (
            <option key={document.id} value={document[by]}>
              {document.title}
            </option>
          ))}
        </select>
      </Labelled>
      {chosen && (
        <p className="question-help" aria-hidden="true">
          {chosen.title}
        </p>
      )}
    </>
  );
}

function OneChoice({
  label,
  entry,
  onChange,
  isInvalid,
  describedBy,
  choices,
  isRequired,
}: ControlProps<string> & { choices: readonly Choice[]; isRequired: boolean }) {
  const chosen = choices.find(({ value }) => value === entry);
  return (
    <>
      <Labelled label={label}>
        <select
          value={entry}
          aria-invalid={isInvalid || undefined}
          aria-describedby={describedBy}
          onChange={({ target }) => onChange(target.value)}
        >
          {!isRequired && <option value="">Any</option>}
          {choices.map(({ value }) => (
            <option key={value} value={value}>
              {words(value)}
            </option>
          ))}
        </select>
      </Labelled>
      {chosen?.meaning && (
        <p className="question-help">
          {words(chosen.value)}: {chosen.meaning}
        </p>
      )}
    </>
  );
}

function Choices({
  label,
  entry,
  onChange,
  describedBy,
  choices,
}: ControlProps<readonly string[]> & { choices: readonly Choice[] }) {
  const boxes = choices.map(({ value, meaning }) => (
    <label key={value} className="question-check">
      <input
        type="checkbox"
        checked={entry.includes(value)}
        // In the order of the schema, however they were checked.
        onChange={({ target }) =>
          onChange(
            choices
              .map(({ value }) => value)
              .filter((other) => (other === value ? target.checked : entry.includes(other))),
          )
        }
      />
      <span>
        {words(value)}
        {meaning && <small>{meaning}</small>}
      </span>
    </label>
  ));
  return (
    <fieldset aria-describedby={describedBy}>
      <legend>{label}</legend>
      {choices.length <= N_CHOICES_SHOWN ? (
        boxes
      ) : (
        <details>
          <summary>{entry.length === 0 ? 'Any' : entry.map(words).join(', ')}</summary>
          {boxes}
        </details>
      )}
    </fieldset>
  );
}
