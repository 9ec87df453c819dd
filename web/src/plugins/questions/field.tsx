import { useId } from 'react';

import { Choices, type ControlProps, OneChoice, OneDocument, Text, YesOrNo } from './controls';
import { Entities, OneEntity } from './entity-controls';
import type { Entry } from './entry';
import type { Variable } from './variables';

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
