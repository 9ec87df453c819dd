import type { ReactNode } from 'react';

import { words } from '../../words';
import type { Entry } from './entry';
import { useDocuments } from './names';
import type { Choice } from './variables';

/** More choices than these are folded away behind those that are chosen. */
const N_CHOICES_SHOWN = 8;

/** What every control is given. */
export interface ControlProps<Value extends Entry> {
  label: string;
  entry: Value;
  onChange: (entry: Value) => void;
  isInvalid: boolean;
  describedBy: string;
}

export function Text({
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

export function YesOrNo({ label, entry, onChange, describedBy }: ControlProps<boolean>) {
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

/** One of several values; of what is chosen, what it says. */
function Select({
  label,
  entry,
  onChange,
  isInvalid,
  describedBy,
  options,
  none,
  children,
}: ControlProps<string> & {
  options: readonly { readonly value: string; readonly text: string }[];
  /** What the choice of no value is called; `null` where one is needed. */
  none: string | null;
  children: ReactNode;
}) {
  return (
    <>
      <Labelled label={label}>
        <select
          value={entry}
          aria-invalid={isInvalid || undefined}
          aria-describedby={describedBy}
          onChange={({ target }) => onChange(target.value)}
        >
          {none !== null && <option value="">{none}</option>}
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </Labelled>
      {children}
    </>
  );
}

export function OneDocument({
  by,
  isRequired,
  ...control
}: ControlProps<string> & { by: 'id' | 'slug'; isRequired: boolean }) {
  const { entry } = control;
  const options = useDocuments().map((document) => ({ value: document[by], text: document.title }));
  const chosen = options.find(({ value }) => value === entry);
  // One that is not among them, or not yet, stands there as it was written.
  const unknown = entry !== '' && !chosen ? [{ value: entry, text: entry }] : [];
  const required = entry === '' ? '' : null;
  return (
    <Select {...control} options={[...unknown, ...options]} none={isRequired ? required : 'Any'}>
      {chosen && (
        <p className="question-help" aria-hidden="true">
          {chosen.text}
        </p>
      )}
    </Select>
  );
}

export function OneChoice({
  choices,
  isRequired,
  ...control
}: ControlProps<string> & { choices: readonly Choice[]; isRequired: boolean }) {
  const chosen = choices.find(({ value }) => value === control.entry);
  const options = choices.map(({ value }) => ({ value, text: words(value) }));
  return (
    <Select {...control} options={options} none={isRequired ? null : 'Any'}>
      {chosen?.meaning && (
        <p className="question-help">
          {words(chosen.value)}: {chosen.meaning}
        </p>
      )}
    </Select>
  );
}

export function Choices({
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
