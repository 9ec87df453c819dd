import { Combobox, ComboboxInput, ComboboxOption, ComboboxOptions, Label } from '@headlessui/react';
import { useEffect, useState } from 'react';

import { type Entity, entityOf } from '../answer/graph';
import { type EntityKind, SuggestEntitiesDocument } from '../graphql.generated';
import { ask } from '../server';
import './entity-picker.css';
import { words } from './words';

const SUGGESTIONS = 10;
const PAUSE_MS = 150;

/** A field in which one types a part of a name, an alias or an identifier, and picks an entity by its name. */
export function EntityPicker({
  label,
  kinds,
  value,
  onChange,
}: {
  label: string;
  /** What may be picked; everything when absent. */
  kinds?: readonly EntityKind[];
  value: Entity | null;
  onChange: (picked: Entity | null) => void;
}) {
  const [query, setQuery] = useState('');
  const suggestions = useSuggestions(query, kinds);
  return (
    <Combobox
      as="div"
      className="entity-picker"
      value={value}
      by="id"
      onChange={onChange}
      onClose={() => setQuery('')}
      immediate
    >
      <Label>{label}</Label>
      <ComboboxInput
        autoComplete="off"
        placeholder="Type a part of a name"
        displayValue={(entity: Entity | null) => entity?.name ?? ''}
        onChange={({ target }) => setQuery(target.value)}
      />
      <ComboboxOptions anchor="bottom start" className="entity-picker-options">
        {suggestions.map((entity) => (
          <ComboboxOption key={entity.id} value={entity}>
            {entity.name} <small>{words(entity.kind)}</small>
          </ComboboxOption>
        ))}
        {query.trim() !== '' && suggestions.length === 0 && <div className="entity-picker-none">Nothing found</div>}
      </ComboboxOptions>
    </Combobox>
  );
}

function useSuggestions(query: string, kinds: readonly EntityKind[] | undefined): Entity[] {
  const [suggestions, setSuggestions] = useState<Entity[]>([]);
  const kindsKey = kinds?.join(',');
  useEffect(() => {
    if (query.trim() === '') {
      setSuggestions([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const wanted = kindsKey ? (kindsKey.split(',') as EntityKind[]) : null;
      ask(SuggestEntitiesDocument, { query, kinds: wanted, first: SUGGESTIONS }, abort.signal).then(
        ({ search }) => setSuggestions(search.nodes.map(entityOf)),
        () => !abort.signal.aborted && setSuggestions([]),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, kindsKey]);
  return suggestions;
}
