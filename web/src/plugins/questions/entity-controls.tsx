import type { Entity } from '../../answer/graph';
import { EntityPicker } from '../../parts/entity-picker';
import type { ControlProps } from './controls';
import { KIND_NAMES } from './kind-names';
import { remember, useEntities } from './names';
import type { Control } from './variables';

/** An entity, picked by its name. */
export function OneEntity({
  entry,
  onChange,
  kinds,
  by,
  ...rest
}: ControlProps<string> & Extract<Control, { is: 'entity' }>) {
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

/** Several entities, by name, each of which can be taken away. */
export function Entities({
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
